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


def measured(packages):
    """Give each of `packages` (a list, from `packages_on`) how many of its items came `far`: to "adopted" or further.

    `undated`: how many more are told to have come so far, without a day to count from. Return the packages.
    """
    for package in packages:
        reforms = [item.reform for item in package.items.all()]
        package.far = sum(reform.stage in FAR for reform in reforms)
        package.undated = sum(reform.told in FAR and reform.stage not in FAR for reform in reforms)
    return packages
