"""What several resources are asked through."""

from api.filtering import Link
from api.querysets import PUBLISHED, public
from reforms.models import ClaimActor, PackageItem, ReformTopic

CITED_FROM = "citations__paragraph__source"  # from a claim
TAINTED = "Whether it is in doubt: see `taint`."


def public_of(model):
    """Return a function that gives the links of `model` that published claims make."""
    return lambda: model.objects.filter(claim__state=PUBLISHED)


# From milestones and parameters to the reform that they belong to, and from what rests on a claim to that.
TOPICS = Link(lambda: ReformTopic.objects, "reform", of="reform")
PACKAGES = Link(PackageItem.objects.public, "reform", of="reform")
CITATIONS = Link(lambda: public("citation"), "claim", of="claim")
ACTORS = Link(lambda: ClaimActor.objects, "claim", of="claim")
