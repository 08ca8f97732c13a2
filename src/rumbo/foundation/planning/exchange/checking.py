"""Reads a plan's workbook against the plan there is, without writing; then writes it whole or not at all."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from rumbo.core.rendering.cells import CellError, Unreadable, normal, to_date
from rumbo.core.rendering.intake import Taken, Weighed
from rumbo.core.rendering.table import Record
from rumbo.core.rendering.told import Words
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor
from rumbo.core.vocabulary.swot import SwotKind
from rumbo.foundation.planning import actions, queries
from rumbo.foundation.planning.actions import ElementRow, Loaded, SwotLine
from rumbo.foundation.planning.exchange.codes import normal_code, suspect
from rumbo.foundation.planning.exchange.sheets import FACTS, IDENTITY, LENGTHS, LEVELS, PLAN, SHEETS, SWOT
from rumbo.foundation.planning.models import Plan
from rumbo.foundation.ui.exchange import take_spoken

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution

type Key = tuple[int, str]
DATES = ("term_start", "term_end")
LINKS = ("annual_plan_url", "work_programme_url")
NEEDED = ("name", "term_start", "term_end")


@dataclass(slots=True)
class Checked(Weighed):
    """What a workbook would do. With `errors` nothing is applied; `warnings` are for a person to confirm."""

    institution: "Institution"
    plan: Plan | None
    taken: Taken
    elements: list[ElementRow] = field(default_factory=list)
    swot: list[SwotLine] | None = None
    levels: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


def check(*, institution: "Institution", content: bytes, on: date) -> Checked:
    """Raises WorkbookRefused for a file that is not read at all."""
    plan = queries.plan_of(institution, on)
    checked = Checked(institution, plan, take_spoken(content, SHEETS, main=PLAN))
    _check_levels(checked)
    _check_facts(checked)
    _check_elements(checked)
    if checked.taken.has(SWOT):
        checked.swot = [
            SwotLine(SwotKind(record["kind"]), record["headline"], record["explanation"])
            for record in checked.taken.records(SWOT)
        ]
        for record in checked.taken.records(SWOT):
            _warn_of_scanner(checked, record, "headline", "explanation")
    return checked


def apply(checked: Checked, *, by: Actor, at: datetime) -> Loaded:
    """One transaction. Raises Forbidden and what the actions refuse; ValueError when there are errors."""
    if checked.errors:
        raise ValueError("a workbook with errors is not applied")
    with transaction.atomic():
        plan = checked.plan
        if plan is None:
            plan = actions.create_plan(
                institution=checked.institution, levels=checked.levels, by=by, at=at, **checked.facts
            )
        elif checked.levels and checked.levels != _named(plan):
            plan = actions.set_levels(plan=plan, levels=checked.levels, by=by, at=at)
        return actions.load_plan(
            plan=plan, elements=checked.elements, texts=checked.facts, swot=checked.swot, by=by, at=at
        )


def _named(plan: Plan) -> list[tuple[str, str]]:
    return [(level.singular, level.plural) for level in queries.levels_of(plan)]


def _check_levels(checked: Checked) -> None:
    records = sorted(checked.taken.records(LEVELS), key=lambda record: int(record["depth"]))
    for place, record in enumerate(records, start=1):
        if record["depth"] != place:
            checked.errors.append(
                record.error(
                    "depth", N_("Los niveles se numeran 1, 2, 3… sin repetir: aquí va el %(place)s."), place=place
                )
            )
    checked.levels = [(record["singular"], record["plural"]) for record in records]
    if checked.plan is None and not checked.levels and checked.taken.sheets:
        checked.errors.append(
            CellError(0, 0, N_("La institución todavía no tiene plan: agregue la hoja «Niveles»."), {}, _(LEVELS.name))
        )


def _check_facts(checked: Checked) -> None:
    for record in checked.taken.records(IDENTITY):
        fact, text = record["fact"], record["value"]
        if fact in DATES:
            try:
                checked.facts[fact] = to_date(text)
            except Unreadable as problem:
                checked.errors.append(record.error("value", problem.template, **problem.params))
            continue
        checked.facts[fact] = text
        if fact == "name" and not text:
            checked.errors.append(record.error("value", N_("El plan necesita un nombre. Escríbalo.")))
        if len(text) > LENGTHS.get(fact, len(text)):
            checked.errors.append(
                record.error(
                    "value", N_("El texto tiene %(length)s caracteres y el máximo es %(most)s. Acórtelo."),
                    length=len(text), most=LENGTHS[fact],
                )
            )  # fmt: skip
        if fact in LINKS and text and not _is_link(text):
            checked.errors.append(
                record.error("value", N_("«%(value)s» no es un enlace. Escríbalo completo, con https://."), value=text)
            )
        _warn_of_scanner(checked, record, "value")
    missing = tuple(FACTS[fact] for fact in NEEDED if fact not in checked.facts)
    if checked.plan is None and missing and checked.taken.sheets:
        checked.errors.append(
            CellError(
                0, 0, N_("La institución todavía no tiene plan: en la hoja «Identidad» falta %(facts)s."),
                {"facts": Words(missing)}, _(IDENTITY.name),
            )
        )  # fmt: skip


def _is_link(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in text


def _check_elements(checked: Checked) -> None:
    levels = checked.levels or (_named(checked.plan) if checked.plan else [])
    depths = {normal(name): depth for depth, names in enumerate(levels, start=1) for name in (*names, str(depth))}
    rows: dict[Key, Record] = {}
    for record in checked.taken.records(PLAN):
        depth = depths.get(normal(record["level"]))
        if depth is None:
            names = " · ".join(singular for singular, _plural in levels)
            checked.errors.append(
                record.error(
                    "level", N_("«%(value)s» no es un nivel del plan. Escriba: %(levels)s."),
                    value=record["level"], levels=names,
                )
            )  # fmt: skip
            continue
        key = (depth, _code(checked, record, "code"))
        if key in rows:
            checked.errors.append(
                record.error(
                    "code", N_("La clave %(code)s ya está en la fila %(row)s con el mismo nivel. Deje una sola."),
                    code=key[1], row=rows[key].row,
                )
            )  # fmt: skip
            continue
        rows[key] = record
        _warn_of_scanner(checked, record, "text")
    known = set(rows)
    if checked.plan is not None:
        elements = queries.elements_of(checked.plan, with_retired=True)
        known |= {(element.level.depth, element.code) for element in elements}
    for key, record in rows.items():
        parent = _above(checked, record, "parent", key, known, depths)
        suggested = None if parent else _above(checked, record, "suggested", key, known, depths)
        checked.elements.append(ElementRow(*key, record["text"], parent, suggested))


def _code(checked: Checked, record: Record, key: str) -> str:
    """Mended as a scanner would need, and told so (IECM-31)."""
    written, code = record[key], normal_code(record[key])
    if code != written:
        checked.warnings.append(
            record.error(key, N_("La clave «%(written)s» se leyó como «%(code)s»."), written=written, code=code)
        )
    return code


def _above(
    checked: Checked, record: Record, column: str, key: Key, known: set[Key], depths: dict[str, int]
) -> Key | None:
    """What a cell names: a code of a higher level (the nearest one that has it), or «level: code»."""
    if not record[column]:
        return None
    named, _colon, rest = record[column].partition(":")
    depth = depths.get(normal(named)) if rest else None
    code = normal_code(rest) if depth else _code(checked, record, column)
    for above in [depth] if depth else range(key[0] - 1, 0, -1):
        if (above, code) in known and above < key[0]:
            return above, code
    checked.errors.append(
        record.error(
            column, N_("«%(code)s» no es la clave de un elemento de un nivel superior. Corríjala o déjela vacía."),
            code=code,
        )
    )  # fmt: skip
    return None


def _warn_of_scanner(checked: Checked, record: Record, *columns: str) -> None:
    for column in columns:
        words = suspect(record[column])
        if words:
            checked.warnings.append(
                record.error(
                    column, N_("Parece una lectura de escáner: «%(words)s». Revise el texto."),
                    words="», «".join(words),
                )
            )  # fmt: skip
