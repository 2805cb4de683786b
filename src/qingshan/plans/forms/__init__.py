"""Forms of the ledger: they check shape and say what is allowed; actions decide."""
