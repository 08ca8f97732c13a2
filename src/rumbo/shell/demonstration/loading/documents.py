"""The documents that the demonstration leaves in its folder, one folder per institution and month."""

from pathlib import Path

from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.organization import queries as organization
from rumbo.shell import clock
from rumbo.shell.command.writing import write_delivery
from rumbo.systems.evaluation import reports
from rumbo.systems.transparency.reports import transparency_files

MONTHS = (("miguel-hidalgo", "2026-10", "delivery"), ("transporte", "2010-12", "monthly"))
QUARTER = ("iecm", "2021-06")


def write_documents(out: Path, *, by: Actor) -> list[Path]:
    """The files written, in order."""
    written = []
    for slug, month, kind in MONTHS:
        institution = organization.institution_by_slug(slug)
        assert institution is not None  # noqa: S101  (the demonstration was loaded before)
        files = reports.produce(
            kind, institution=institution, period=Period.parse(month), by=by, on=clock.today(), at=clock.now()
        )
        written += write_delivery(out / slug / month, files)
    slug, month = QUARTER
    institution = organization.institution_by_slug(slug)
    assert institution is not None  # noqa: S101
    files = transparency_files(institution=institution, period=Period.parse(month))
    return written + write_delivery(out / slug, files)
