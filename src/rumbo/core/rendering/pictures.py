"""Photographs and emblems inside a document: its files travel as text, and a PNG is not."""

import struct
from base64 import b64encode

from rumbo.core.rendering.errors import RenderingError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEAD = slice(16, 24)  # of the first piece, IHDR: width and height in points, four bytes each


def drawing_of_png(content: bytes) -> bytes:
    """An SVG of the same size with the picture inside, for `compile_pdf`. Raises RenderingError."""
    if not content.startswith(_SIGNATURE) or len(content) < _HEAD.stop:
        raise RenderingError("the picture is not a PNG")
    width, height = struct.unpack(">II", content[_HEAD])
    data = b64encode(content).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>'
    ).encode()
