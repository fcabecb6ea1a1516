"""Measures how well people are understood, on questions that nobody trained on."""
