"""Notices to people: in-app, e-mail, webhook; templates, receipts, quiet hours, digests."""
