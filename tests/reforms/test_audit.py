"""The audit proves the promises again, also over what came in past every guard."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reforms.audit import RULES, Severity, audit
from reforms.models import Claim, Event, Milestone, Reform, RetiredSlug
from reforms.triggers import REFORMS_TRIGGERS
from sources.models import Paragraph, Source
from sources.triggers import SOURCES_TRIGGERS
from tests.factories import make_claim, make_event, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db


def base():
    source = make_source("The law was adopted.\nNobody said so.")
    reform = make_reform()
    claim = make_claim(source.paragraphs.get(number=1), "The law was adopted", reforms=[reform])
    make_milestone(reform, claim, "adopted", "2020-05-25")
    return claim


def drop_triggers():
    with connection.cursor() as cursor:
        for trigger in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS]:
            for name in trigger.names(connection.vendor):
                on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")


def findings():
    return [str(finding) for finding in audit()]


def test_a_sound_base_has_no_findings():
    base()
    assert findings() == []
    assert len(RULES) == 10


def test_missing_triggers_are_found():
    drop_triggers()
    assert all("This trigger is missing from the database" in line for line in findings())
    assert findings()


def test_a_quote_that_is_not_its_span_is_found_without_the_trigger():
    claim = base()
    drop_triggers()
    claim.citations.update(quote="The lay was adopted")
    assert "C0001.1: The quote is not the text of its span, character for character." in findings()


def test_a_touched_source_is_found_without_the_trigger():
    base()
    drop_triggers()
    Source.objects.update(text="The law was adopted.\nSomebody said so.")
    assert [line for line in findings() if line.startswith("a-source")] == [
        "a-source: The stored text does not have its SHA-256 any more.",
        "a-source: The stored paragraphs are not the lines of the text.",
    ]


def test_a_lost_paragraph_is_found():
    base()
    Paragraph.objects.filter(number=2).delete()
    assert findings() == ["a-source: The stored paragraphs are not the lines of the text."]


def test_a_published_claim_without_support_is_found():
    base().citations.update(stance="context")
    assert findings() == ["C0001: A published claim needs at least one supporting citation."]


def test_an_allegation_that_nobody_says_is_found():
    base()
    Claim.objects.update(kind="allegation")
    assert findings() == ["C0001: An allegation needs an actor who says it."]


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        (Claim, {"kind": "planned"}, "cannot rest on what is only proposed or planned."),
        (Milestone, {"date": "8.03.20201"}, "“8.03.20201” is not an EDTF date."),
        (Milestone, {"date_latest": "2020-05-26"}, "The days stored beside “2020-05-25” do not follow from it."),
        (Reform, {"slug": "reform-of-2020"}, "no year, no number, nothing that could be corrected."),
    ],
)
def test_a_record_that_breaks_its_own_rules_is_found(model, values, message):
    base()
    model.objects.update(**values)
    assert any(line.endswith(message) for line in findings()), findings()


def test_a_reform_or_event_that_no_claim_names_is_found():
    claim = base()
    make_event(claim)
    make_reform("another-reform")
    assert findings() == [
        "reforms.reform another-reform: No claim names this reform.",
        "reforms.event an-event: No claim names this event.",
    ]
    assert {finding.severity for finding in audit()} == {Severity.UNFINISHED}
    assert Event.objects.count() == 1


def test_a_retired_slug_that_is_in_use_is_found():
    base()
    RetiredSlug.objects.create(kind="reform", slug="a-reform", now="another-reform")
    assert findings() == ["reforms.retiredslug reform/a-reform: This slug is in use; retire it by renaming its record."]


def test_the_command_fails_where_anything_is_broken(capsys):
    base().citations.update(stance="context")
    make_reform("another-reform")
    with pytest.raises(CommandError, match="Broken: 1, unfinished: 1, by 10 rules"):
        call_command("audit")
    assert capsys.readouterr().out.splitlines() == [
        "broken: C0001: A published claim needs at least one supporting citation.",
        "unfinished: reforms.reform another-reform: No claim names this reform.",
    ]


def test_the_command_names_what_is_unfinished_and_goes_through(capsys):
    base()
    make_reform("another-reform")
    call_command("audit")
    assert capsys.readouterr().out.splitlines() == [
        "unfinished: reforms.reform another-reform: No claim names this reform.",
        "Nothing broken: 10 rules, 1 quotes, each equal to its span. Unfinished: 1.",
    ]
