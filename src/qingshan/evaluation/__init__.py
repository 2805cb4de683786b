"""Runs science over observations under the edition in force; verdicts keep what they rest on (评价)."""
