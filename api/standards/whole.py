"""What the forms of others read of a record: the whole of it, with what is said of it at hand."""

from django.db.models import F, Prefetch
from rest_framework.exceptions import ValidationError

from api.choosing import PARAMETERS
from api.querysets import public
from reforms.models import Citation, Claim, ClaimActor, Law, LawDate

NOTHING_TO_CHOOSE = "What this form shows is not chosen."


def whole(view, rows):
    """Return the queryset `rows` with what the forms of others read, in place of what JSON shows.

    Errors: ValidationError naming each parameter that chooses what is shown.
    """
    choose_nothing(view)
    plain = rows.prefetch_related(None).select_related(None).defer(None)
    return READ[rows.model](plain) if rows.model in READ else plain.defer("text", "received")


def choose_nothing(view):
    """Errors: ValidationError naming each parameter that chooses what is shown."""
    if given := [name for name in PARAMETERS if name in view.request.query_params]:
        raise ValidationError({name: [NOTHING_TO_CHOOSE] for name in given})


def citations(rows):
    """Citations with claim, paragraph and source."""
    lean = ("paragraph__source__text", "paragraph__source__received")
    return rows.select_related("claim", "paragraph__source").defer(*lean)


def claims(rows):
    """Claims with their words, and with who says them."""
    says = ClaimActor.objects.select_related("actor").order_by("actor__slug", "part")
    return rows.prefetch_related(
        Prefetch("citations", citations(public("citation")).order_by("number")), Prefetch("actor_links", says)
    )


def laws(rows):
    """Laws with their dates."""
    dates = LawDate.objects.public().select_related("claim")
    in_order = dates.order_by(F("date_earliest").asc(nulls_last=True), "kind", "claim__ref")
    return rows.prefetch_related(Prefetch("dates", in_order))


READ = {Citation: citations, Claim: claims, Law: laws}
