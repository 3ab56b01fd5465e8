"""Tests of what shops bring in and take out."""
