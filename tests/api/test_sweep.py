"""Every field and relation of what is listed can be asked for, or it is said why not."""

import re

import pytest

from api.urls import RESOURCES

# What no field asks for: of all models, and of one. Whatever else a model has can be asked for.
NOT_ASKED = {
    "id": "a number of this database, which nobody sees",
    "state": "only published claims are here",
    "retraction_reason": "only published claims are here",
    "merged_into": "only published claims are here",
    "absorbed": "a name that was merged into another still works",
    "accepted": "only accepted sources are here",
    "received": "the bytes: `sha256` stands for them",
    "draft": "only accepted sources are here, and these have none",
    "section_paragraphs": "the other end of `section`",
    "no_claim": "its reason is `no_claim_reason`",
    "package_counts": "`packages/?stated_count_claim=` asks for them",
    "resolves": "`discrepancies/?resolved_by=` asks for them",
    "packageitem": "`packages/?claim=` asks for them",
    "lawdate": "the dates of a law stand with the law",
    "lawlink": "`laws/` and `reforms/` ask for them",
    "discrepancy_links": "the other end of `discrepancy`",
    "taint": "`tainted` asks for it",
}
CALLED = {  # fields of a model that are asked for under another name, or through a longer way
    "claims": {
        "citations": "source",
        "milestone": "milestone",
        "parameterchange": "parameter",
        "discrepancies": "discrepancy",
    },
    "sources": {"text": "q", "paragraphs": "claim", "format": "received_as"},
    "paragraphs": {"citations": "claim"},
    "packages": {"items": "reform"},
    "reforms": {"package_items": "package", "topics": "topic", "milestones": "milestone", "parameters": "parameter"},
    "laws": {"dates": "date", "milestones": "milestone"},
    "discrepancies": {"claims": "claim", "claim_links": "claim"},
    "parameters": {"changes": "after"},
    "events": {"packages": "package", "milestones": "milestone", "claim": "rests_on"},
    "actors": {"aliases": "alias"},
    "topics": {"reforms": "reform"},
    "citations": {"number": "ref"},
}


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_field_and_relation_of_a_model_can_be_asked_for_unless_there_is_a_reason(resource):
    view = RESOURCES[resource]
    asked, called = view.filterset_class.fields, CALLED.get(resource, {})
    fields = {re.sub("_links$|_earliest$|_latest$", "", field.name) for field in view.queryset.model._meta.get_fields()}
    assert set(called.values()) <= asked.keys()
    assert {name for name in fields if called.get(name, name) not in asked} <= NOT_ASKED.keys()
