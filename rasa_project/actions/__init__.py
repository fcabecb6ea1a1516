"""Pure actions: they compute from slots and ask the bot for effects by name."""
