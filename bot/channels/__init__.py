"""Doors to people: each translates its own world into messages and replies."""
