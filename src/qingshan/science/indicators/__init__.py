"""Indicators of plans (规划指标): shares, changes in points, amounts per unit, surveys, requirements."""
