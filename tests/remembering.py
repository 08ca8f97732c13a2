"""The story that many tests begin with is made once by each process; afterwards its rows are written again.

`@remembered` goes under `@pytest.fixture`, over what makes its rows through the real actions from other remembered
fixtures. The first test of a process that reaches it makes it; those that reach it later by the same way, with nothing
else told in between, find the same rows and get a copy of the same value, which they may change. Who comes by another
way makes it for real. What is remembered leaves nothing outside the database and heeds nothing that a test may have
replaced before.
"""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries import forget

type Row = str | tuple[Any, ...]  # as the database itself writes it: JSON, or the values of SQLite without a type
type Step = tuple[Callable[..., Any], Any]  # who makes it, and the parameter of its fixture
type Rows = dict[type[models.Model], dict[Any, Row]]  # of each table, by primary key


@dataclass
class Place:
    """How far a story has been told: the whole database there, what the last step changed, and what it gave back."""

    rows: Rows
    told: int  # events in the trail
    gone: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    come: dict[type[models.Model], list[Row]] = field(default_factory=dict)
    value: Any = None
    further: dict[Step, "Place"] = field(default_factory=dict)


class Story:
    """What this process remembers, and how far the test that runs now has come: None where nobody has been before."""

    def __init__(self) -> None:
        self.beginning: Place | None = None
        self.here: Place | None = None

    def begin(self) -> None:
        """A test to which nothing has been told yet."""
        self.here = self.beginning

    def tell(self, make: Callable[..., Any], given: dict[str, Any]) -> Any:
        if self.beginning is None:
            self.beginning = self.here = Place(everything(), Event.objects.count())
        if self.here is None or Event.objects.count() != self.here.told:
            self.here = None  # the test told something else: from here on it is its own story
            return make(**given)
        key = make, (given["request"].param if "request" in given else None)
        known = self.here.further.get(key)
        if known is None:
            value = make(**given)
            known = self.here.further[key] = step(self.here.rows, everything(), value)
        else:
            write_again(known)
            value = copy.deepcopy(known.value)
        self.here = known
        forget()  # what was read while it was being made is read again, as by those that find it made
        return value


story = Story()


def remembered[**P, R](make: Callable[P, R]) -> Callable[P, R]:
    @wraps(make)
    def told(*_: P.args, **given: P.kwargs) -> R:
        value: R = story.tell(make, given)
        return value

    return told


def step(before: Rows, after: Rows, value: Any) -> Place:
    place = Place(after, len(after[Event]), value=copy.deepcopy(value))
    for model, rows in after.items():
        older = before[model]
        if gone := [pk for pk, row in older.items() if rows.get(pk) != row]:
            place.gone[model] = gone
        if come := [row for pk, row in rows.items() if older.get(pk) != row]:
            place.come[model] = come
    return place


# Rows as the database writes them: no type is lost on the way out and back.


def everything() -> Rows:
    return {model: dict(read(model)) for model in tables()}


def read(model: type[models.Model]) -> Iterable[tuple[Any, Row]]:
    table, pk, columns = names(model)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT {pk}, row_to_json(t)::text FROM {table} t ORDER BY 1")  # noqa: S608
            return cursor.fetchall()
        plain = ", ".join(f"+{name}" for name in columns)  # an expression has no declared type to be converted to
        cursor.execute(f"SELECT {pk}, {plain} FROM {table} ORDER BY 1")  # noqa: S608
        return [(row[0], row[1:]) for row in cursor.fetchall()]


def write_again(place: Place) -> None:
    """Foreign keys are deferred: the order of the tables is no matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        for model, gone in place.gone.items():
            table, pk, _ = names(model)
            cursor.executemany(f"DELETE FROM {table} WHERE {pk} = %s", [(key,) for key in gone])  # noqa: S608
        for model, come in place.come.items():
            table, _, columns = names(model)
            if connection.vendor == "postgresql":
                words = f"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
                cursor.execute(words, [f"[{','.join(map(str, come))}]"])
            else:
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", come)  # noqa: S608


@cache
def tables() -> list[type[models.Model]]:
    """Those of the product: Django's own, such as sessions, belong to no story."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model.__module__.startswith("rumbo.") and model._meta.managed]


@cache
def names(model: type[models.Model]) -> tuple[str, str, list[str]]:
    """The table, its primary key and its columns, quoted."""
    quote = connection.ops.quote_name
    pk = model._meta.pk
    assert pk is not None
    columns = [quote(one.column) for one in model._meta.concrete_fields]
    return quote(model._meta.db_table), quote(pk.column), columns
