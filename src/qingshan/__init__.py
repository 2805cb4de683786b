"""Qingshan (青山): runs a city's or county's five-year ecology-and-environment plan."""

__version__ = "0.1.0"
