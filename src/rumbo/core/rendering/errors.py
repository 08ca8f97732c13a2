"""What can go wrong while a document is made."""

from collections.abc import Sequence


class RenderingError(Exception):
    """The document could not be made: a fault of the template or of its data, not of the person who asked for it.

    `detail` is one line, `diagnostic` shows the place in the source, `hints` what the compiler suggests.
    """

    def __init__(self, detail: str, diagnostic: str = "", hints: Sequence[str] = ()) -> None:
        self.detail = detail
        self.diagnostic = diagnostic
        self.hints = tuple(hints)
        super().__init__("\n".join([detail, *self.hints, diagnostic]).strip())
