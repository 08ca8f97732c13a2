"""Rumbo: results-based management for public institutions."""
