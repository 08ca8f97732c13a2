"""What an event of the trail says, in words: fields by their name, figures and days as everywhere else.

The payload is text that outlives its tables: a key whose row is gone is shown as it was written, and so is a name that
no longer exists.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from rumbo.core.engine.scheme import Scheme
from rumbo.core.rendering import text
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary import trail as words
from rumbo.core.vocabulary.return_reason import ReturnReason
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization.settings import LABELS
from rumbo.foundation.ui.templatetags.dates import moment, month
from rumbo.foundation.ui.templatetags.figures import figure
from rumbo.shell.setup.forms import CHOICES

PERIODS = frozenset({"period", "from_period", "applied_in", "first", "last"})
PLAIN = frozenset({"year", "fiscal_year", "baseline_year", "number", "version", "quarter"})  # no thousands in a year
REASONS = frozenset({"reason_kind"})
DIGEST = re.compile(r"[0-9a-f]{64}")
MONTH = re.compile(r"\d{4}-\d{2}")
LANGUAGES: tuple[text.Language, ...] = ("es", "en")
STORED_MONTH = re.compile(r"(?<![\w-])\d{4}-(0[1-9]|1[0-2])(?![\w-])")
NUMBER_OF_MONTH = {
    text.month_name(number, language=spoken).lower(): number for number in range(1, 13) for spoken in LANGUAGES
}
SAID_MONTH = re.compile(rf"\b({'|'.join(NUMBER_OF_MONTH)}) (?:de )?(\d{{4}})\b", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FIGURE = re.compile(r"-?\d+(\.\d+)?")
FORMER = {"former_contracts": "contract"}  # lists of terms: the key of a field, since when and until when
SHOWN = 200  # lines of one value: a load of ten thousand captures names them all


@dataclass(frozen=True, slots=True)
class Value:
    """One value in lines; `code` when it is a digest and not words."""

    lines: tuple[str, ...]
    code: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """`before` None when there was nothing before."""

    word: str
    before: Value | None
    after: Value


def action_word(action: str) -> str:
    return _(words.ACTIONS[action]) if action in words.ACTIONS else action


def table_word(table: str) -> str:
    return _(words.TABLES[table]) if table in words.TABLES else table


def action_choices(found: Iterable[str]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Of those that the chain tells of: app, its word, and its actions with theirs, for the list of the filter."""
    by_app: dict[str, list[tuple[str, str]]] = {}
    for action in found:
        by_app.setdefault(words.app_of(action), []).append((action, action_word(action)))
    order = [*words.APPS, *sorted(by_app.keys() - words.APPS.keys())]
    return [
        (app, _(words.APPS[app]) if app in words.APPS else app, sorted(by_app[app], key=lambda pair: pair[1]))
        for app in order
        if app in by_app
    ]


def changes(payload: Mapping[str, Any]) -> list[Change]:
    """Each field that changed; of something new, each that says something. One query for each table that is named."""
    table = payload.get("model", "")
    after: dict[str, Any] = payload.get("after", {})
    before: dict[str, Any] | None = payload.get("before")
    said = {name for name, value in after.items() if value not in (None, "", [], {})}
    told = said if before is None else {*before, *payload.get("appeared", ())}
    names = [*(name for name in fields_in_order(table) if name in told), *sorted(told - set(fields_in_order(table)))]
    known = named_rows(table, [after, before or {}])
    found = []
    for name in names:
        old, new = (None, after.get(name)) if before is None else differing(before.get(name), after.get(name))
        found.append(
            Change(
                _(words.field_word(table, name)),
                None if before is None else value_of(table, name, old, known),
                value_of(table, name, new, known),
            )
        )
    return found


def details(payload: Mapping[str, Any]) -> list[tuple[str, Value]]:
    """What the event tells besides its row, and how many rows of each table a piece of bulk work wrote or took away."""
    found = [
        (_(words.DETAILS[name]) if name in words.DETAILS else name, value_of("", name, value, {}))
        for name, value in payload.get("details", {}).items()
    ]
    written_rows, removed = _("%(what)s (renglones)"), _("%(what)s (renglones retirados)")
    for said, tables in ((written_rows, payload.get("rows", {})), (removed, payload.get("gone", {}))):
        found += [(said % {"what": table_word(table)}, Value((figure(len(refs)),))) for table, refs in tables.items()]
    return found


def fields_in_order(table: str) -> tuple[str, ...]:
    """As the table declares them; the payload has them in alphabetical order of their English names."""
    try:
        return tuple(getattr(apps.get_model(table), "audit_fields", ()))
    except (LookupError, ValueError):
        return ()


def title_of(action: str, title: str) -> str:
    """Months as words. They are stored as «2026-11», and that of a lock in older trails as its number."""
    if action == "captures.lock_month" and title.isdigit():
        return written_month(title)
    return months_in_words(title)


def months_in_words(said: str) -> str:
    """«M060 · 2026-01» → «M060 · enero de 2026»; a year that is part of a name or of a file stays."""
    return STORED_MONTH.sub(lambda found: written_month(found[0]), said)


def months_as_stored(asked: str) -> str:
    """What the filter looks for in the titles: who types «enero de 2026», in either language, means «2026-01»."""
    return SAID_MONTH.sub(lambda found: f"{found[2]}-{NUMBER_OF_MONTH[found[1].lower()]:02d}", asked)


def differing(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists or two sets of decisions, only what is not the same in both."""
    if isinstance(before, list) and isinstance(after, list):
        return [one for one in before if one not in after], [one for one in after if one not in before]
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}
    return before, after


# The rows that keys name


def named_rows(table: str, states: Iterable[Mapping[str, Any]]) -> dict[tuple[str, Any], str]:
    """(field, key) → how that row calls itself. Of areas that share a goal too: theirs is a list of keys."""
    wanted: dict[type[models.Model], set[Any]] = {}
    places: list[tuple[str, type[models.Model], Any]] = []
    for state in states:
        for name, value in state.items():
            related = related_table(table, FORMER.get(name, name))
            for key in keys_in(name, value):
                if related is not None and isinstance(key, int):
                    wanted.setdefault(related, set()).add(key)
                    places.append((name, related, key))
    rows = {related: audit.rows_by_key(related, keys) for related, keys in wanted.items()}
    return {(name, key): called(rows[related][key]) for name, related, key in places if key in rows[related]}


def keys_in(name: str, value: Any) -> Iterable[Any]:
    """A key, each of a list of them, or the one that begins each term of a list."""
    if name in FORMER and isinstance(value, list):
        return [term[0] for term in value]
    return value if isinstance(value, list) else [value]


def called(row: models.Model) -> str:
    """As the trail itself titles it; a capture and a programme, whose own name is two keys, by their indicator."""
    if hasattr(row, "indicator_id"):
        indicator = str(getattr(row, "indicator"))  # noqa: B009
        when = month(row.period) if hasattr(row, "period") else str(getattr(row, "year", ""))
        return f"{indicator} · {when}"
    number = getattr(row, "number", None)
    return _("versión %(number)s") % {"number": number} if isinstance(number, int) else str(row)


def related_table(table: str, name: str) -> type[models.Model] | None:
    one = field_of(table, name)
    return one.related_model if one is not None and isinstance(one.related_model, type) else None


def field_of(table: str, name: str) -> Any:
    try:
        return apps.get_model(table)._meta.get_field(name.removesuffix("_id")) if table else None
    except (LookupError, ValueError, FieldDoesNotExist):
        return None


# Values


def value_of(table: str, name: str, value: Any, known: Mapping[tuple[str, Any], str]) -> Value:
    if isinstance(value, list | dict):
        lines = [line for line in lines_of(name, value, known) if line]
        return Value(tuple(lines[:SHOWN]) or (text.NOTHING,), more=max(0, len(lines) - SHOWN))
    if isinstance(value, str) and DIGEST.fullmatch(value):
        return Value((value,), code=True)
    return Value((one_of(table, name, value, known),))


def one_of(table: str, name: str, value: Any, known: Mapping[tuple[str, Any], str]) -> str:
    if value is None or value == "":
        return text.NOTHING
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if (name, value) in known:
        return known[name, value]
    if word := word_of(table, name, value):
        return word
    if name in PERIODS:
        return written_month(value)
    return str(value) if name in PLAIN else written(value)


def word_of(table: str, name: str, value: Any) -> str:
    """Of a value that is chosen from a list; empty for any other."""
    declared = words.VALUES.get(f"{table}.{name}", {}).get(value)
    if declared:
        return _(declared)
    if name in REASONS and value in set(ReturnReason):
        return _(ReturnReason(value).label)
    one = field_of(table, name)
    choices = dict(one.choices or ()) if one is not None and hasattr(one, "choices") else {}
    return _(str(choices[value])) if value in choices else ""


def lines_of(name: str, value: Any, known: Mapping[tuple[str, Any], str]) -> Iterable[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, dict) and key == "months":  # of a change of programme: a line for each
                yield from (one_line(key, [month_key, *parts]) for month_key, parts in item.items())
            else:
                yield f"{key_word(key)}: {one_line(key, item)}"
        return
    for item in value:
        if name in FORMER:
            yield term_line(name, item, known)
            continue
        yield known.get((name, item), "") if isinstance(item, int) and (name, item) in known else one_line(name, item)


def term_line(name: str, term: list[Any], known: Mapping[tuple[str, Any], str]) -> str:
    """«AD-12/2026 Difusión: 01/02/2026 – 01/11/2026», what was in force and between which days."""
    key, since, until = term
    return f"{known.get((name, key), key)}: {written(since or text.NOTHING)} – {written(until)}"


def one_line(name: str, item: Any) -> str:
    """A month of a programme («octubre de 2026: 120»), a level, an omission: its parts in one line."""
    if isinstance(item, dict):
        return " · ".join(f"{key_word(key)}: {one_line(key, part)}" for key, part in item.items())
    if isinstance(item, list) and name == "months" and item:
        figures = " / ".join(written(part) for part in item[1:3] if part is not None)
        return f"{written_month(item[0])}: {figures or text.NOTHING}"
    if isinstance(item, list):
        return " · ".join(written(part) for part in item)
    return parameter_word(name, item) or one_of("", name, item, {})


def parameter_word(name: str, item: Any) -> str:
    """Of a choice of the scale («silence_never_pays») or of the set-up («us-letter»)."""
    kind = type(getattr(Scheme(), name, None))
    if issubclass(kind, Enum) and item in {member.value for member in kind}:
        return _(str(getattr(kind(item), "label", item)))
    return _(dict(CHOICES[name]).get(item, "")) if name in CHOICES and item in dict(CHOICES[name]) else ""


def key_word(key: str) -> str:
    """A decision of the institution, a parameter of the scale, a part of a detail, a day, or what it says itself."""
    for said in (LABELS, words.PARAMETERS, words.DETAILS, words.FIELDS):
        if key in said:
            return _(said[key])
    return written_month(key) if MONTH.fullmatch(key) else written(key)


def written_month(value: Any) -> str:
    try:
        return month(Period.parse(value) if isinstance(value, str) and not value.isdigit() else int(value))
    except (TypeError, ValueError):
        return str(value)


def written(value: Any) -> str:
    """Figures with their commas, days as days; anything else as it is."""
    if isinstance(value, int):
        return figure(value)
    if not isinstance(value, str):
        return str(value)
    try:
        if FIGURE.fullmatch(value) and not (value.startswith("0") and value[1:2].isdigit()):
            return figure(Decimal(value))
        if DAY.fullmatch(value):
            return text.short_date(date.fromisoformat(value))
        if DAY.match(value) and "T" in value[10:11]:
            return moment(datetime.fromisoformat(value))
    except (ValueError, InvalidOperation):
        return value
    return months_in_words(value)
