"""Areas and their tree. A unit with history is retired, never deleted (decision W)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.audit import actions as audit
from rumbo.foundation.audit.states import state_of
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.actions.allowed import must_configure
from rumbo.foundation.organization.events import UnitRetiring, unit_retiring
from rumbo.foundation.organization.models import Institution, Unit

CODE_LENGTH = 30
NAME_LENGTH = 200
PATH_LENGTH = 255  # the width of the column: about thirty levels


class UnitRefused(Refusal):
    """The area cannot be saved so. `code` says which one."""

    def __init__(self, template: str, *, code: str = "", **params: object) -> None:
        self.code = code
        super().__init__(template, code=code, **params)


class UnitInUse(Refusal):
    """The area still has areas or people below it."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What is known of an area when many arrive at once. `parent` is a code, "" at the top."""

    code: str
    name: str
    parent: str = ""
    head_post: str = ""
    liaison_post: str = ""
    position: int | None = None


def save_unit(
    *,
    institution: Institution,
    code: str,
    name: str,
    parent: Unit | None = None,
    head_post: str = "",
    liaison_post: str = "",
    position: int | None = None,
    unit: Unit | None = None,
    by: Actor,
    at: datetime,
) -> Unit:
    """Create an area, or change `unit` (its code too)."""
    must_configure(by, institution)
    _check(code, name)
    with transaction.atomic():
        known = {item.code: item for item in _locked(institution)}
        if parent is not None and parent.institution_id != institution.pk:
            raise UnitRefused(_("El área superior de «%(code)s» no es de esta institución."), code=code)
        homonym = known.get(code)
        if homonym is not None and (unit is None or homonym.pk != unit.pk):
            raise UnitRefused(_("La clave «%(code)s» ya es de otra área. Use una distinta."), code=code)
        if unit is not None and unit.institution_id != institution.pk:
            raise UnitRefused(_("El área «%(code)s» no es de esta institución."), code=unit.code)
        before = state_of(unit) if unit is not None else None
        row = unit or Unit(institution=institution)
        row.code, row.name, row.parent = code.strip(), name.strip(), parent
        row.head_post, row.liaison_post = head_post.strip(), liaison_post.strip()
        if position is not None or row.pk is None:
            row.position = len(known) + 1 if position is None else position
        row.save()
        tree = [item for item in known.values() if item.pk != row.pk] + [row]
        _check_tree(tree)
        _write_paths(tree)
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.save_unit",
            at=at,
            subject=row,
            before=before,
            title=str(row),
        )
        return row


def save_units(*, institution: Institution, rows: Sequence[UnitRow], by: Actor, at: datetime) -> list[Unit]:
    """Create or change many areas by their code, in any order; all or none. One event for all.

    First every row is saved, then the tree is tied: a parent may come after its children.
    """
    must_configure(by, institution)
    for row in rows:
        _check(row.code, row.name)
    codes = [row.code for row in rows]
    twice = next((code for code in codes if codes.count(code) > 1), None) if len(set(codes)) < len(codes) else None
    if twice is not None:
        raise UnitRefused(_("La clave «%(code)s» aparece más de una vez. Deje una sola."), code=twice)
    with transaction.atomic():
        known = {item.code: item for item in _locked(institution)}
        saved = [_fill(known, institution, row, number) for number, row in enumerate(rows, start=len(known) + 1)]
        for row, unit in zip(rows, saved, strict=True):
            if row.parent and row.parent not in known:
                raise UnitRefused(
                    _("El área superior «%(parent)s» de «%(code)s» no existe. Agréguela o corrija la clave."),
                    code=row.code,
                    parent=row.parent,
                )
            parent = known[row.parent] if row.parent else None
            if parent is not None and parent.retired_on is not None:
                raise UnitRefused(
                    _("El área superior «%(parent)s» de «%(code)s» está dada de baja."),
                    code=row.code,
                    parent=row.parent,
                )
            unit.parent_id = parent.pk if parent else None
        _check_tree(known.values())
        Unit.objects.bulk_update(saved, ["parent"])
        _write_paths(known.values())
        if saved:
            audit.record(
                chain=institution.slug,
                by=by,
                action="organization.save_units",
                at=at,
                rows=saved,
                details={"count": len(saved)},
            )
        return saved


def retire_unit(*, unit: Unit, reason: str, by: Actor, on: date, at: datetime) -> Unit:
    """The area stops being offered; what it did stays. Its people and areas must have gone elsewhere before."""
    institution = unit.institution
    must_configure(by, institution)
    if not reason.strip():
        raise UnitRefused(_("Escriba el motivo de la baja del área «%(code)s»."), code=unit.code)
    with transaction.atomic():
        children = [item.code for item in _locked(institution) if item.parent_id == unit.pk and item.retired_on is None]
        if children:
            raise UnitInUse(
                _("El área «%(code)s» tiene áreas dentro: %(children)s. Délas de baja o muévalas antes."),
                code=unit.code,
                children=", ".join(sorted(children)),
            )
        people = queries.memberships_of(institution, on=on, unit=unit)
        if people:
            raise UnitInUse(
                _("El área «%(code)s» tiene personas con papel vigente (%(count)s). Entregue su trabajo a otra antes."),
                code=unit.code,
                count=len(people),
            )
        unit_retiring.announce(UnitRetiring(institution_id=institution.pk, unit_id=unit.pk, on=on))
        before = state_of(unit)
        unit.retired_on, unit.retired_reason = on, reason.strip()[:300]
        unit.save()
        audit.record(
            chain=institution.slug,
            by=by,
            action="organization.retire_unit",
            at=at,
            subject=unit,
            before=before,
            title=str(unit),
        )
        return unit


def _locked(institution: Institution) -> list[Unit]:
    """The whole tree, locked: two people who move areas at once could tie a knot that neither sees."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    return list(Unit.objects.filter(institution=institution))


def _check(code: str, name: str) -> None:
    if not code.strip():
        raise UnitRefused(_("Falta la clave de un área. Escríbala."))
    if len(code) > CODE_LENGTH:
        raise UnitRefused(_("La clave «%(code)s» pasa de 30 caracteres. Acórtela."), code=code)
    if not name.strip():
        raise UnitRefused(_("Falta el nombre del área «%(code)s». Escríbalo."), code=code)
    if len(name) > NAME_LENGTH:
        raise UnitRefused(_("El nombre del área «%(code)s» pasa de 200 caracteres. Acórtelo."), code=code)


def _fill(known: dict[str, Unit], institution: Institution, row: UnitRow, number: int) -> Unit:
    unit = known.get(row.code)
    if unit is None:
        unit = Unit(institution=institution, code=row.code, position=number)
        known[row.code] = unit
    elif unit.retired_on is not None:
        raise UnitRefused(
            _("El área «%(code)s» está dada de baja. Quítela de la lista o use otra clave."), code=row.code
        )
    unit.name, unit.head_post, unit.liaison_post = row.name, row.head_post, row.liaison_post
    if row.position is not None:
        unit.position = row.position
    unit.save()
    return unit


def _check_tree(units: Iterable[Unit]) -> None:
    """Every chain of parents ends at the top."""
    by_key = {unit.pk: unit for unit in units}
    sound: set[int | None] = {None}
    for unit in by_key.values():
        walked: list[int] = []
        key: int | None = unit.pk
        while key not in sound:
            assert key is not None  # noqa: S101  (None is always sound)
            if key in walked:
                raise UnitRefused(
                    _("El área «%(code)s» quedaría dentro de sí misma. Elija otra área superior."),
                    code=by_key[key].code,
                )
            walked.append(key)
            key = by_key[key].parent_id
        sound.update(walked)


def _write_paths(units: Iterable[Unit]) -> None:
    """Recompute every `path`; only those that changed are written."""
    by_key = {unit.pk: unit for unit in units}
    changed: list[Unit] = []

    def path_of(unit: Unit) -> str:
        above = path_of(by_key[unit.parent_id]) if unit.parent_id else "/"
        return f"{above}{unit.pk}/"

    for unit in by_key.values():
        path = path_of(unit)
        if len(path) > PATH_LENGTH:
            raise UnitRefused(_("El área «%(code)s» queda a demasiados niveles de profundidad."), code=unit.code)
        if unit.path != path:
            unit.path = path
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["path"])
