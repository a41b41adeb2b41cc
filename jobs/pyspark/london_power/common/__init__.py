"""The parts that several jobs use: the Spark session, the lake, MongoDB, and shared names."""
