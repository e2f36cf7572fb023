"""Every rule is one module, registered, with its reason, a test of its own, and a place in the document."""

import pkgutil
import re
from pathlib import Path

import pytest

from reforms.audit import RULES, rules
from reforms.models import Severity

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "audit.md").read_text()
NAMES = [rule.name for rule in RULES]
SECTIONS = dict(re.findall(r"^### (\w+)\n\n(.+?)(?=^#|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL))
NEVER = "Never answered."


def test_every_module_of_rules_is_registered_and_no_rule_twice():
    modules = {module.name for module in pkgutil.iter_modules(rules.__path__)}
    assert len(modules) > 10
    assert modules == set(NAMES)
    assert len(NAMES) == len(modules)


def test_rules_are_in_the_order_of_their_severity_and_the_one_on_answers_is_last():
    order = list(Severity)
    assert [rule.severity for rule in RULES] == sorted((rule.severity for rule in RULES), key=order.index)
    assert NAMES[-1] == "answers_answer_something"


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_rule_says_in_one_sentence_what_must_hold_and_why(rule):
    assert re.fullmatch(r"[A-Z][^.]*(\d\.\d[^.]*)*\.", rule.sentence), rule.sentence
    assert len(rule.reason) > 40
    assert rule.reason.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_test_of_what_it_finds_and_of_what_it_does_not(name):
    sentences = re.findall(r"^def test_(\w+)", (ROOT / "tests" / "audit" / f"test_{name}.py").read_text(), re.MULTILINE)
    found = [sentence for sentence in sentences if re.search(r"_(is|are)_found", sentence)]
    assert found
    assert set(sentences) - set(found)


def test_every_test_of_a_rule_has_its_rule():
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "audit").glob("test_*.py")}
    assert tests - set(NAMES) == {"rules", "running", "command", "answers", "printed_figures"}


def test_what_is_broken_is_never_answered():
    broken = [rule for rule in RULES if rule.severity is Severity.BROKEN]
    assert broken
    assert [rule.name for rule in broken if rule.answerable or rule.by_discrepancy] == []


def test_the_document_names_every_rule_in_order_and_no_other():
    assert list(SECTIONS) == NAMES


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_document_says_of_every_rule_what_it_says_itself(rule):
    ways = ([rule.by_discrepancy.__doc__] if rule.by_discrepancy else []) + ["with a reason"]
    answered = f"Answered {', or '.join(ways)}." if rule.answerable else NEVER
    assert (
        SECTIONS[rule.name].split()
        == (f"{rule.sentence} {rule.reason} *{rule.severity.label.capitalize()}. {answered}*").split()
    )
