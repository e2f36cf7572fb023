"""A package with numbered items, as tests of the rules on packages need it."""

from reforms.models import Package, PackageItem
from tests.factories import make_claim, make_reform, make_source, word


def package(*numbers, stated=None):
    """A package with an item for each of the printed `numbers`. Return its claims.

    C0001 states the count; the items rest on C0002, C0003 …
    """
    text = "\n".join(["They are counted.", *(f"Item {word(at)}." for at in range(len(numbers)))])
    first, *others = make_source(text).paragraphs.all()
    stating = make_claim(first)
    made = Package.objects.create(
        slug="a-package", name="A package", stated_count=stated, stated_count_claim=stating if stated else None
    )
    claims = [stating]
    for position, (number, paragraph) in enumerate(zip(numbers, others, strict=True), start=1):
        reform = make_reform(f"reform-{word(position)}")
        claims.append(make_claim(paragraph, reforms=[reform]))
        PackageItem.objects.create(
            package=made, position=position, number=number, reform=reform, claim=claims[-1]
        )  # fmt: skip
    return claims
