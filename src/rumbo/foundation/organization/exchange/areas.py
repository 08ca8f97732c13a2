"""The workbook of areas."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from rumbo.core.rendering.table import CellError, Column, Record, Sheet, template
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.actions.units import CODE_LENGTH, NAME_LENGTH
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.ui.exchange import Outcome, RowsRefused, run_import

AREAS = Sheet(
    N_("Áreas"),
    [
        Column(
            "code",
            N_("Clave"),
            required=True,
            max_length=CODE_LENGTH,
            help=N_("Corta y única. Si ya existe, el área se actualiza."),
            example="DESU",
            aliases=("codigo",),
        ),
        Column(
            "parent",
            N_("Está dentro de"),
            max_length=CODE_LENGTH,
            help=N_("Clave del área que la contiene; vacía para la de más arriba."),
            example="AMH",
            aliases=("area superior", "padre"),
        ),
        Column(
            "name",
            N_("Nombre del área"),
            required=True,
            max_length=NAME_LENGTH,
            example="Dirección Ejecutiva de Servicios Urbanos",
            aliases=("nombre", "area"),
            width=50,
        ),
        Column("head_post", N_("Cargo de la persona titular"), max_length=NAME_LENGTH, aliases=("titular",), width=40),
        Column(
            "liaison_post", N_("Cargo del enlace de planeación"), max_length=NAME_LENGTH, aliases=("enlace",), width=40
        ),
        Column("position", N_("Orden"), kind="integer", help=N_("Entre las áreas de su nivel."), example="1"),
    ],
    help=N_("Un área por fila. Un área puede ir antes o después de la que la contiene."),
)


def template_areas(*, institution: Institution, banner: str | None = None) -> bytes:
    """The workbook with the areas that there are."""
    units = queries.units_of(institution)
    codes = {unit.pk: unit.code for unit in units}
    rows = [
        {
            "code": unit.code,
            "parent": codes.get(unit.parent_id, "") if unit.parent_id else "",
            "name": unit.name,
            "head_post": unit.head_post,
            "liaison_post": unit.liaison_post,
            "position": unit.position,
        }
        for unit in units
    ]
    title = _("Áreas de %(institution)s") % {"institution": institution.name}
    return template(
        AREAS, title, rows, banner=queries.data_notice(institution) if banner is None else banner, translate=_
    )


def import_areas(
    *, institution: Institution, content: bytes, by: Actor, at: datetime, dry_run: bool = False
) -> Outcome:
    """Create and change areas by their code, all or none. What the workbook does not name stays as it is."""

    def apply(records: Sequence[Record]) -> None:
        errors = list(_faults(records, {unit.code for unit in queries.units_of(institution)}))
        if errors:
            raise RowsRefused(errors)
        try:
            actions.save_units(institution=institution, rows=[_row(record) for record in records], by=by, at=at)
        except actions.UnitRefused as refusal:
            faulty = next((record for record in records if record["code"] == refusal.code), None)
            if faulty is None:
                raise
            raise RowsRefused([faulty.error("code", refusal.template, **refusal.params)]) from refusal

    return run_import(content, AREAS, apply, dry_run=dry_run)


def _row(record: Record) -> actions.UnitRow:
    return actions.UnitRow(
        code=record["code"],
        name=record["name"],
        parent=record["parent"],
        head_post=record["head_post"],
        liaison_post=record["liaison_post"],
        position=record["position"],
    )


def _faults(records: Sequence[Record], known: set[str]) -> list[CellError]:
    found: list[CellError] = []
    first: dict[str, int] = {}
    here = {record["code"] for record in records}
    for record in records:
        code, parent, position = record["code"], record["parent"], record["position"]
        if code in first:
            found.append(record.error("code", _TWICE, code=code, row=first[code]))
        first.setdefault(code, record.row)
        if parent and parent not in here and parent not in known:
            found.append(record.error("parent", _NO_PARENT, parent=parent))
        if position is not None and not 0 <= position <= 100_000:
            found.append(record.error("position", _POSITION, position=position))
    return found


_TWICE = N_("La clave «%(code)s» ya está en la fila %(row)s. Deje una sola.")
_NO_PARENT = N_("El área «%(parent)s» no existe ni está en este libro. Agréguela o corrija la clave.")
_POSITION = N_("«%(position)s» no es un orden. Escriba un número de 0 a 100,000.")
