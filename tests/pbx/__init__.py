"""Telephone systems: parsers, trackers, the contract every vendor keeps."""
