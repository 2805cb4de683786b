"""Carbon dioxide (碳排放): of bought power and heat, and of burnt fuel."""
