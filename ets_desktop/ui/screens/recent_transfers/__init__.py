"""최근이관이력: who handed what to whom lately."""
