"""Surface water (地表水): class, grade, shares, trophic state, city index, drinking-water sources."""
