"""Schemes, results, closings, boards and the documents of the month.

Every number that a page or a document shows was born here, from core.engine, and stored.
A closed month is never edited, only superseded by a new closing."""
