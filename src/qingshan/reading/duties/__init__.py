"""Duties: the ledgers, lists, platforms and mechanisms a plan says must exist."""
