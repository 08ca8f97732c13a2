"""Floor 4. Assembles the house: settings, urls, the inbox, set-up, the `rumbo` command."""
