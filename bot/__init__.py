"""知权: everything with an effect. See README.md for the map and bot/DECISIONS.md for the reasons."""
