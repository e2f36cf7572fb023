"""The shape of the house: who may import whom, how large a room may be, what every model has."""

import ast
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from reforms.curated.records import KNOWLEDGE

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"sources": set(), "reforms": {"sources"}, "api": {"sources", "reforms"}}
CODE = [
    path
    for folder in ("config", "sources", "reforms", "api", "benchmarks", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]


def imports(path):
    """Top-level package names that `path` imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_apps_import_only_downwards(app):
    files = list((ROOT / app).rglob("*.py"))
    assert files, "swept nothing"
    banned = {"config", *MAY_IMPORT} - MAY_IMPORT[app] - {app}
    assert {(file.name, name) for file in files for name in imports(file) if name in banned | {"tests"}} == set()


def test_modules_are_under_300_lines():
    assert CODE, "swept nothing"
    assert [(str(path), n) for path in CODE if (n := len(path.read_text().splitlines())) > 300] == []


def test_functions_are_under_30_lines():
    long = [
        (path.name, node.name)
        for path in CODE
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 30
    ]
    assert long == []


def test_templates_are_under_100_lines():
    files = list((ROOT / "templates").rglob("*.html"))
    assert files, "swept nothing"
    assert [str(path) for path in files if len(path.read_text().splitlines()) >= 100] == []


def test_every_module_and_public_class_says_what_it_is_for():
    silent = []
    for path in CODE:
        tree = ast.parse(path.read_text())
        if tree.body and not ast.get_docstring(tree):
            silent.append(str(path))
        if "tests" not in path.parts and "admin" not in path.parts and path.name != "admin.py":
            silent += [
                f"{path.name}: {node.name}"
                for node in tree.body
                if isinstance(node, ast.ClassDef) and node.name != "Command" and not ast.get_docstring(node)
            ]
    assert silent == []


@pytest.mark.parametrize("model", KNOWLEDGE, ids=lambda model: model.__name__)
def test_every_record_of_the_knowledge_has_a_docstring_a_name_an_order_and_a_history(model):
    assert inspect.getdoc(model)
    assert model.KEY
    assert "__str__" in vars(model) or any("__str__" in vars(base) for base in model.__mro__[1:-2])
    assert model._meta.ordering
    assert hasattr(model, "history")
    unique = [{field.name} for field in model._meta.fields if field.unique]
    unique += [set(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    key = {lookup.split("__")[0] for lookup in model.KEY}
    assert any(names <= key for names in unique), "the natural key is not unique"


def test_no_model_overrides_save_and_every_constraint_has_a_name_and_words():
    swept = [model for model in apps.get_models() if model.__module__.split(".")[0] in ("sources", "reforms")]
    assert len(swept) > 26
    for model in swept:
        assert "save" not in vars(model), model
        for constraint in model._meta.constraints:
            assert constraint.name, model
            words = constraint.violation_error_message
            assert words != constraint.default_violation_error_message, constraint.name


def test_nothing_in_the_knowledge_takes_another_record_with_it_unless_it_owns_it():
    owners = {
        "Citation.claim", "ClaimReform.claim", "ClaimLaw.claim", "ClaimEvent.claim", "ClaimActor.claim",
        "ActorAlias.actor", "ReformTopic.reform", "LawDate.law", "LawLink.law", "PackageItem.package",
        "ParameterChange.parameter", "DiscrepancyClaim.discrepancy",
    }  # fmt: skip
    cascades = {
        f"{model.__name__}.{field.name}"
        for model in KNOWLEDGE
        for field in model._meta.fields
        if field.is_relation and field.remote_field.on_delete is models.CASCADE
    }
    assert cascades == owners
