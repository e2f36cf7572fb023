"""Where a finding leads: to the form of its record, and to the page on which readers see it."""

import re

import pytest
from django.urls import reverse

from reforms.audit.names import name, named, records
from reforms.models import AuditRun, Finding, Law, PackageItem
from tests.admin_forms import in_words
from tests.factories import make_discrepancy, make_law

pytestmark = pytest.mark.django_db
PAGE = "/admin/reforms/finding/"
UNNAMED = "shown_subjects_have_words"


def test_every_record_that_can_be_found_leads_to_its_form_and_what_readers_see_to_the_page(ann_browses, each):
    claim = each["claim"]
    last = AuditRun.objects.create(seconds=1)
    item = PackageItem.objects.get()
    wanted = {
        "C0001": ("claim", claim, "/claims/C0001/"),
        "C0001.1": ("claim", claim, "/claims/C0001/"),
        "D0001": ("discrepancy", each["discrepancy"], "/discrepancies/D0001/"),
        "a-source": ("source", each["source"], "/sources/a-source/"),
        "a-source#2": ("paragraph", each["source"].paragraphs.get(number=2), "/sources/a-source/#p2"),
        "reforms.reform a-reform": ("reform", each["reform"], "/reforms/a-reform/"),
        "reforms.milestone M0001": ("reform", each["reform"], "/reforms/a-reform/"),
        "reforms.law a-law": ("law", each["law"], "/laws/a-law/"),
        name(item): ("package", each["package"], "/packages/a-package/"),
        "reforms.actor an-actor": ("actor", each["actor"], "/actors/an-actor/"),
        "reforms.parameter a-parameter": ("parameter", each["parameter"], "/parameters/a-parameter/"),
        "reforms.noclaim a-source/4": ("noclaim", each["noclaim"], ""),
    }
    nowhere = ["reforms.law no-law", "citation_quote_is_its_span_insert", "C9999", "reforms.packageitem a/b"]
    for record in [*wanted, *nowhere]:
        Finding.objects.create(run=last, rule=UNNAMED, severity="unfinished", record=record, message="Look.")
    page = ann_browses.get(PAGE)
    ((_, rows),) = page.context["groups"]
    found = {row["finding"].record: (row["form"], row["page"]) for row in rows}
    assert {name: places for name, places in found.items() if places[0]} == {
        name: (reverse(f"admin:{root._meta.app_label}_{kind}_change", args=[root.pk]), public)
        for name, (kind, root, public) in wanted.items()
    }
    for form, public in found.values():
        for address in filter(None, (form, public)):
            assert f'href="{address}"' in page.content.decode()
            assert ann_browses.get(address.split("#")[0]).status_code == 200


def test_what_readers_do_not_see_leads_to_its_form_only(ann_browses):
    make_law("quiet-law")
    last = AuditRun.objects.create(seconds=1)
    Finding.objects.create(
        run=last, rule=UNNAMED, severity="unfinished", record="reforms.law quiet-law", message="Look."
    )
    ((_, (row,)),) = ann_browses.get(PAGE).context["groups"]
    assert (row["form"], row["page"]) == (
        reverse("admin:reforms_law_change", args=[Law.objects.get(slug="quiet-law").pk]),
        "",
    )


def test_a_name_is_what_its_record_is_found_by_again(each):
    for record in [*each.values(), PackageItem.objects.get()]:
        assert records([name(record)]) == {name(record): record}
    assert records([named(Law, "no-law"), "nonsense", "no.model a", "reforms.law", "reforms.law a/b"]) == {}


def test_a_finding_that_a_discrepancy_answers_names_it(ann_browses, each):
    claim = each["claim"]
    last = AuditRun.objects.create(seconds=1)
    held = {"answer": "discrepancy", "reason": str(make_discrepancy(claim, kind="misprint", title="Printed twice"))}
    Finding.objects.create(run=last, rule="values_agree", severity="doubtful", record="C0001", message="Look.", **held)
    page = ann_browses.get(PAGE + "?answered=discrepancy")
    assert "Answered by discrepancy: D0002 Printed twice" in in_words(page)
    assert not re.search(r'value="(answer|take_back)"', page.content.decode())
