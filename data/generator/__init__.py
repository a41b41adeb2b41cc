"""A seeded generator of readings. Each household depends on the seed and its own number only, so any part can
be made alone.
"""
