"""The variables of a formula beside the first two, in one cell: «gasto: Gasto ejercido [pesos]; censo: Población»."""

import re
from collections.abc import Iterable, Mapping

from rumbo.core.engine.formula import symbol_of

_ONE = re.compile(r"\s*(?:([^:\[\]]{1,60}):)?\s*([^\[\]]*?)\s*(?:\[([^\[\]]*)\])?\s*")


def told(variables: Iterable[Mapping[str, str]]) -> str:
    """What `variables_in` reads back."""
    return "; ".join(
        f"{one['symbol']}: {one['name']}" + (f" [{one['unit']}]" if one["unit"] else "") for one in variables
    )


def variables_in(text: str) -> list[dict[str, str]] | None:
    """A name alone makes its own symbol. None when a part is not one variable."""
    found = []
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        match = _ONE.fullmatch(part)
        if match is None or len(match[2]) > 300 or len(match[3] or "") > 100:
            return None
        symbol = (match[1] or "").strip() or symbol_of(match[2])
        found.append({"symbol": symbol, "name": match[2], "unit": (match[3] or "").strip()})
    return found
