"""How far packages have come: each item with the stage of its reform."""

from django.db.models import Prefetch

from reforms.models import Claim, Event, Package, PackageItem, Reform


def packages_on(day):
    """Public packages with their public items at hand, each item's reform with its stage on `day`.

    The event and the stated count are None where the claims that they rest on are not public.
    """
    items = PackageItem.objects.public().order_by("position")
    reforms = Prefetch("reform", Reform.objects.with_stage(day))
    return Package.objects.public().prefetch_related(
        Prefetch("items", items.prefetch_related(reforms)),
        Prefetch("event", Event.objects.public()),
        Prefetch("stated_count_claim", Claim.objects.public()),
    )
