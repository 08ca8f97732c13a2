"""Loads the demonstration's institutions through the same actions that a person has, day by day."""

from rumbo.shell.demonstration.loading.everything import load_everything

__all__ = ["load_everything"]
