"""The Rasa server seen from the bot: its client and its supervisor."""
