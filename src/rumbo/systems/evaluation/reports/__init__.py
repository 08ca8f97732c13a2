"""The documents of the evaluation: produced from sealed results, audited, the same content on paper and in cells."""

from rumbo.systems.evaluation.reports.producing import (
    FILES,
    KINDS,
    NoClosing,
    UnknownReport,
    media_type,
    produce,
    produce_file,
)

__all__ = ["FILES", "KINDS", "NoClosing", "UnknownReport", "media_type", "produce", "produce_file"]
