"""The reserve of projects, grants, and money against progress (资金)."""
