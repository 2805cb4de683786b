"""Pages of the ledger: who, what, call, show."""
