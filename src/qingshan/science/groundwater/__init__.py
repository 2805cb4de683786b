"""Groundwater: class by single item and overall, standard index, score of the old edition (地下水)."""
