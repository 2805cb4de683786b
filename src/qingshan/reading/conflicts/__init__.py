"""Passages that disagree with each other, or cannot be right."""
