"""What is said of one record: its claims, page by page, by kind; and who has a part in them."""

from django.db.models import Case, Count, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from reforms.models import Claim, ClaimActor

HEADINGS = {
    Claim.Kind.PROPOSED: _("What was proposed"),
    Claim.Kind.PLANNED: _("What was planned"),
    Claim.Kind.ADOPTED: _("What was adopted"),
    Claim.Kind.PROVISION: _("What it provides"),
    Claim.Kind.DONE: _("What was done"),
    Claim.Kind.FIGURE: _("Figures"),
    Claim.Kind.ASSESSMENT: _("Assessments"),
    Claim.Kind.ALLEGATION: _("Allegations"),
}
PEOPLE = 40  # that a page names: those with a part in most claims


def in_order(field, values):
    """Return an expression that orders by the place of `field` in `values`."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


def by_kind(claims):
    """Return the claims of one page, in the order of their kinds, as a list of (heading, claims)."""
    grouped = {}
    for claim in claims:
        grouped.setdefault(HEADINGS[claim.kind], []).append(claim)
    return list(grouped.items())


def people_in(claims):
    """Return who has a part in `claims` (a queryset): a list of (actor, parts), a part being (its word, claims).

    Those with a part in most claims stand first, and no more than PEOPLE of them.
    """
    links = ClaimActor.objects.filter(claim__in=claims.order_by().values("pk"))
    rows = links.order_by().values("actor__slug", "actor__name", "part").annotate(claims=Count("claim", distinct=True))
    found = {}
    for row in rows.order_by(in_order("part", ClaimActor.Part.values)):
        found.setdefault((row["actor__slug"], row["actor__name"]), []).append((row["part"], row["claims"]))
    most = sorted(found.items(), key=lambda one: (-sum(count for _part, count in one[1]), one[0][1], one[0][0]))
    words = dict(ClaimActor.Part.choices)
    return [
        ({"slug": slug, "name": name}, [(words[part], count) for part, count in parts])
        for (slug, name), parts in most[:PEOPLE]
    ]
