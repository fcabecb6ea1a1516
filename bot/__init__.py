"""知权: everything with an effect. README.md is the map, bot/DECISIONS.md has the reasons."""
