"""The claims that a page rests on, fetched together: two queries however many records stand on them."""

from django.db.models import Case, F, Prefetch, Q, When

from reforms.models import Citation, Claim, Discrepancy, DiscrepancyClaim

# The two databases put what has no date at different ends, unless told.
EARLIEST_FIRST = F("date_earliest").asc(nulls_last=True)


def claims_with_words(claims=None):
    """`claims` (the public ones where none are given) with `support` and their citations at hand."""
    claims = Claim.objects.public() if claims is None else claims
    return claims.with_support().prefetch_related(Prefetch("citations", Citation.objects.with_words()))


def rest(*groups, also=()):
    """Give each record its claim with words at hand; return all these claims by key.

    `groups`: lists of records that name a public claim. `also`: keys of further claims, or a queryset of them,
    which come along where they are public; each claim says as `asked` whether it is one of these.
    """
    keys = {record.claim_id for group in groups for record in group}
    wanted = Claim.objects.public().filter(Q(pk__in=keys) | Q(pk__in=also))
    asked = Case(When(pk__in=also, then=True), default=False)
    claims = {claim.pk: claim for claim in claims_with_words(wanted.annotate(asked=asked))}
    for group in groups:
        for record in group:
            record.claim = claims[record.claim_id]
    return claims


def public_discrepancies(found=None, about=None):
    """Public discrepancies with their links to claims, and with the claim that resolves them, at hand. In the order
    of `found`, or the weightier kinds first.

    `found`: those wanted (a queryset), where not all are. `about`: claims (a queryset), where only discrepancies
    that name one of them are wanted.
    """
    links = Prefetch("claim_links", DiscrepancyClaim.objects.order_by("claim__ref"))
    found = Discrepancy.objects.public().by_weight() if found is None else found
    found = found.select_related("resolved_by").prefetch_related(links)
    if about is None:
        return found
    named = DiscrepancyClaim.objects.filter(claim__in=about)
    return found.filter(pk__in=named.values("discrepancy"))


def sides(discrepancies):
    """Return the links of `discrepancies` to claims, as one list for `rest`."""
    return [link for discrepancy in discrepancies for link in discrepancy.claim_links.all()]
