"""What the log of `rumbo serve` keeps of each thing that happens."""

import logging

FAILURE = 500


class OneLine(logging.Filter):
    """A refusal (403, 404, 400) is an answer and not an accident: one line is enough. Failures keep their traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", FAILURE) < FAILURE:
            record.exc_info = record.exc_text = None
        return True
