"""Models of the readings: kWh a half hour ahead, and a household's Acorn group."""
