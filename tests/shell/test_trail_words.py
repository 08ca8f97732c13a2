"""Nothing in the trail is read as a code: each recorded action, audited table and field has its word."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import translation

from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary import trail as words
from rumbo.foundation.audit.actions import record
from rumbo.foundation.audit.models import Event
from rumbo.foundation.audit.queries.verification import audited_models
from rumbo.foundation.audit.states import canonical, state_of
from rumbo.foundation.organization.models import Institution
from rumbo.shell import trail_reading as reading
from rumbo.systems.captures.states import Move
from tests.architecture.source import SOURCE, named, python_files, tree
from tests.cast import NOW, SYSTEM, Character, Units
from tests.remembering import remembered
from tests.whole.settling import OCTOBER, settle

type SignIn = Callable[[Character], Client]
OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("rumbo.")}
CODE = re.compile(rf"({'|'.join(sorted(OURS))})\.[a-z_]+")


@pytest.fixture
@remembered
def settled(institution: Institution, units: Units, carmen: Character) -> None:
    """Plan, goals, ten closed months."""
    settle(institution, units, carmen)


def recorded() -> Iterator[tuple[str, str]]:
    """Every code that some `action=` may take, and where: written there, or given to a function that passes it on."""
    for path in python_files():
        if "actions" not in path.parts and path.name != "producing.py":
            continue
        for node in ast.walk(tree(path)):
            for text in texts_of(node):
                yield text, named(path)


def texts_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        given = [keyword.value for keyword in node.keywords if keyword.arg == "action"] + node.args
        for value in given:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
                    yield part.value
        if isinstance(node.func, ast.Name) and node.func.id == "told" and len(node.args) == 2:
            yield f"transparency.{ast.literal_eval(node.args[1])}"
    if isinstance(node, ast.keyword) and node.arg == "action" and isinstance(node.value, ast.IfExp):
        for part in (node.value.body, node.value.orelse):
            if isinstance(part, ast.Constant):
                yield str(part.value)


def test_every_recorded_action_has_its_word() -> None:
    found = dict(recorded())
    assert len(found) > 40, "the search no longer finds how actions are recorded"
    moves = {f"captures.{move}{many}" for move in (Move.APPROVE_AREA, Move.VALIDATE) for many in ("", "_many")}
    missing = {code: place for code, place in found.items() if code not in words.ACTIONS}
    assert missing == {}, "add their words to core/vocabulary/trail/"
    assert moves <= words.ACTIONS.keys()


def test_every_word_is_of_an_action_that_somebody_records() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files() if path.name != "trail.py")
    gone = [
        code
        for code in words.ACTIONS
        if not re.search(rf'"({re.escape(code)}|{code.split(".")[1].removesuffix("_many")})"', source)
    ]
    assert gone == []


def test_every_audited_table_and_field_has_its_word() -> None:
    missing = []
    for model in audited_models():
        table = model._meta.label_lower
        names = [*getattr(model, "audit_fields", ()), *extra_names(model)]
        missing += [table] if table not in words.TABLES else []
        missing += [f"{table}.{name}" for name in names if words.field_word(table, name) == name]
    assert missing == []


def test_every_parameter_of_a_scheme_has_its_word() -> None:
    assert {field.name for field in fields(Scheme)} - words.PARAMETERS.keys() == set()


def extra_names(model: Any) -> list[str]:
    """What `audit_state` adds to its fields: the keys that its source writes."""
    if "audit_state" not in vars(model):
        return []
    path = SOURCE.parent / f"{model.__module__.replace('.', '/')}.py"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and node.name == model.__name__:
            (method,) = [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "audit_state"]
            written = [one for part in ast.walk(method) for one in parts_of(part) if isinstance(one, ast.Constant)]
            return [str(one.value) for one in written]
    raise AssertionError(model)


@pytest.mark.parametrize(
    "said", [words.APPS, words.ACTIONS, words.TABLES, words.FIELDS, words.PARAMETERS, words.DETAILS]
)
def test_each_word_is_said_in_english_too(said: dict[str, str]) -> None:
    with translation.override("en"):
        same = {text for text in said.values() if translation.gettext(text) == text}
    assert same <= {"Factor", "Principal", "No"}, "translate them in the catalogue"


def parts_of(node: ast.AST) -> list[Any]:
    """Keys of a dictionary, or names of a list of fields."""
    if isinstance(node, ast.Dict):
        return node.keys
    return node.elts if isinstance(node, ast.Tuple) and all(isinstance(one, ast.Constant) for one in node.elts) else []


def payload(**parts: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(canonical(parts))
    return read


def told(changes: list[reading.Change]) -> dict[str, tuple[tuple[str, ...] | None, tuple[str, ...]]]:
    return {one.word: (one.before.lines if one.before else None, one.after.lines) for one in changes}


def test_amounts_days_months_and_choices_are_written_as_everywhere_else(db: None) -> None:
    found = told(
        reading.changes(
            payload(
                model="captures.capture",
                after={"numerator": "1250.5", "state": "approved", "approved_on": "2026-10-31", "period": 24321,
                       "historical": True, "captured_at": "2026-12-03T18:00:00+00:00", "cause": ""},
                before={"numerator": None, "state": "draft", "approved_on": None, "period": 24320, "historical": False,
                        "captured_at": "2026-12-02T18:00:00+00:00", "cause": "Lluvia"},
            )
        )
    )  # fmt: skip
    assert found == {
        "Mes": (("septiembre de 2026",), ("octubre de 2026",)),
        "Valor": (("–",), ("1,250.5",)),
        "Estado": (("Borrador",), ("Validada",)),
        "Causa": (("Lluvia",), ("–",)),
        "Capturada": (("02/12/2026 12:00",), ("03/12/2026 12:00",)),
        "Validada el": (("–",), ("31/10/2026",)),
        "Carga histórica": (("No",), ("Sí",)),
    }


def test_of_a_programme_only_the_months_that_changed_are_shown(db: None) -> None:
    before, after = (
        [[24321, "1000", None, "1000", None], [24322, "5", None, "5", None]],
        [[24321, "1200.5", None, "1000", None], [24322, "5", None, "5", None]],
    )
    found = told(
        reading.changes(
            payload(model="indicators.programme", after={"months": after, "year": 2026}, before={"months": before})
        )
    )
    assert found == {"Meses": (("octubre de 2026: 1,000",), ("octubre de 2026: 1,200.5",))}


def test_a_key_is_read_as_the_name_of_its_row_and_stays_when_the_row_is_gone(ana: Character) -> None:
    assert ana.unit is not None
    seen = told(
        reading.changes(payload(model="organization.membership", after={"unit_id": ana.unit.pk, "role": "capturer"}))
    )
    assert seen == {"Área": (None, (str(ana.unit),)), "Papel": (None, ("Captura del área",))}
    lost = told(reading.changes(payload(model="organization.membership", after={"unit_id": 987_654})))
    assert lost == {"Área": (None, ("987,654",))}


def test_decisions_are_read_by_their_question(db: None) -> None:
    found = told(
        reading.changes(
            payload(model="organization.configuration", after={"values": {"review_steps": 1, "paper": "a4"}})
        )
    )
    assert found == {
        "Decisiones": (None, ("Papel de los documentos: A4 (210 × 297 mm)", "Pasos de revisión: Uno: Planeación"))
    }


def test_a_table_that_no_longer_exists_does_not_break_the_page(db: None) -> None:
    assert told(reading.changes(payload(model="perdida.tabla", after={"x": "1"}))) == {"x": (None, ("1",))}


def test_details_name_months_reasons_and_how_many_rows(db: None) -> None:
    said = reading.details(
        payload(
            details={"period": 24321, "reason_kind": "wording", "zeta": "Ñ"},
            rows={"captures.capture": {"a": "b", "c": "d"}},
        )
    )
    assert [(word, value.lines) for word, value in said] == [
        ("Mes", ("octubre de 2026",)),
        ("Tipo de motivo", ("Redacción por precisar",)),
        ("zeta", ("Ñ",)),
        ("Captura (renglones)", ("2",)),
    ]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("M060 · 2026-01", "M060 · enero de 2026"),
        ("2026-11", "noviembre de 2026"),
        ("M037 · 2026-01 · M037-2026-01-reporte.pdf", "M037 · enero de 2026 · M037-2026-01-reporte.pdf"),
        ("Programa de Gobierno 2024-2027", "Programa de Gobierno 2024-2027"),
        ("Folio 2026-13 del 2026-01-15", "Folio 2026-13 del 2026-01-15"),
    ],
)
def test_a_title_says_its_month_in_words_and_leaves_names_of_files_alone(stored: str, shown: str) -> None:
    assert reading.title_of("captures.submit", stored) == shown


def test_a_month_is_looked_for_as_it_is_read(client_of: SignIn, eva: Character) -> None:
    with transaction.atomic():
        record(chain="prueba", by=SYSTEM, action="captures.submit", at=NOW, title="M060 · 2026-01")
    for asked in ("m060 · enero de 2026", "enero de 2026", "January 2026", "2026-01"):
        listed = client_of(eva).get("/i/prueba/bitacora/", {"texto": asked}).content.decode()
        assert "M060 · enero de 2026" in listed, asked
    assert "M060" not in client_of(eva).get("/i/prueba/bitacora/", {"texto": "febrero de 2026"}).content.decode()


def test_the_page_shows_words_and_no_code(settled: None, client_of: SignIn, eva: Character) -> None:
    client = client_of(eva)
    text = client.get("/i/prueba/bitacora/").content.decode()
    assert "Cerró el mes" in text
    assert not re.search(r">\s*[a-z]+\.[a-z_]+\s*<", text), "a code is shown"
    closing = Event.objects.filter(chain="prueba", action="evaluation.close").latest("sequence")
    page = client.get(f"/i/prueba/bitacora/{closing.sequence}/").content.decode()
    assert "Huella de la bitácora antes del cierre" in page
    assert "scheme_version_id" not in page
    assert str(OCTOBER.index) not in page


def test_an_event_asks_a_fixed_number_of_questions(
    settled: None, client_of: SignIn, eva: Character, django_assert_max_num_queries: Any
) -> None:
    client = client_of(eva)
    for event in Event.objects.filter(chain="prueba").order_by("action", "-pk"):
        with django_assert_max_num_queries(18):
            assert client.get(f"/i/prueba/bitacora/{event.sequence}/").status_code == 200


def test_the_state_of_every_audited_table_can_be_read(settled: None) -> None:
    for model in audited_models():
        for row in model._default_manager.all()[:1]:
            table = model._meta.label_lower
            assert reading.changes(payload(model=table, after=state_of(row)))
