"""The versions of a quarter's record as its public files tell them: what was corrected, when, why and by what post."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.systems.transparency import queries
from rumbo.systems.transparency.models import DisclosureRecord


@dataclass(frozen=True, slots=True)
class PublicVersion:
    """`file` is the name of its files without their ending; the one in force has the plain name."""

    version: int
    published_on: date
    updated_on: date
    validated_on: date | None
    reason: str
    post: str
    in_force: bool
    file: str


def public_versions(record: DisclosureRecord) -> list[PublicVersion]:
    """Newest first; nothing while there is only one. One query."""
    published = [one for one in queries.versions_of(record) if one.published_on is not None]
    return (
        [_version(one, in_force=one is published[0]) for one in published if one.published_on]
        if len(published) > 1
        else []
    )


def _version(record: DisclosureRecord, *, in_force: bool) -> PublicVersion:
    assert record.published_on is not None  # noqa: S101  (for the type checker: just filtered)
    return PublicVersion(
        version=record.version,
        published_on=record.published_on,
        updated_on=record.updated_on,
        validated_on=record.validated_on,
        reason=record.correction_reason,
        post=record.corrected_post,
        in_force=in_force,
        file=base_name(record, in_force=in_force),
    )


def base_name(record: DisclosureRecord, *, in_force: bool) -> str:
    """«a121-f22-b-2021-2» for the version in force, with «-v1» for one that was superseded."""
    plain = f"{record.form.code}-{record.period}"
    return plain if in_force else f"{plain}-v{record.version}"


def correction_line(record: DisclosureRecord) -> str:
    """«Versión 2. Corrige la publicada el 24/04/2026. Motivo: …»; empty for a record that corrects nothing."""
    corrected = record.supersedes
    if corrected is None:
        return ""
    return _("Versión %(version)s. Corrige la publicada el %(day)s. Motivo: %(reason)s") % {
        "version": record.version,
        "day": short_date(corrected.published_on),
        "reason": record.correction_reason,
    }
