"""Files of every kind, brought to one text.

Tables become lines with a tab between cells; a cell merged with the one above is written ↑, with the
one to its left ←. Footnotes follow the text as lines opening with their raised number. So every rule
reads one form, and a span means the same wherever the document came from.
"""
