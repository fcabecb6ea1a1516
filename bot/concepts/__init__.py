"""The plain things that all floors talk about. Frozen, light, and without any library."""
