"""The lists of the admin as sheets: export as filtered, import with a preview, apply, undo."""

import csv
import io
import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reforms.admin import sheets
from reforms.models import Claim, Proposal
from reforms.publishing import submit
from reforms.sheets import applying
from reforms.sheets.columns import SHEETS
from sources.models import ChangeSet
from tests.admin_forms import in_words, said, typed
from tests.factories import make_claim, make_reform, rewrite
from tests.reforms.conftest import browser
from tests.reforms.sheets.conftest import Edited

KINDS = list(SHEETS)


def address(kind, view):
    return reverse(f"admin:reforms_{kind}_{view}")


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def upload(client, kind, data):
    return client.post(address(kind, "import"), {"file": SimpleUploadedFile("sheet.csv", data)})


def apply(client, kind, preview, **more):
    data = typed(preview) | {"apply": "apply"} | more
    return client.post(address(kind, "import"), data, follow=True)


@pytest.fixture
def drafted(each):
    make_claim(each["source"].paragraphs.get(number=2), "law was", published=False, text="A draft.", kind="done")
    return each


@pytest.fixture
def noted(drafted, edited):
    """The sheet of all claims with a note in each row."""
    sheet = edited("claim")
    for row in sheet.rows:
        row["note"] = "Read <again>."
    return sheet


@pytest.mark.parametrize("kind", KINDS)
def test_each_list_offers_its_sheet_and_takes_it_back_unchanged(kind, each, ann_browses):
    page = ann_browses.get(address(kind, "changelist")).content.decode()
    assert f'href="{address(kind, "export")}?"' in page
    assert f'href="{address(kind, "import")}"' in page
    response = ann_browses.get(address(kind, "export"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z-]+-[0-9-]{10}\.csv"', response["Content-Disposition"])
    preview = upload(ann_browses, kind, b"".join(response.streaming_content))
    assert "The sheet says what is here already." in in_words(preview)


def test_the_export_is_the_list_as_it_is_filtered_searched_and_ordered(drafted, ann_browses):
    def refs(query):
        return [row["ref"] for row in rows(ann_browses.get(address("claim", "export") + query))]

    assert refs("") == ["C0001", "C0002", "C0003"]
    assert refs("?o=-1") == ["C0003", "C0002", "C0001"]
    assert refs("?state__exact=draft") == ["C0003"]
    assert refs("?q=in+force&state__exact=published") == ["C0002"]
    assert refs("?q=law&p=7") == ["C0001", "C0003"]
    assert refs("?q=nothing-like-it") == []
    page = ann_browses.get(address("claim", "changelist") + "?state__exact=draft").content.decode()
    assert f'href="{address("claim", "export")}?state__exact=draft"' in page


def test_a_filter_that_is_none_leads_back_to_the_list(each, ann_browses):
    response = ann_browses.get(address("claim", "export") + "?nothing=1")
    assert (response.status_code, response["Location"]) == (302, address("claim", "changelist") + "?e=1")


def test_the_preview_shows_each_change_and_stores_nothing(noted, ann_browses):
    before = ChangeSet.objects.count(), Proposal.objects.count()
    preview = upload(ann_browses, "claim", noted.written())
    words = in_words(preview)
    assert "1 changes at once 2 wait as proposals 0 unchanged 0 with errors" in words
    assert "C0003 row 4 · at once note added Read <again>." in words
    assert "C0001 row 2 · waits as a proposal note added Read <again>." in words
    assert "Apply these 3 changes" in words
    assert "in doubt" not in words
    assert "<ins>Read &lt;again&gt;.</ins>" in preview.content.decode()
    assert (ChangeSet.objects.count(), Proposal.objects.count()) == before


def test_the_preview_says_what_becomes_of_what_is_in_review_and_of_what_states_something_else(drafted, ann_browses):
    submit(Claim.objects.get(ref="C0003"))
    noted = Edited("claim")
    for row in noted.rows:
        row["text"] = "Else."
    words = in_words(upload(ann_browses, "claim", noted.written()))
    assert "What is in review stays so. You become the last to have edited it" in words
    assert "C0003 row 4 · at once, stays in review" in words
    assert "2 of them change what is stated and not the words it stands on" in words


def test_applying_makes_one_change_set_that_is_shown_and_can_be_undone(noted, ann_browses, ann):
    preview = upload(ann_browses, "claim", noted.written(";", "utf-16"))
    done = apply(ann_browses, "claim", preview, reason="Read them all.")
    assert said(done) == ["Imported as one change: 1 changed, 2 proposals wait for a second person (P0001 to P0002)."]
    change_set = ChangeSet.objects.first()
    assert done.redirect_chain == [(reverse("admin:sources_changeset_change", args=[change_set.pk]), 302)]
    assert (change_set.by, change_set.reason) == (ann, "Read them all.")
    ann_browses.post(done.redirect_chain[0][0], {"reason": "Too early."})
    assert (Claim.objects.get(ref="C0003").note, Proposal.objects.count()) == ("", 0)


def test_errors_are_shown_first_with_their_rows_and_hold_up_all_until_one_says_so(noted, ann_browses):
    noted.rows[1]["kind"] = "rumour"
    preview = upload(ann_browses, "claim", noted.written())
    words = in_words(preview)
    assert words.index("C0002 row 3 kind: “rumour” is none of proposed") < words.index("C0001 row 2")
    refused = apply(ann_browses, "claim", preview, reason="Read them all.")
    assert "Nothing was applied: there are errors." in in_words(refused)
    assert typed(refused)["reason"] == "Read them all."
    assert (Claim.objects.get(ref="C0003").note, Proposal.objects.count()) == ("", 0)
    done = apply(ann_browses, "claim", refused, partly="on")
    assert said(done) == ["Imported as one change: 1 changed, P0001 waits for a second person."]


def test_a_row_that_comes_twice_stays_an_error_though_the_first_is_unchanged(drafted, edited, ann_browses):
    sheet = edited("claim")
    sheet.rows = [sheet.rows[2], sheet.rows[2] | {"text": "Else."}]
    preview = upload(ann_browses, "claim", sheet.written())
    assert "C0003 row 3 This is in row 2 already." in in_words(preview)
    apply(ann_browses, "claim", preview, partly="on")
    assert Claim.objects.get(ref="C0003").text == "A draft."


def test_what_changes_between_preview_and_apply_stops_it(noted, ann_browses):
    preview = upload(ann_browses, "claim", noted.written())
    rewrite(Claim.objects.get(ref="C0003"), text="Changed meanwhile.")
    words = in_words(apply(ann_browses, "claim", preview))
    assert applying.LOOK_AGAIN in words
    assert "Changed by somebody else since it was exported." in words
    assert "Changed here since it was exported text changed A draft Changed meanwhile ." in words
    assert Claim.objects.get(ref="C0003").note == ""


def test_a_long_preview_comes_in_pages_and_keeps_what_was_typed(noted, ann_browses, monkeypatch):
    monkeypatch.setattr(sheets, "ON_A_PAGE", 2)
    first = upload(ann_browses, "claim", noted.written())
    assert "Page 1 of 2" in in_words(first)
    assert "C0003 row 4" not in in_words(first)
    second = ann_browses.post(address("claim", "import"), typed(first) | {"page": "2", "reason": "Read."})
    assert "C0003 row 4" in in_words(second)
    assert "3 changes" in in_words(second)
    assert typed(second)["reason"] == "Read."
    assert Proposal.objects.count() == 0
    assert said(apply(ann_browses, "claim", second))[0].startswith("Imported as one change: 1 changed, 2 proposals")


def test_too_many_are_applied_in_parts_by_choice(noted, ann_browses, monkeypatch):
    for module in (applying, sheets):
        monkeypatch.setattr(module, "AT_MOST", 2)
    preview = upload(ann_browses, "claim", noted.written())
    assert "Apply the first 2 of 3 records" in in_words(preview)
    assert "3 records would change, and at most 2 change at once." in in_words(apply(ann_browses, "claim", preview))
    done = apply(ann_browses, "claim", preview, partly="on")
    assert said(done)[0].endswith("1 more would change: import the same sheet again.")
    again = upload(ann_browses, "claim", noted.written())
    assert "1 changes at once 0 wait as proposals 2 are proposed already 0 unchanged" in in_words(again)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The submitted file is empty."),
        (b"a,b\n1,2\n", "This is no sheet of claims: its first row must name the columns ref, version"),
        (b"\x00\x01\x02", "This is no text that a spreadsheet writes."),
        (b"ref,version\nC0001,\"v\n", "Row 2 cannot be read as CSV"),
        (b"ref,version,text\n" + b"\xf0\x9f\x98\x80" * 90 + b",v,x\n", "No claim is called “😀"),
        (b"ref,version\n'=1+1,v\n", "No claim is called “=1+1”."),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_on_the_page(data, why, each, ann_browses):
    response = upload(ann_browses, "claim", data)
    assert response.status_code == 200
    assert why in in_words(response)


def test_without_a_file_or_with_what_was_not_carried_whole_nothing_happens(noted, ann_browses):
    assert "This field is required." in in_words(ann_browses.post(address("claim", "import"), {}))
    preview = upload(ann_browses, "claim", noted.written())
    for carried in ("", "x", typed(preview)["carried"] + "x", typed(preview)["carried"][1:]):
        response = apply(ann_browses, "claim", preview, carried=carried)
        assert response.status_code == 200
        assert Proposal.objects.count() == 0
    longer = apply(ann_browses, "claim", preview, reason="x" * 1001)
    assert "Ensure this value has at most 1000 characters (it has 1001)." in in_words(longer)
    assert typed(longer) == typed(preview) | {"reason": "x" * 1001}
    of_another_kind = ann_browses.post(address("law", "import"), typed(preview) | {"apply": "apply"})
    assert sheets.NOT_MADE_HERE in in_words(of_another_kind)
    assert ann_browses.post(address("claim", "import"), typed(preview) | {"page": "-1x"}).status_code == 200


# Rights.


@pytest.fixture(params=["Contributor", "Reviewer", "Editor"])
def member(request, db):
    user = User.objects.create_user("member", is_staff=True)
    user.groups.add(Group.objects.get(name=request.param))
    return request.param, browser(user)


def test_everybody_exports_and_only_who_may_change_claims_imports(member, noted, ann_browses):
    group, client = member
    allowed = group == "Contributor"
    preview = upload(ann_browses, "claim", noted.written())
    assert len(rows(client.get(address("claim", "export")))) == 3
    page = client.get(address("claim", "changelist")).content.decode()
    assert ("Import a CSV" in page) == allowed
    before = ChangeSet.objects.count()
    codes = {
        client.get(address("claim", "import")).status_code, upload(client, "claim", noted.written()).status_code,
        apply(client, "claim", preview).status_code,
    }  # fmt: skip
    assert codes == ({200} if allowed else {403})
    assert ChangeSet.objects.count() == before + allowed


@pytest.mark.parametrize("view", ["export", "import"])
def test_who_is_not_signed_in_is_led_to_the_login(view, each, client):
    response = client.get(address("claim", view))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")


def test_who_sees_no_claims_exports_none(each):
    client = browser(User.objects.create_user("nobody", is_staff=True))
    assert client.get(address("claim", "export")).status_code == 403


def test_the_preview_costs_the_same_for_few_rows_and_many(each, edited, ann_browses, django_assert_max_num_queries):
    for number in range(30):
        make_reform(f"reform-{'abcdefghij'[number % 10]}{'klm'[number // 10]}")
    sheet = edited("reform")
    for row in sheet.rows:
        row["note"] = "Read."
    with django_assert_max_num_queries(25):
        assert len(upload(ann_browses, "reform", sheet.written()).context["planned"].outcomes) == 31
