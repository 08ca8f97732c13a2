"""The digest of a sealed month, from rows about to be stored or read back."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from rumbo.core.timekeeping.period import Period
from rumbo.foundation.audit.queries import is_in_chain
from rumbo.foundation.calendars.queries import month_and_year
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.queries.evaluated import Evaluated
from rumbo.systems.evaluation.states import SEALED, digest, line


def digest_of(results: Iterable[Evaluated], codes: Mapping[int, str]) -> str:
    """`codes` gives the indicator's code by primary key: digests speak in codes, which outlive keys."""
    return digest(
        line(codes[result.indicator_id], {name: getattr(result, name) for name in SEALED}) for result in results
    )


def broken_seals() -> list[str]:
    """Closings whose stored results no longer give their digest, or whose printed head of the trail is no longer in
    it: its tail was cut, head included. For `rumbo audit verify`."""
    problems = []
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
        rows = closing.results.values("indicator__code", *SEALED)
        found = digest(line(row["indicator__code"], row) for row in rows.iterator())
        if found != closing.digest:
            problems.append(
                _(
                    "%(institution)s: los resultados del cierre núm. %(number)s de %(month)s no dan la huella que se "
                    "imprimió en sus documentos"
                )
                % words
            )
    return problems
