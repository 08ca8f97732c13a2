"""Goals in and out of workbooks: read, check, rows with errors, one action. A dry run is checking and stopping."""

from rumbo.core.rendering.intake import marked
from rumbo.systems.indicators.exchange.checking import Checked, apply, check
from rumbo.systems.indicators.exchange.template import template

__all__ = ["Checked", "apply", "check", "marked", "template"]
