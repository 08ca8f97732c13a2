"""What an institution decides about its scales, dated: a version is never edited, a later one supersedes it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from rumbo.core.engine.scheme import Scheme, SchemeError
from rumbo.core.rendering.told import Day
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.audit.actions import record
from rumbo.systems.evaluation import queries
from rumbo.systems.evaluation.actions.evaluating import evaluate_again
from rumbo.systems.evaluation.models import SchemeAssignment, SchemeVersion
from rumbo.systems.evaluation.queries.schemes import Schemes, key_of

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
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
    """A new version of a scheme, from a day on; the open months that it judges are evaluated again.

    `scheme`: the code of its versions, new or known. Raises Forbidden, InvalidScheme.
    """
    _may_configure(institution, by)
    found = checked(parameters)
    with transaction.atomic():
        before = queries.schemes_of(institution.pk)
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
        evaluate_again(institution, before)
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
    contract: "Contract | None" = None,
) -> SchemeAssignment:
    """From a day on a scheme evaluates the whole institution, the goals of a contract, or one indicator.

    An empty code ends the one of the contract or of the indicator. The open months that it judges are evaluated again.
    Raises Forbidden, InvalidScheme.
    """
    _may_configure(institution, by)
    if indicator is not None and contract is not None:
        raise InvalidScheme(N_("La escala se asigna a un indicador o a un contrato, no a los dos. Elija uno."))
    _refuse_unfounded(institution, scheme, reason, whole=indicator is None and contract is None)
    with transaction.atomic():
        before = queries.schemes_of(institution.pk)
        assignment = SchemeAssignment(
            institution=institution,
            scheme=scheme,
            indicator=indicator,
            contract=contract,
            effective_from=effective_from,
            reason=reason.strip(),
            decided_on=on,
            decided_by=by.label,
        )
        _refuse_before_the_last(before, assignment)
        assignment.save()
        named = indicator.code if indicator else contract.number if contract else institution.slug
        record(
            chain=institution.slug,
            by=by,
            action="evaluation.assign_scheme",
            at=at,
            subject=assignment,
            title=f"Escala {scheme or SchemeVersion.GENERAL} para {named}",
        )
        evaluate_again(institution, before)
    return assignment


def _refuse_unfounded(institution: "Institution", scheme: str, reason: str, *, whole: bool) -> None:
    """Without a reason, or of a scheme that is not; only the institution's cannot simply end."""
    if not reason.strip():
        raise InvalidScheme(N_("Escriba por qué se asigna la escala: se imprime junto con los resultados."))
    if (scheme or whole) and not SchemeVersion.objects.filter(institution=institution, scheme=scheme).exists():
        raise InvalidScheme(
            N_("La escala «%(scheme)s» no existe en esta institución. Elija una de la lista."), scheme=scheme
        )


def _refuse_before_the_last(schemes: Schemes, assignment: SchemeAssignment) -> None:
    earlier = schemes.assigned_on(date.max, key_of(assignment))
    if earlier is not None and assignment.effective_from < earlier.effective_from:
        raise InvalidScheme(
            N_("Ya hay una asignación vigente desde el %(day)s: la nueva no puede empezar antes."),
            day=Day(earlier.effective_from),
        )


def checked(parameters: dict[str, Any]) -> Scheme:
    """The scheme that the parameters make. Raises InvalidScheme."""
    try:
        return Scheme.from_parameters(parameters)
    except SchemeError as error:
        raise InvalidScheme(error.message, **error.params) from error


def _may_configure(institution: "Institution", by: Actor) -> None:
    if not by.may(Permission.CONFIGURE, institution.pk):
        raise Forbidden(N_("Las escalas las define la Dirección de Planeación o la administración del sistema."))
