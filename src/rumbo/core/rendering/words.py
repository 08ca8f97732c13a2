"""The words that the shared library of documents prints by itself: lights, classes, footer, signatures.

They travel to the document as `/words.json`, already translated by whoever asks for it.
"""

from collections.abc import Callable

from rumbo.core.rendering.charts.palette import PRINT
from rumbo.core.rendering.text import Language
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass

_PHRASES = {
    "page": N_("Página %(page)s de %(pages)s"),
    "cutoff": N_("Corte: %(date)s"),
    "closing": N_("Cierre núm. %(number)s"),
    "digest": N_("Huella %(digest)s"),
    "folio": N_("Folio"),
    "contents": N_("Contenido"),
    "signature": N_("Firma y sello"),
    "name": N_("Nombre"),
    "date": N_("Fecha"),
    "marks": N_("Marcas"),
    "goals": N_("metas"),
}

type Words = dict[str, object]


def document_words(language: Language, translate: Callable[[str], str] = str) -> Words:
    """JSON-able: `phrases`, `lights` (word, colour by key), `classes` (word, plural by value), `marks`, `language`."""
    return {
        "language": language,
        "phrases": {key: translate(phrase) for key, phrase in _PHRASES.items()},
        "lights": {light.key: {"word": translate(light.label), "colour": PRINT.lights[light]} for light in Light},
        "classes": {
            # the key of «no class» is empty in exported files; a document needs a name to ask for it
            performance.key or "none": {
                "word": translate(performance.label),
                "plural": translate(performance.plural),
            }
            for performance in PerformanceClass
        },
        "marks": [{"symbol": mark.symbol, "word": translate(mark.label)} for mark in Mark if mark.symbol],
    }
