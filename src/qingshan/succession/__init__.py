"""From one plan to the next, and plans side by side (规划接续)."""
