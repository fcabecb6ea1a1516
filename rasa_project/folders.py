"""Where things are, whatever folder a command is called in."""

from pathlib import Path

PROJECT = Path(__file__).parent
KNOWLEDGE = PROJECT.parent / "knowledge"
MODELS = PROJECT / "models"
