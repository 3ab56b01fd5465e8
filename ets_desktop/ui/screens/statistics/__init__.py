"""통계: what was done in a period by day, agent, type …, beside another period (spec 60)."""
