"""Reading submissions, calls and partners, always for somebody."""
