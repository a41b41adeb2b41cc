"""Models of the readings: kWh a half hour a day ahead (MLlib), and a household's Acorn group."""
