"""Plans in and out of workbooks: read, check, rows with errors, one action. A dry run is checking and stopping."""

from rumbo.core.rendering.intake import marked
from rumbo.foundation.planning.exchange.checking import Checked, apply, check
from rumbo.foundation.planning.exchange.codes import normal_code
from rumbo.foundation.planning.exchange.template import template

__all__ = ["Checked", "apply", "check", "marked", "normal_code", "template"]
