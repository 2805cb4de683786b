"""The smallest shared words: exact rounding, time spans, codes, record names, figures."""
