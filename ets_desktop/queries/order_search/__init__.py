"""통합주문검색: what was asked for, the branches that find it, the statement that unites them.

Shapes and their measurements: spec 90, "What won and what lost".
"""
