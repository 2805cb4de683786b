"""Ecology: index of the ecological environment (EI) and ecological quality index (EQI) (生态质量)."""
