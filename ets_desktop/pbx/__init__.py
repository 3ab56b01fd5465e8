"""Telephone systems behind one protocol; what a PBX says becomes vendor-neutral leg events."""
