"""Reads received papers: fields, kind by structure, signals and periods. Pure; knows no today."""
