"""What institutions may choose in an evaluation scheme. The values are stored: never rename them."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class DecreasingFormula(StrEnum):
    """How «mientras menos, mejor» becomes a percentage."""

    RATIO = "ratio"
    BASELINE = "baseline"
    BASELINE_ELSE_RATIO = "baseline_else_ratio"

    @property
    def label(self) -> str:
        return _DECREASING[self]


class RangeFormula(StrEnum):
    """What the distance to a range is measured against."""

    BOUND = "bound"
    WIDTH = "width"

    @property
    def label(self) -> str:
        return _RANGE[self]


class MissingPolicy(StrEnum):
    """What a due month without report means."""

    SILENCE_NEVER_PAYS = "silence_never_pays"
    NOTHING_DONE = "nothing_done"
    LAST_KNOWN = "last_known"

    @property
    def label(self) -> str:
        return _MISSING[self]


class ZeroPolicy(StrEnum):
    """What becomes of a formula whose divisor is zero."""

    MEANING = "meaning"
    NO_FIGURE = "no_figure"

    @property
    def label(self) -> str:
        return _ZERO[self]


class RangeGap(StrEnum):
    """What the gap of a range is."""

    TO_BOUND = "to_bound"
    TO_PROGRAMME = "to_programme"

    @property
    def label(self) -> str:
        return _RANGE_GAP[self]


class OverAchievement(StrEnum):
    """What happens above the upper mark."""

    MARK = "mark"
    AMBER = "amber"
    RED = "red"

    @property
    def label(self) -> str:
        return _OVER[self]


class AchievedRequires(StrEnum):
    """When a goal is «cumplida» (Q-07)."""

    YEAR = "year"
    TO_DATE = "to_date"

    @property
    def label(self) -> str:
        return _ACHIEVED[self]


_DECREASING = {
    DecreasingFormula.RATIO: N_("Programado entre realizado"),
    DecreasingFormula.BASELINE: N_("Distancia recorrida desde la línea base"),
    DecreasingFormula.BASELINE_ELSE_RATIO: N_(
        "Distancia desde la línea base si es mayor que lo programado; si no, cociente"
    ),
}
_RANGE = {
    RangeFormula.BOUND: N_("Distancia al límite más cercano, entre ese límite"),
    RangeFormula.WIDTH: N_("Distancia al límite más cercano, entre el ancho del rango"),
}
_MISSING = {
    MissingPolicy.SILENCE_NEVER_PAYS: N_("No reportar nunca mejora un resultado"),
    MissingPolicy.NOTHING_DONE: N_("Lo no reportado cuenta como no realizado"),
    MissingPolicy.LAST_KNOWN: N_("Vale lo último que se conoce; lo que falta suma cero"),
}
_ZERO = {
    ZeroPolicy.MEANING: N_("Se interpreta: cero donde se busca cero es 100; sin programación no hay porcentaje"),
    ZeroPolicy.NO_FIGURE: N_("Toda división entre cero queda sin cifra"),
}
_RANGE_GAP = {
    RangeGap.TO_BOUND: N_("Distancia al límite más cercano"),
    RangeGap.TO_PROGRAMME: N_("Realizado menos programado"),
}
_OVER = {
    OverAchievement.MARK: N_("Solo se marca"),
    OverAchievement.AMBER: N_("Se muestra en riesgo"),
    OverAchievement.RED: N_("Se muestra en rezago (falla de planeación)"),
}
_ACHIEVED = {
    AchievedRequires.YEAR: N_("Alcanzar la meta anual, o terminar el año con 100 o más"),
    AchievedRequires.TO_DATE: N_("Tener 100 o más al corte"),
}
