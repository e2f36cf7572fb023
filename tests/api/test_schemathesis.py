"""Whatever the description allows is answered as it says, and what it forbids is refused: schemathesis makes it up.

With more cases for each operation: EXAMPLES=500 python -m pytest tests/api/test_schemathesis.py
"""

import gc
import json
import os
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.config._checks import (
    NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES,
    POSITIVE_DATA_ACCEPTANCE_EXPECTED_STATUSES,
)

from api.views import DESCRIPTION
from config.wsgi import application

EXAMPLES = int(os.environ.get("EXAMPLES", "5"))
PLAIN = {"Accept-Encoding": "identity"}  # what calls the application here does not unpack
# What the ledger of these tests holds, and what can be typed.
FORMATS = {
    **{
        f"{kind}-name": [f"{kind}-a", f"{kind}-b"]
        for kind in ("package", "reform", "law", "event", "actor", "topic", "source", "parameter")
    },
    "claim-name": ["C0001", "C0002", "C0003"],
    "citation-name": ["C0001.1", "C0002.1"],
    "paragraph-name": ["source-a/2", "source-b/1"],
    "milestone-name": ["M0001", "M0002"],
    "discrepancy-name": ["D0001", "D0002"],
    "edtf": ["2020", "2020-05", "2021-06-30", "2020-01/2021-06", "2021-06/..", "2021-41", "[2020-02-06,2020-06-02]"],
    "words": ["law", '"was adopted"', "adopt* -unrest", "закон", "law OR C0001"],
    "cursor": ["another one is put in its place"],
}
for name, values in FORMATS.items():
    schemathesis.openapi.format(name, st.sampled_from(values))


def without_examples(described):
    """Those of the description are of the shipped base, which is not there."""
    if isinstance(described, list):
        return [without_examples(part) for part in described]
    if not isinstance(described, dict):
        return described
    return {name: without_examples(part) for name, part in described.items() if name != "example"}


# Every bound of every parameter is tried where there is time for it.
# How long an address may be, with all its parameters, no description can say: 414 refuses what is wrong as well.
CONFIG = SchemathesisConfig.from_dict(
    {
        "phases": {"coverage": {"enabled": "EXAMPLES" in os.environ}},
        "checks": {
            "negative_data_rejection": {"expected-statuses": ["414", *NEGATIVE_DATA_REJECTION_EXPECTED_STATUSES]},
            "positive_data_acceptance": {"expected-statuses": ["414", *POSITIVE_DATA_ACCEPTANCE_EXPECTED_STATUSES]},
        },
    }
)
schema = schemathesis.openapi.from_dict(without_examples(json.loads(DESCRIPTION.read_text())), config=CONFIG)


def to_the_end(environ, start_response):
    """The application, with its answer read and closed, as a server does."""
    with closing(application(environ, start_response)) as answer:
        return [b"".join(answer)]


schema.app = to_the_end


@pytest.fixture
def uncollected():
    """Python 3.11 fails with a SystemError where rubbish is collected while Hypothesis parses its own code."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def connected():
    """On PostgreSQL the end of a request would close the connection of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_to_its_description(case, ledger, connected, uncollected):
    if case.meta.generation.mode.is_positive:
        agree(case)
    case.call_and_validate(headers=PLAIN)


def agree(case):
    """Leave out what no description can refuse: parameters, each of them good, that do not go together."""
    query = case.query
    if query.get("format") in ("csv", "jsonl"):
        drop(query, "count", "cursor", "page_size")
    if query.get("format", "json") not in ("json", "csv", "jsonl"):
        drop(query, "fields", "omit", "expand")
    if "fields" in query:
        drop(query, "omit")
    if "fields" in query or "omit" in query:
        drop(query, "expand")
    if "omit" in query:
        query["omit"] = listed(query["omit"])[0]
    if "ordering" in query:
        query["ordering"] = ",".join({name.removeprefix("-"): name for name in listed(query["ordering"])}.values())
    if "to" in query and query.get("from", "") > query["to"]:
        drop(query, "to")
    for name in [name for name in query if f"{name}__in" in query]:
        drop(query, f"{name}__in")
    if "cursor" in query:
        given_out(case)


def listed(value):
    """A list, which may stand as it is sent already."""
    return value.split(",") if isinstance(value, str) else value


def drop(query, *names):
    for name in names:
        query.pop(name, None)


def given_out(case):
    """Put a cursor that was given out for the same list in the place of the one that was made up."""
    drop(case.query, "cursor", "format", "fields", "omit", "expand")
    answer = case.call(headers=PLAIN)
    following = answer.json().get("next") if answer.status_code == 200 else ""  # none to who has the answer, any answer
    if cursor := parse_qs(urlsplit(following or "").query).get("cursor"):
        case.query["cursor"] = cursor[0]
