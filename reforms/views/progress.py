"""How far packages have come: each item with the stage of its reform."""

from django.db.models import Prefetch

from reforms.models import Claim, Event, Package, PackageItem, Reform
from reforms.stages import ORDER, Stage

FAR = ORDER[ORDER.index(Stage.ADOPTED) :]


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


def far(items):
    """Count the items whose reform stands at "adopted" or further."""
    return sum(item.reform.stage in FAR for item in items)


def measured(packages):
    """Give each of `packages` (a list, from `packages_on`) how many of its items came `far`. Return them."""
    for package in packages:
        package.far = far(package.items.all())
    return packages
