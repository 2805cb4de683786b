"""How a plan's year, half or whole is scored (评估评分): a scheme that is data, rows in, a score sheet out.

Pure: no database, no clock, no framework. Every printed point can be walked back to its rule.
"""
