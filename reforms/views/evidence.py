"""The claims that a page rests on, fetched together: two queries however many records stand on them."""

from django.db.models import F, Prefetch

from reforms.models import Citation, Claim, Discrepancy, DiscrepancyClaim

# The two databases put what has no date at different ends, unless told.
EARLIEST_FIRST = F("date_earliest").asc(nulls_last=True)


def claims_with_words(claims=None):
    """`claims` (the public ones where none are given) with `support` and their citations at hand."""
    claims = Claim.objects.public() if claims is None else claims
    return claims.with_support().order_by("ref").prefetch_related(Prefetch("citations", Citation.objects.with_words()))


def rest(*groups, also=()):
    """Give each record its claim with words at hand; return all these claims by key.

    `groups`: lists of records that name a public claim. `also`: keys of further claims, which come
    along where they are public.
    """
    keys = {record.claim_id for group in groups for record in group} | set(also)
    claims = claims_with_words().in_bulk(keys)
    for group in groups:
        for record in group:
            record.claim = claims[record.claim_id]
    return claims


def public_discrepancies(found=None, about=None):
    """Public discrepancies with their links to claims, and with the claim that resolves them, at hand.

    `found`: those wanted (a queryset), where not all are. `about`: claims (a queryset), where only discrepancies
    that name one of them are wanted.
    """
    links = Prefetch("claim_links", DiscrepancyClaim.objects.order_by("claim__ref"))
    found = Discrepancy.objects.public() if found is None else found
    found = found.prefetch_related(links, Prefetch("resolved_by", Claim.objects.public()))
    if about is None:
        return found
    named = DiscrepancyClaim.objects.filter(claim__in=about)
    return found.filter(pk__in=named.values("discrepancy"))


def sides(discrepancies):
    """Return the links of `discrepancies` to claims, as one list for `rest`."""
    return [link for discrepancy in discrepancies for link in discrepancy.claim_links.all()]
