"""택배회수이력: every pickup asked of a courier, and what became of it."""
