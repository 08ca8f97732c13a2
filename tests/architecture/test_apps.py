"""What every app promises: its rules are listed, its tables declare personal data, its records are reached by rooms."""

import ast
from pathlib import Path

import pytest
from django.apps import apps as registry
from django.db.models import Model

from tests.architecture.source import SOURCE, apps, named, python_files, room, tree

# Reads start from what the person may see (`queries`), writes from sentences (`actions`). The sign-in backend and the
# models' own constraints come before there is a person; Django's own commands are run by whoever has the machine.
MANAGER_ROOMS = {"queries", "actions", "models", "backend", "management"}
OUR_MODELS = [model for model in registry.get_models() if model.__module__.startswith("rumbo.")]


@pytest.mark.parametrize("app", apps(), ids=lambda app: app.name)
def test_an_app_says_what_it_is(app: Path) -> None:
    docstring = ast.get_docstring(tree(app / "__init__.py"))
    assert docstring
    assert len(docstring) > 60


def test_the_bare_manager_is_used_only_where_visibility_is_decided() -> None:
    found = [
        f"{named(path)}:{node.lineno}"
        for path in python_files()
        if room(path) not in MANAGER_ROOMS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
    ]
    assert found == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
@pytest.mark.requirement("A1-05")
def test_a_model_declares_which_of_its_fields_are_personal(model: type[Model]) -> None:
    assert "personal_data" in vars(model), "declare personal_data: frozenset[str], empty if there is none"
    assert isinstance(model.personal_data, frozenset)
    assert model.personal_data <= {field.name for field in model._meta.get_fields()}


def rule_files() -> list[Path]:
    return [path for path in python_files() if room(path) == "rules" and path.name != "__init__.py"]


@pytest.mark.parametrize("path", rule_files() or [None], ids=lambda path: named(path) if path else "none yet")
def test_a_rule_is_listed_in_its_rulebook_and_knows_only_the_core(path: Path | None) -> None:
    if path is None:
        pytest.skip("no app has rules yet")
    listed = {
        name
        for node in ast.walk(tree(path.parent / "__init__.py"))
        if isinstance(node, ast.ImportFrom)
        for name in [(node.module or "").rsplit(".", 1)[-1], *(alias.name for alias in node.names)]
    }
    assert path.stem in listed or path.stem.startswith("_")
    home = ".".join(path.parent.relative_to(SOURCE.parent).parts)
    ours = {name for name in imported(tree(path)) if name.startswith("rumbo.")}
    assert {name for name in ours if not name.startswith(("rumbo.core.", f"{home}."))} == set()


def imported(module: ast.Module) -> set[str]:
    names = {alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        f"{node.module}.{alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
