"""Pure calculation: numbers in, numbers out. Limits are arguments; editions are looked up elsewhere."""
