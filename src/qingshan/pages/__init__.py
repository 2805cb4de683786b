"""What every page shares: page or fragment, as-of date, lists, workbooks, the tag that prints a figure."""
