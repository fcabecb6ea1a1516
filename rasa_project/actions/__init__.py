"""The one action: it hosts the dialogue of bot/dialogue, so that Rasa's shell says the same."""

from rasa_project.actions.converse import Converse

__all__ = ["Converse"]
