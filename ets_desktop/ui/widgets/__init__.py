"""Reusable controls that know nothing of services or screens."""
