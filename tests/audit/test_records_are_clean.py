"""Each record keeps the rules of its own model, however it came into the database."""

import pytest

from reforms.models import AnsweredFinding, Claim, Milestone, Reform, RetiredSlug
from tests.audit.finding import base, told

pytestmark = pytest.mark.django_db
RULE = "records_are_clean"


@pytest.mark.parametrize(
    ("model", "values", "finding"),
    [
        pytest.param(
            Claim, {"kind": "planned"},
            "reforms.milestone M0001: The stage “adopted” cannot rest on what is only proposed or planned.", id="kind",
        ),
        pytest.param(
            Milestone, {"date": "8.03.20201"}, "reforms.milestone M0001: “8.03.20201” is not an EDTF date.", id="date"
        ),
        pytest.param(
            Reform, {"slug": "reform-of-2020"},
            "reforms.reform reform-of-2020: A slug is lower-case words joined by “-”: no year, no number, nothing that "
            "could be corrected.", id="slug",
        ),
    ],
)  # fmt: skip
def test_a_record_that_breaks_its_own_rules_is_found(model, values, finding):
    base()
    model.objects.update(**values)
    assert finding in told(RULE)


def test_a_retired_slug_that_is_in_use_is_found():
    base()
    RetiredSlug.objects.create(kind="reform", slug="a-reform", now="another-reform")
    assert told(RULE) == ["reforms.retiredslug reform/a-reform: This slug is in use; retire it by renaming its record."]


def test_an_answer_to_a_rule_that_is_gone_is_found():
    AnsweredFinding.objects.create(rule="no_such_rule", record="C0001", reason="It is fine.")
    assert told(RULE) == [
        "reforms.answeredfinding no_such_rule/C0001/: “no_such_rule” is no rule of the audit.",
    ]


def test_records_that_keep_their_rules_are_not_found():
    base()
    assert told(RULE) == []
