"""Answers questions about consumption and tariff from the readings in the lake."""
