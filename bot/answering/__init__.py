"""From what is asked for, by name, to words: answers, sources, menus, cards."""
