"""The door to Telegram: the only place that knows python-telegram-bot and tornado."""
