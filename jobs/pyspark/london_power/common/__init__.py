"""What several jobs use: the Spark session, the lake, MongoDB, and the names that two jobs share."""
