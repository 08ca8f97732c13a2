"""What an institution decides about its scales, dated: a version is never edited, a later one supersedes it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from rumbo.core.engine.scheme import Scheme, SchemeError
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.systems.evaluation.models import SchemeVersion

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution


class InvalidScheme(Refusal):
    """A parameter that the engine cannot take."""


def save_scheme(
    *, institution: "Institution", parameters: dict[str, Any], effective_from: date, by: Actor, at: datetime, on: date
) -> SchemeVersion:
    """A new version of the scales. Raises Forbidden, InvalidScheme."""
    if not by.may(Permission.CONFIGURE, institution.pk):
        raise Forbidden(N_("Las escalas las define la Dirección de Planeación o la administración del sistema."))
    try:
        scheme = Scheme.from_parameters(parameters)
    except SchemeError as error:
        raise InvalidScheme(error.message, **error.params) from error
    with transaction.atomic():
        newest = SchemeVersion.objects.filter(institution=institution).aggregate(newest=Max("number"))["newest"]
        version = SchemeVersion.objects.create(
            institution=institution,
            number=(newest or 0) + 1,
            effective_from=effective_from,
            parameters=scheme.to_parameters(),
            decided_on=on,
            decided_by=by.label,
        )
        record(
            chain=institution.slug,
            by=by,
            action="evaluation.save_scheme",
            at=at,
            subject=version,
            title=f"Escala de evaluación, versión {version.number}",
        )
    return version
