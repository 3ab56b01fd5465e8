"""A Korean shop, seeded and invented, for demonstration and for load (spec 90)."""
