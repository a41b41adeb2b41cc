"""Loads the readings of the lake into MongoDB."""
