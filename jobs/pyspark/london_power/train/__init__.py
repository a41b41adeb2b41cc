"""Trains, scores and applies models of consumption."""
