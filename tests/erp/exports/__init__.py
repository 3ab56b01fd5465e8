"""Tests of reading the channels' order exports."""
