"""What the model refuses, the database refuses; each rule is tried both ways."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction

from reforms.models import (
    NOT_ITS_SPAN,
    Citation,
    Claim,
    ClaimReform,
    Counter,
    Discrepancy,
    Milestone,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Proposal,
    Reform,
    RetiredSlug,
)
from reforms.triggers import REFORMS_TRIGGERS
from sources.models import Paragraph
from sources.triggers import installed
from tests.factories import (
    cite,
    make_claim,
    make_discrepancy,
    make_event,
    make_law,
    make_milestone,
    make_reform,
    make_source,
)

pytestmark = pytest.mark.django_db


def base():
    """One claim on one paragraph about one reform, with something of every kind that rests on it."""
    source = make_source("Heading\nThe law was adopted, the law.")
    reform = make_reform()
    claim = make_claim(source.paragraphs.get(number=2), "The law", reforms=[reform], laws=[make_law()])
    make_milestone(reform, claim, "adopted", "2020-05-25")
    make_event(claim)
    package = Package.objects.create(slug="a-package", name="P", stated_count=1, stated_count_claim=claim)
    PackageItem.objects.create(package=package, position=1, reform=reform, claim=claim)
    parameter = Parameter.objects.create(slug="a-parameter", name="Members", reform=reform)
    ParameterChange.objects.create(parameter=parameter, claim=claim, after="5")
    make_discrepancy(claim, kind="misprint")
    Proposal.objects.create(ref="P0001", kind="claim", name=claim.ref, public={"note": ""}, proposed={"note": "N."})
    return claim


def refusal(record):
    """The words in which the record's constraints and `clean` refuse it."""
    try:
        record.validate_constraints()
        record.clean()
    except ValidationError as error:
        return " ".join(error.messages)
    return "accepted"


BROKEN = [
    (Claim, {"kind": "nonsense"}, "Kind must be one of: proposed, planned"),
    (Claim, {"state": "nonsense"}, "State must be one of: draft"),
    (Claim, {"text": ""}, "Text must not be empty."),
    (Claim, {"state": "retracted"}, "A retracted claim has a reason, and no other claim has one."),
    (Claim, {"retraction_reason": "Wrong."}, "A retracted claim has a reason, and no other claim has one."),
    (Claim, {"state": "merged"}, "A merged claim names the claim it was merged into, and no other claim does."),
    (Citation, {"start": 7}, "A span ends after it starts."),
    (Citation, {"end": 6}, NOT_ITS_SPAN),
    (Citation, {"quote": "The Law"}, NOT_ITS_SPAN),
    (Citation, {"start": 1, "end": 8}, NOT_ITS_SPAN),
    (Citation, {"number": 0}, "Citations are numbered from 1."),
    (Citation, {"stance": "nonsense"}, "Stance must be one of: supports, disputes, context."),
    (Citation, {"strength": ""}, "Strength must be one of: states, implies."),
    (Milestone, {"stage": "nonsense"}, "Stage must be one of: announced"),
    (Reform, {"title": ""}, "Title must not be empty."),
    (Package, {"stated_count": None}, "A stated count rests on a claim."),
    (PackageItem, {"position": 0}, "Positions are counted from 1."),
    (ParameterChange, {"after": ""}, "A change has a before or an after."),
    (
        Proposal,
        {"kind": "actor"},
        "Kind must be one of: claim, event, reform, law, package, parameter, discrepancy, no",
    ),
    (Proposal, {"state": "nonsense"}, "State must be one of: waiting, sent_back, approved, withdrawn."),
    (Proposal, {"name": ""}, "Name must not be empty."),
    (Proposal, {"ref": ""}, "Ref must not be empty."),
    (Proposal, {"state": "sent_back"}, "A proposal is sent back with a reason."),
]


@pytest.mark.parametrize(("model", "values", "message"), BROKEN, ids=[f"{m.__name__} {v}" for m, v, _ in BROKEN])
def test_a_broken_rule_is_refused_by_the_model_in_words(model, values, message):
    base()
    record = model.objects.get()
    for name, value in values.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError):
        record.full_clean()
    assert message in refusal(record)


@pytest.mark.parametrize(("model", "values", "message"), BROKEN, ids=[f"{m.__name__} {v}" for m, v, _ in BROKEN])
def test_a_broken_rule_is_refused_by_the_database(model, values, message):
    base()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


def test_plain_sql_cannot_store_a_quote_that_is_not_its_span():
    base()
    with pytest.raises(IntegrityError, match=NOT_ITS_SPAN), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reforms_citation SET quote = 'The lay'")
    with pytest.raises(IntegrityError, match=NOT_ITS_SPAN), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('UPDATE reforms_citation SET start = 2, "end" = 9')
    assert Citation.objects.get().quote == "The law"


def test_plain_sql_cannot_insert_a_quote_that_is_not_its_span():
    claim = base()
    words = {"claim": claim, "paragraph": claim.citations.get().paragraph, "number": 2}
    for start, end, quote in ((0, 3, "the"), (30, 33, "law"), (28, 31, "law")):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            Citation.objects.create(start=start, end=end, quote=quote, **words)


def test_the_quote_trigger_is_there():
    names = {name for trigger in REFORMS_TRIGGERS for name in trigger.names(connection.vendor)}
    assert names
    assert names <= installed(connection)


def test_offsets_are_code_points_on_every_database():
    source = make_source("«𝄞» Қазақ e\u0301\u00a0x«“»")
    citation = cite(make_claim(), source.paragraphs.get(), "Қазақ e\u0301\u00a0x")
    assert (citation.start, citation.end) == (4, 14)
    assert Citation.objects.broken().count() == 0


def test_references_count_up_and_are_never_reused():
    assert Claim.next_ref() == "C0001"
    claim = make_claim()
    assert claim.ref == "C0002"
    claim.delete()
    assert Claim.next_ref() == "C0003"
    Claim.objects.create(ref="C12041", text="Loaded.", kind="done")
    assert Claim.next_ref() == "C12042"


def test_a_reference_that_was_loaded_and_deleted_is_not_given_again():
    claim = make_claim(ref="C0500")
    citation = cite(claim, make_source("The law.").paragraphs.get(), "law")
    Counter.objects.all().delete()
    citation.delete()
    assert cite(claim, Paragraph.objects.get(), "The").number == 2
    Counter.objects.all().delete()
    claim.citations.all().delete()
    claim.delete()
    assert Claim.next_ref() == "C0501"


def test_a_citation_keeps_its_number_and_a_removed_one_is_not_given_again():
    claim = base()
    paragraph = claim.citations.get().paragraph
    second = cite(claim, paragraph, "adopted")
    assert [str(one) for one in claim.citations.all()] == ["C0001.1", "C0001.2"]
    second.delete()
    assert cite(claim, paragraph, "adopted").ref == "C0001.3"


def test_a_reference_of_another_form_is_refused():
    with pytest.raises(ValidationError, match="at least four digits"):
        Claim(ref="C7", text="A.", kind="done").full_clean()


@pytest.mark.parametrize("slug", ["law-of-2020", "Law", "law_a", "-law", "law-", "law--a", "law\n", "zaң"])
def test_a_slug_holds_nothing_that_could_be_corrected(slug):
    with pytest.raises(ValidationError, match="no year, no number"):
        Reform(slug=slug, title="A").full_clean()


def test_merging_in_a_circle_is_refused():
    first, second, third = (make_claim() for _ in range(3))
    for claim, into in ((first, second), (second, third)):
        claim.state, claim.merged_into = "merged", into
        claim.full_clean()
        claim.save()
    third.state, third.merged_into = "merged", first
    with pytest.raises(ValidationError, match="round in a circle"):
        third.full_clean()
    third.merged_into = third
    with pytest.raises(IntegrityError), transaction.atomic():
        third.save()


def test_an_act_cannot_rest_on_an_intention():
    claim = base()
    milestone = Milestone.objects.get()
    milestone.claim.kind = "planned"
    with pytest.raises(ValidationError, match="“adopted” cannot rest on what is only proposed or planned"):
        milestone.full_clean()
    milestone.stage = "announced"
    milestone.full_clean()
    assert claim.kind == "adopted"


def test_what_rests_on_a_claim_is_about_what_the_claim_names():
    base()
    other = make_reform("another-reform")
    milestone = Milestone.objects.get()
    milestone.reform = other
    with pytest.raises(ValidationError, match="C0001 does not name this reform"):
        milestone.full_clean()
    ClaimReform.objects.create(claim=milestone.claim, reform=other)
    milestone.full_clean()


def test_a_contradiction_needs_two_claims():
    discrepancy = make_discrepancy(make_claim())
    with pytest.raises(ValidationError, match="needs 2 or more claims"):
        discrepancy.check_claims(1)
    discrepancy.check_claims(2)


def test_a_discrepancy_is_resolved_by_another_published_claim():
    claim, draft = base(), make_claim()
    discrepancy = Discrepancy.objects.get()
    discrepancy.state = "resolved"
    for candidate, message in ((draft, "Only a published claim"), (claim, "not resolved by one of its own claims")):
        discrepancy.resolved_by = candidate
        with pytest.raises(ValidationError, match=message):
            discrepancy.full_clean()


def test_a_cited_paragraph_is_not_marked_as_carrying_no_claim():
    claim = base()
    with pytest.raises(ValidationError, match="C0001 stands on words of this paragraph"):
        NoClaim(paragraph=claim.citations.get().paragraph, reason="rhetoric").full_clean()


def test_a_retired_slug_leads_to_one_in_use_and_is_not_in_use_itself():
    make_reform()
    RetiredSlug(kind="reform", slug="old-reform", now="a-reform").full_clean()
    with pytest.raises(ValidationError, match="No record has this slug"):
        RetiredSlug(kind="reform", slug="old-reform", now="nothing").full_clean()
    with pytest.raises(ValidationError, match="This slug is in use"):
        RetiredSlug(kind="reform", slug="a-reform", now="a-reform").full_clean()


def test_a_proposal_changes_something_and_its_reference_is_its_own():
    base()
    proposal = Proposal(ref="P0002", kind="claim", name="C0001", public={"note": ""}, proposed={"note": ""})
    with pytest.raises(ValidationError, match="This proposal changes nothing"):
        proposal.full_clean()
    proposal.proposed = {"note": "Other."}
    proposal.full_clean()
    proposal.ref = "P0001"
    with pytest.raises(ValidationError, match="Proposal with this Reference already exists"):
        proposal.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()
    proposal.ref = "C0002"
    with pytest.raises(ValidationError, match="A reference here is P and at least four digits"):
        proposal.full_clean()


def test_a_counter_gives_no_number_twice():
    assert [Counter.take("X"), Counter.take("X", used=10), Counter.take("X"), Counter.take("Y")] == [1, 11, 12, 1]
