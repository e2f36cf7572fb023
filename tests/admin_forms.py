"""What a browser posts to the admin, and what its pages say."""

INLINES = ("citations", "reform_links", "law_links", "event_links", "actor_links")


def management(name, total=0, initial=0):
    return {f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": initial}


def claim_form(*cites, text="A law was adopted.", kind="adopted", **more):
    """What a browser posts for a claim: `cites` are (paragraph, quote, further fields)."""
    data = {"text": text, "kind": kind, "change_reason": "Read it."}
    for name in INLINES:
        data |= management(name)
    known = [cite for cite in cites if "id" in cite[2]]
    data |= management("citations", len(cites), len(known))
    for number, (paragraph, quote, fields) in enumerate(cites):
        row = {"paragraph": paragraph.pk, "quote": quote, "stance": "supports", "strength": "states"} | fields
        data |= {f"citations-{number}-{key}": value for key, value in row.items()}
    return data | more


def errors(response):
    """Every error shown on the page, as text."""
    return " ".join(str(one) for one in response.context["errors"])


def reform_form(reform, *milestones, **fields):
    data = {"slug": reform.slug, "title": reform.title, **fields}
    data |= management("topic_links") | management("milestones", len(milestones))
    for number, row in enumerate(milestones):
        data |= {f"milestones-{number}-{key}": value for key, value in row.items()}
    return data
