"""The four classes of goals that the contract names (A1-15), and «sin clasificar»."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class PerformanceClass(IntEnum):
    NONE = 0
    POOR = 1
    FAIR = 2
    GOOD = 3
    ACHIEVED = 4

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def plural(self) -> str:
        return _PLURALS[self]

    @property
    def key(self) -> str:
        """Stable word used in exported files; empty for no class."""
        return "" if self is PerformanceClass.NONE else self.name.lower()


_LABELS = {
    PerformanceClass.ACHIEVED: N_("Cumplida"),
    PerformanceClass.GOOD: N_("Con buen desempeño"),
    PerformanceClass.FAIR: N_("Con desempeño regular"),
    PerformanceClass.POOR: N_("Con desempeño deficiente"),
    PerformanceClass.NONE: N_("Sin clasificar"),
}
_PLURALS = _LABELS | {PerformanceClass.ACHIEVED: N_("Cumplidas")}
