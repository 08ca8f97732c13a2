"""One institution as plain rows: 60 areas, 9 objectives, 45 action lines, 1,500 × SCALE goals, 36 months.

Seeded, so that every run measures the same work. A goal is a ratio: what counts to date is
100 × (Σ achieved numerator / Σ achieved denominator) against 100 × (Σ programmed numerator / Σ programmed denominator),
from January; an area means everything below it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20240229
FIRST_YEAR, YEARS = 2024, 3
MONTHS = YEARS * 12
AREAS, LINES, GOALS = 60, 45, 1_500
VERBS = ("Atender", "Capacitar", "Emitir", "Supervisar", "Publicar", "Digitalizar", "Resolver", "Inspeccionar",
         "Certificar", "Elaborar")  # fmt: skip
THINGS = ("solicitudes", "expedientes", "servidores públicos", "dictámenes", "informes", "trámites", "visitas",
          "convenios", "proyectos", "auditorías")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Area:
    number: int
    parent: int | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Workload:
    """`line` and `area` are 1-based numbers of each goal; the four blocks are [goals, 36] of whole numbers."""

    line: NDArray[np.int64]
    area: NDArray[np.int64]
    names: list[str]
    things: list[str]
    programmed: NDArray[np.int64]
    programmed_den: NDArray[np.int64]
    actual: NDArray[np.int64]
    actual_den: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.line)

    def code(self, row: int) -> str:
        return f"M{row + 1:06d}"


def areas() -> list[Area]:
    """One root, nine general directorates, fifty below them."""
    found = [Area(1, None, "A-1", "Institución")]
    found += [Area(2 + i, 1, f"A-1.{i + 1}", f"Dirección General {i + 1}") for i in range(9)]
    below = [0] * 9
    for j in range(AREAS - 10):
        parent = j % 9
        below[parent] += 1
        code = f"{parent + 1}.{below[parent]}"
        found.append(Area(11 + j, 2 + parent, f"A-1.{code}", f"Dirección de Área {code}"))
    return found


def build(scale: int) -> Workload:
    """The whole workload; scale 1 is 54,000 programmed and 54,000 achieved values."""
    rng = np.random.default_rng(SEED + scale)
    n = GOALS * scale
    line = rng.integers(1, LINES + 1, n)
    area = rng.integers(2, AREAS + 1, n)
    verb, thing = rng.integers(0, 10, n), rng.integers(0, 10, n)
    performance = np.clip(rng.normal(0.88, 0.28, n), 0.05, 1.5)
    base = rng.integers(5, 400, n)
    season = 1 + 0.25 * np.sin(np.arange(MONTHS) * 2 * np.pi / 12)[None, :]
    programmed = np.maximum(1, base[:, None] * season * rng.uniform(0.8, 1.2, (n, MONTHS))).astype(np.int64)
    programmed_den = (programmed * rng.uniform(1.0, 1.6, (n, MONTHS))).astype(np.int64) + 1
    actual_den = np.maximum(1, programmed_den * rng.uniform(0.85, 1.15, (n, MONTHS))).astype(np.int64)
    level = actual_den * (programmed / programmed_den) * performance[:, None] * rng.normal(1, 0.15, (n, MONTHS))
    actual = np.maximum(0, level).astype(np.int64)
    names = [f"{VERBS[verb[i]]} {THINGS[thing[i]]} ({i + 1})" for i in range(n)]
    things = [THINGS[index] for index in thing]
    return Workload(line, area, names, things, programmed, programmed_den, actual, actual_den)
