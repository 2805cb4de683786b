"""The ledger: plans, indicators, yearly targets, measures, projects (规划台账)."""
