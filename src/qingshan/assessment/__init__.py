"""Evaluation of a plan by a scheme that is data (评估)."""
