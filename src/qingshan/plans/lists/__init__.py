"""The lists of the ledger: how each is shown, sorted, filtered and exported."""
