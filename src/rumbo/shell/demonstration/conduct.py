"""How the areas behave through the year: what they leave out, send late, get back and correct (literal tables)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rumbo.core.vocabulary.return_reason import ReturnReason as Reason

YEAR = 2026

# Months without report, by goal. M084 stops after July; M092 has never reported.
MISSING: dict[str, frozenset[int]] = {
    "M024": frozenset({2, 7}),
    "M062": frozenset({5, 9}),
    "M118": frozenset({4, 8}),
    "M084": frozenset({8, 9, 10, 11}),
    "M092": frozenset(range(1, 12)),
}

# Months in which a whole area sent late, and the business days of delay that it may take.
LATE_AREAS: dict[tuple[str, int], tuple[int, ...]] = {
    ("DGO", 3): (3, 4, 5),
    ("DGO", 6): (3, 4, 5),
    ("DGO", 8): (3, 4, 5, 6),
    ("DGO", 10): (3, 4),
}
# Single captures sent late: business days of delay.
LATE: dict[tuple[str, int], int] = {
    ("M050", 2): 2,
    ("M094", 7): 3,
    ("M109", 5): 1,
    ("M107", 2): 2,
    ("M112", 8): 1,
    ("M060", 8): 2,
    ("M098", 4): 1,
    ("M102", 9): 2,
    ("M100", 6): 1,
}

# Position of the closing day among the business days of the following month; the tenth unless said.
CLOSING_POSITION = {3: 12, 6: 12, 8: 13}
USUAL_CLOSING_POSITION = 10
DUE_POSITION = 5
DEMONSTRATION_DAY = date(2026, 12, 3)


@dataclass(frozen=True, slots=True)
class Returned:
    """A return to tell: who returned, why, and what the first version said where it was not what stands."""

    reason: Reason
    text: str
    by: str = "planning"
    first_numerator: str = ""  # "accumulated": the year's; "": the same; else a number
    first_denominator: str = ""
    first_cause_text: str = ""
    other_period_evidence: bool = False


RETURNS: dict[tuple[str, int], Returned] = {
    # DGSC: el acumulado en lugar del mes
    ("M001", 4): Returned(
        Reason.ACCUMULATED_VALUE,
        "El valor parece el acumulado ({accumulated}); en esta meta se captura solo el mes.",
        first_numerator="accumulated",
    ),
    # DESU
    ("M029", 5): Returned(
        Reason.EVIDENCE_OTHER_PERIOD,
        "La evidencia corresponde a abril; adjunte la de mayo.",
        other_period_evidence=True,
    ),
    ("M042", 9): Returned(Reason.EVIDENCE_INSUFFICIENT, "La fotografía no permite ubicar la calle."),
    # DGDS
    ("M068", 4): Returned(
        Reason.EVIDENCE_INSUFFICIENT, "El padrón no trae total ni firma de quien lo elaboró.", by="area"
    ),
    ("M072", 10): Returned(
        Reason.EVIDENCE_OTHER_PERIOD,
        "La evidencia corresponde a septiembre; adjunte la de octubre.",
        other_period_evidence=True,
    ),
    # DECRE
    ("M077", 6): Returned(
        Reason.OTHER_UNIT, "Se capturaron eventos; la meta cuenta personas asistentes.", first_numerator="41"
    ),
    ("M083", 9): Returned(
        Reason.CAUSE_MISSING,
        "Describa la causa: “se trabajó en ello” no explica la diferencia.",
        first_cause_text="Se trabajó en ello.",
    ),
    # DGO: la evidencia de cuatro metas
    ("M011", 5): Returned(Reason.EVIDENCE_INSUFFICIENT, "La fotografía no permite ubicar la calle."),
    ("M034", 7): Returned(
        Reason.EVIDENCE_OTHER_PERIOD,
        "La estimación corresponde a junio; adjunte la de julio.",
        other_period_evidence=True,
    ),
    ("M041", 9): Returned(
        Reason.EVIDENCE_INSUFFICIENT, "La estimación no trae la firma de la supervisión ni los metros por tramo."
    ),
    ("M046", 10): Returned(
        Reason.EVIDENCE_OTHER_PERIOD,
        "La estimación corresponde a septiembre; adjunte la de octubre.",
        other_period_evidence=True,
    ),
    # DEPC
    ("M037", 7): Returned(
        Reason.OTHER_SOURCE,
        "No coincide con el reporte del CESAC (4,120 recibidas).",
        first_denominator="4210",
    ),
    # DGGAJ
    ("M064", 3): Returned(
        Reason.WORDING, "Precise cuántos procedimientos se repusieron y por qué.", first_cause_text="Notificaciones."
    ),
}

# November on the demonstration day: returned and waiting for the area.
NOVEMBER_RETURNS: dict[str, Returned] = {
    "M018": Returned(
        Reason.OTHER_SOURCE,
        "No coincide con el reporte del CESAC (597 reportadas).",
        first_denominator="641",
    ),
    "M042": Returned(Reason.EVIDENCE_INSUFFICIENT, "La fotografía no permite ubicar la calle.", by="area"),
    "M068": Returned(Reason.EVIDENCE_INSUFFICIENT, "El padrón no trae total ni firma de quien lo elaboró."),
    "M041": Returned(
        Reason.CAUSE_MISSING,
        "Describa la causa: “se trabajó en ello” no explica la diferencia.",
        first_cause_text="Se trabajó en ello.",
    ),
    "M009": Returned(
        Reason.EVIDENCE_OTHER_PERIOD,
        "La evidencia corresponde a octubre; adjunte la de noviembre.",
        other_period_evidence=True,
    ),
    "M058": Returned(Reason.EVIDENCE_INSUFFICIENT, "El acta no trae la lista de asistencia del comité.", by="area"),
    "M063": Returned(
        Reason.ACCUMULATED_VALUE,
        "El valor parece el acumulado ({accumulated}); en esta meta se captura solo el mes.",
        first_numerator="accumulated",
    ),
    "M089": Returned(
        Reason.WORDING,
        "Indique cuántas vacantes ofrecieron las empresas; “hubo pocas” no basta.",
        first_cause_text="Hubo pocas vacantes.",
    ),
}

# November by area: validated, in planning's review, awaiting the head's approval, draft, missing; the rest as above.
NOVEMBER_COUNTS: dict[str, tuple[int, int, int, int, int]] = {
    "DESU": (7, 4, 4, 2, 2),
    "DGDS": (8, 4, 2, 1, 1),
    "DGO": (0, 3, 2, 2, 4),
    "DGSC": (6, 3, 0, 0, 1),
    "DECRE": (2, 2, 0, 1, 1),
    "DEPC": (2, 2, 1, 1, 0),
    "DGA": (2, 2, 1, 1, 1),
    "DGGAJ": (1, 1, 1, 0, 2),
    "JOA": (3, 1, 0, 1, 0),
    "DEPCR": (3, 1, 1, 0, 0),
    "DMAS": (3, 1, 0, 0, 0),
    "DFE": (2, 1, 0, 0, 1),
    "DEPDU": (2, 1, 0, 0, 1),
    "CCS": (1, 0, 0, 0, 1),
}

# Goals whose evidence names people at risk: served only to who may see reserved evidence.
RESERVED_EVIDENCE = frozenset({"M014", "M015"})


@dataclass(frozen=True, slots=True)
class Correction:
    """A closed month corrected by a complementary closing, with its official letter."""

    goal: str
    month: int
    was: Decimal
    becomes: Decimal
    asked_on: date
    decided_on: date
    letter: str
    reason: str


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A programme changed by authorised letter: months → (numerator, denominator) from `from_month` on."""

    goal: str
    from_month: int
    decided_on: date
    letter: str
    reason: str
    denominators: dict[int, Decimal]


CORRECTIONS = (
    Correction(
        goal="M057",
        month=7,
        was=Decimal(9),
        becomes=Decimal(6),
        asked_on=date(2026, 9, 21),
        decided_on=date(2026, 9, 24),
        letter="AMH/DEPC/0412/2026",
        reason=(
            "Se contaron como concluidos tres proyectos con acta de avance y sin acta de entrega. "
            "Cierre complementario núm. 1 de julio."
        ),
    ),
)

TARGET_CHANGES = (
    TargetChange(
        goal="M115",
        from_month=7,
        decided_on=date(2026, 6, 22),
        letter="AMH/DGA/0287/2026",
        reason=(
            "Adecuación del calendario presupuestal: dos ministraciones del tercer trimestre pasan al cuarto. "
            "El rango de 95 a 103 % se conserva."
        ),
        denominators={month: Decimal(amount) for month, amount in zip(
            range(7, 13), (180, 180, 210, 220, 235, 235), strict=True
        )},
    ),
)  # fmt: skip
