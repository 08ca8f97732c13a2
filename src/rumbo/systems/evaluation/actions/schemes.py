"""What an institution decides about its scales, dated: a version is never edited, a later one supersedes it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from rumbo.core.engine.scheme import Scheme, SchemeError
from rumbo.core.rendering.told import Day
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.systems.evaluation.actions.evaluating import store_month
from rumbo.systems.evaluation.models import Result, SchemeAssignment, SchemeVersion

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution
    from rumbo.systems.indicators.models import Indicator


class InvalidScheme(Refusal):
    """A parameter that the engine cannot take, or a decision about a scheme that cannot be."""


def save_scheme(
    *,
    institution: "Institution",
    parameters: dict[str, Any],
    effective_from: date,
    by: Actor,
    at: datetime,
    on: date,
    scheme: str = SchemeVersion.GENERAL,
    name: str = "",
) -> SchemeVersion:
    """A new version of a scheme, from a day on; the open months are evaluated again with it.

    `scheme`: the code of its versions, new or known. Raises Forbidden, InvalidScheme.
    """
    _may_configure(institution, by)
    found = checked(parameters)
    with transaction.atomic():
        versions = SchemeVersion.objects.filter(institution=institution, scheme=scheme)
        version = SchemeVersion.objects.create(
            institution=institution,
            scheme=scheme,
            name=name.strip(),
            number=(versions.aggregate(newest=Max("number"))["newest"] or 0) + 1,
            effective_from=effective_from,
            parameters=found.to_parameters(),
            decided_on=on,
            decided_by=by.label,
        )
        record(
            chain=institution.slug,
            by=by,
            action="evaluation.save_scheme",
            at=at,
            subject=version,
            title=f"Escala de evaluación {name or scheme}, versión {version.number}",
        )
        _evaluate_open_months(institution.pk)
    return version


def assign_scheme(
    *,
    institution: "Institution",
    scheme: str,
    indicator: "Indicator | None",
    effective_from: date,
    reason: str,
    by: Actor,
    at: datetime,
    on: date,
) -> SchemeAssignment:
    """From a day on a scheme evaluates the whole institution, or one indicator; an empty code ends the indicator's.

    The open months are evaluated again. Raises Forbidden, InvalidScheme.
    """
    _may_configure(institution, by)
    if not reason.strip():
        raise InvalidScheme(N_("Escriba por qué se asigna la escala: se imprime junto con los resultados."))
    if (scheme or indicator is None) and not SchemeVersion.objects.filter(
        institution=institution, scheme=scheme
    ).exists():
        raise InvalidScheme(
            N_("La escala «%(scheme)s» no existe en esta institución. Elija una de la lista."), scheme=scheme
        )
    earlier = SchemeAssignment.objects.filter(institution=institution, indicator=indicator).last()
    if earlier is not None and effective_from < earlier.effective_from:
        raise InvalidScheme(
            N_("Ya hay una asignación vigente desde el %(day)s: la nueva no puede empezar antes."),
            day=Day(earlier.effective_from),
        )
    with transaction.atomic():
        assignment = SchemeAssignment.objects.create(
            institution=institution,
            scheme=scheme,
            indicator=indicator,
            effective_from=effective_from,
            reason=reason.strip(),
            decided_on=on,
            decided_by=by.label,
        )
        to = indicator.code if indicator is not None else institution.slug
        record(
            chain=institution.slug,
            by=by,
            action="evaluation.assign_scheme",
            at=at,
            subject=assignment,
            title=f"Escala {scheme or SchemeVersion.GENERAL} para {to}",
        )
        _evaluate_open_months(institution.pk)
    return assignment


def checked(parameters: dict[str, Any]) -> Scheme:
    """The scheme that the parameters make. Raises InvalidScheme."""
    try:
        return Scheme.from_parameters(parameters)
    except SchemeError as error:
        raise InvalidScheme(error.message, **error.params) from error


def _may_configure(institution: "Institution", by: Actor) -> None:
    if not by.may(Permission.CONFIGURE, institution.pk):
        raise Forbidden(N_("Las escalas las define la Dirección de Planeación o la administración del sistema."))


def _evaluate_open_months(institution_id: int) -> None:
    """Boards of an open month show stored rows: none may be left under the scheme that was in force before."""
    stored = Result.objects.filter(institution=institution_id, closing=None).order_by("period")
    for index in stored.values_list("period", flat=True).distinct():
        store_month(institution_id, Period.of(index))
