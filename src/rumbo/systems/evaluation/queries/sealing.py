"""The digest of a sealed month, from rows about to be stored or read back."""

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.audit.queries import details_of, is_in_chain
from rumbo.foundation.audit.states import digest as told
from rumbo.foundation.calendars.queries import month_and_year
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries.table import NOBODY, Table
from rumbo.systems.evaluation.states import LATER, SEALED, digest, line, lines

PLACES = ("indicator_id", "goal_id", "unit_id", "plan_element_id", "principal", "period", "scheme_version_id")
ROLLED = (
    "period", "tree", "node", "goals", "counted", "expected", "coverage", "compliance", "annual_progress",
    "programmed_progress", "achieved_or_good", "achieved_or_good_pct", "lights", "classes", "course",
)  # fmt: skip


def digest_of(results: Table, codes: Mapping[int, str]) -> str:
    """`codes` gives the indicator's code by primary key: digests speak in codes, which outlive keys."""
    told_by = [codes[key] for key in results.values("indicator_id")]
    return digest(lines(told_by, [results.values(name) for name in SEALED], [results.values(name) for name in LATER]))


def kept_beside(closing: Closing, results: Table | None = None) -> dict[str, str]:
    """Digests of what a closing stores and its printed digest does not speak of: where each result belongs, and the
    roll-ups. They go to the trail with the closing. `results`: those stored, when they need not be read again."""
    if results is None:
        stored = list(closing.results.values_list(*PLACES))
        columns = [[NOBODY if value is None else value for value in column] for column in zip(*stored, strict=True)]
    else:
        columns = [results[name].tolist() for name in PLACES]
    return {
        "places": _digest_of_places(columns),
        "rollups": told(list(closing.rollups.order_by("tree", "node").values(*ROLLED))),
    }


def _digest_of_places(columns: Sequence[Sequence[int]]) -> str:
    """sha256 over the rows by indicator, each number in eight bytes."""
    table = np.array(columns, dtype=">i8").reshape(len(PLACES), -1).T
    return hashlib.sha256(table[np.argsort(table[:, 0])].tobytes()).hexdigest()


def _kept_once(closing: Closing) -> dict[str, str]:
    """As events told it before: of the first twenty rows alone, which is what a query's own text shows."""
    return {
        "places": told(str(closing.results.order_by("indicator_id").values(*PLACES))),
        "rollups": told(str(closing.rollups.order_by("tree", "node").values(*ROLLED))),
    }


def broken_seals() -> list[str]:
    """Closings whose stored results no longer give their digest, or whose printed head of the trail is no longer in
    it: its tail was cut, head included. For `rumbo audit verify`."""
    problems = []
    beside = {ref: details for _, ref, details in details_of("evaluation.close", "evaluation.supersede")}
    for closing in Closing.objects.select_related("institution").order_by("institution", "period", "number"):
        month = month_and_year(Period.of(closing.period))
        words = {"institution": closing.institution.slug, "number": closing.number, "month": month}
        if not is_in_chain(closing.institution.slug, closing.audit_hash):
            problems.append(
                _(
                    "%(institution)s: la bitácora ya no contiene la huella que se imprimió en el cierre núm. "
                    "%(number)s de %(month)s: se cortó su final"
                )
                % words
            )
        rows = closing.results.values("indicator__code", *SEALED, *LATER)
        found = digest(line(row["indicator__code"], row) for row in rows.iterator())
        if found != closing.digest:
            problems.append(
                _(
                    "%(institution)s: los resultados del cierre núm. %(number)s de %(month)s no dan la huella que se "
                    "imprimió en sus documentos"
                )
                % words
            )
        # of a closing without event it is said elsewhere that nothing tells of it
        kept = beside.get(str(closing.ref))
        if kept is not None and not any(
            told_of(closing).items() <= kept.items() for told_of in (kept_beside, _kept_once)
        ):
            problems.append(
                _(
                    "%(institution)s: los totales por área y por elemento del cierre núm. %(number)s de %(month)s no "
                    "son los que se guardaron al cerrar"
                )
                % words
            )
    return problems
