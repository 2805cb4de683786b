"""Noise: levels from series, function zones, city grades, boundaries of sites (声环境)."""
