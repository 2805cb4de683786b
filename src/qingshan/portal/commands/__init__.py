"""Commands that start, fill and look after an installation."""
