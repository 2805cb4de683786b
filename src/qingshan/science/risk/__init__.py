"""Risk: enterprises, sudden events, warnings of heavy pollution, distances (环境风险)."""
