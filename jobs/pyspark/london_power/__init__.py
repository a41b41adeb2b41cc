"""What the three jobs share. A module knows Spark, a lake URI and a MongoDB credential file, never the target
it runs on.
"""
