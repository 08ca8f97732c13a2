"""The area's sheet to Excel and back, and the carga histórica."""

from rumbo.systems.captures.exchange.loading import Loaded, load, marked
from rumbo.systems.captures.exchange.workbook import workbook

__all__ = ["Loaded", "load", "marked", "workbook"]
