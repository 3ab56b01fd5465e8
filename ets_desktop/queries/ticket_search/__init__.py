"""전체상담이력: what was asked for, the conditions that find it, the statements that read it.

Shapes and their measurements: spec 90, "What won and what lost", and migration 0011.
"""
