"""The workbook of people and their roles."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from rumbo.core.rendering.table import CellError, Column, Record, Sheet, template
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.core.vocabulary.role import Role
from rumbo.foundation.organization import actions, queries
from rumbo.foundation.organization.models import Institution
from rumbo.foundation.organization.roles import ROLES
from rumbo.foundation.ui.exchange import Outcome, RowsRefused, run_import


def people_sheet() -> Sheet:
    """Declared when asked: its list of roles is written in the language of whoever reads."""
    return Sheet(
        N_("Personas"),
        [
            Column(
                "email",
                N_("Correo"),
                required=True,
                max_length=254,
                help=N_("Con él entra la persona. Una persona con dos papeles va en dos filas."),
                example="nombre.apellido@institucion.gob.mx",
                aliases=("correo electronico", "e mail"),
                width=36,
            ),
            Column("name", N_("Nombre"), required=True, max_length=150, aliases=("nombre completo",)),
            Column(
                "role",
                N_("Papel"),
                required=True,
                kind="choice",
                choices={role.value: role.label for role in Role},
                width=44,
            ),
            Column(
                "unit",
                N_("Área"),
                max_length=30,
                help=N_("Clave del área; necesaria para quien captura y para quien da el visto bueno."),
                example="DESU",
                aliases=("clave del area",),
            ),
            Column(
                "post", N_("Cargo"), max_length=200, help=N_("Así aparece en los documentos; el nombre no."), width=50
            ),
        ],
        help=N_("Un papel de una persona por fila. Los papeles que ya tiene se quedan como están."),
    )


def template_people(*, institution: Institution, on: date, banner: str | None = None) -> bytes:
    """The workbook with the roles in force."""
    rows = [
        {
            "email": item.person.email,
            "name": item.person.name,
            "role": item.role,
            "unit": item.unit.code if item.unit else "",
            "post": item.post,
        }
        for item in queries.memberships_of(institution, on=on)
    ]
    title = _("Personas de %(institution)s") % {"institution": institution.name}
    return template(
        people_sheet(), title, rows, banner=queries.data_notice(institution) if banner is None else banner, translate=_
    )


def import_people(
    *, institution: Institution, content: bytes, by: Actor, on: date, at: datetime, dry_run: bool = False
) -> Outcome:
    """Add people and roles, all or none. Nothing is taken away: roles end one by one, with their reason."""

    def apply(records: Sequence[Record]) -> None:
        errors = _faults(records, {unit.code for unit in queries.units_of(institution)})
        if errors:
            raise RowsRefused(errors)
        actions.add_people(institution=institution, rows=[_row(record) for record in records], by=by, on=on, at=at)

    return run_import(content, people_sheet(), apply, dry_run=dry_run)


def _row(record: Record) -> actions.PersonRow:
    return actions.PersonRow(
        email=record["email"],
        name=record["name"],
        role=Role(record["role"]),
        unit=record["unit"],
        post=record["post"],
    )


def _faults(records: Sequence[Record], units: set[str]) -> list[CellError]:
    found: list[CellError] = []
    first: dict[tuple[str, str, str], int] = {}
    for record in records:
        role = Role(record["role"])
        try:
            email = actions.clean_email(record["email"])
        except Refusal as refusal:
            found.append(record.error("email", refusal.template, **refusal.params))
            continue
        unit = record["unit"] if ROLES[role].needs_unit else ""
        if record["unit"] and record["unit"] not in units:
            found.append(record.error("unit", _NO_UNIT, unit=record["unit"]))
        elif ROLES[role].needs_unit and not unit:
            found.append(record.error("unit", _NEEDS_UNIT, role=_(role.label)))
        if (email, role, unit) in first:
            found.append(record.error("email", _TWICE, row=first[email, role, unit]))
        first.setdefault((email, role, unit), record.row)
    return found


_NO_UNIT = N_("El área «%(unit)s» no existe o está dada de baja. Súbala antes o corrija la clave.")
_NEEDS_UNIT = N_("El papel «%(role)s» se tiene sobre un área. Escriba su clave.")
_TWICE = N_("Esta persona ya tiene ese papel en la fila %(row)s. Deje una sola.")
