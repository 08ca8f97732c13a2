"""What kind of data an institution holds, and the notice that goes on every page, PDF page and sheet of it."""

from collections.abc import Callable
from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class DataNature(StrEnum):
    REAL = "real"
    DEMONSTRATION = "demonstration"
    TEST_DATA = "test_data"

    @property
    def notice(self) -> str:
        """The Spanish source string, with a place for %(owner)s; empty for real data. See `owner`."""
        return _NOTICES[self]


# Institutions whose generic noun is feminine: «de la Alcaldía…», «del Instituto…».
_FEMININE = ("Alcaldía", "Agencia", "Auditoría", "Comisión", "Fiscalía", "Procuraduría", "Secretaría", "Universidad")


def owner(name: str, language: str | None = "es") -> str:
    """«de la Alcaldía Miguel Hidalgo», «del Instituto Electoral…», as a notice writes it; English «of …»."""
    if (language or "es").startswith("en"):
        return f"of {name}"
    return f"de la {name}" if name.startswith(_FEMININE) else f"del {name}"


_NOTICES = {
    DataNature.REAL: "",
    DataNature.DEMONSTRATION: N_("DATOS DE DEMOSTRACIÓN. No corresponden a resultados reales %(owner)s."),
    DataNature.TEST_DATA: N_(
        "DATOS REALES DE PRUEBA. Se cargaron para probar el sistema; no son un informe %(owner)s."
    ),
}


def notice_of(nature: str, name: str, *, translate: Callable[[str], str], language: str | None) -> str:
    """The one sentence that pages, sheets and documents say of data that are not an institution's own; else empty."""
    said = DataNature(nature).notice
    return translate(said) % {"owner": owner(name, language)} if said else ""
