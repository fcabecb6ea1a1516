"""Reads the top-level knowledge/ folder: its schema, its loader, its checks. Knows no channel."""
