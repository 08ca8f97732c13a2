"""Floor 1. Pure: no Django, no database, no network, no clock, no files of others."""
