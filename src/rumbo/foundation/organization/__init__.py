"""Institutions, units, people, roles, permissions, and what each institution has decided about itself.

It answers who someone is and where they may act.
It does not say what a month or a goal is."""
