"""The review of what `reading` found in a plan document, and its acceptance into the ledger (导入审阅)."""
