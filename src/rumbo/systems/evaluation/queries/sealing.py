"""The digest of a sealed month, from rows about to be stored or read back."""

from collections.abc import Iterable, Mapping

from rumbo.core.timekeeping.period import Period
from rumbo.systems.evaluation.models import Closing, Result
from rumbo.systems.evaluation.states import SEALED, digest, line


def digest_of(results: Iterable[Result], codes: Mapping[int, str]) -> str:
    """`codes` gives the indicator's code by primary key: digests speak in codes, which outlive keys."""
    return digest(
        line(codes[result.indicator_id], {name: getattr(result, name) for name in SEALED}) for result in results
    )


def broken_seals() -> list[str]:
    """Closings whose stored results no longer give their digest. For `rumbo audit verify`."""
    problems = []
    for closing in Closing.objects.select_related("institution").order_by("institution", "period", "number"):
        rows = closing.results.values("indicator__code", *SEALED)
        found = digest(line(row["indicator__code"], row) for row in rows.iterator())
        if found != closing.digest:
            problems.append(
                f"{closing.institution.slug}: los resultados del cierre núm. {closing.number} de "
                f"{Period.of(closing.period).label} no dan la huella que se imprimió en sus documentos"
            )
    return problems
