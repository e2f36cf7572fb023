"""Reforms that have something in common with one, and what."""

from dataclasses import dataclass, field

from django.db.models import F, Value

from reforms.models import ClaimReform, LawLink, PackageItem

AT_MOST = 8


@dataclass
class Related:
    """Another reform, by its `slug` and `title`: how many `claims` speak of both, and which laws and packages have
    both, by name."""

    slug: str
    title: str
    claims: int = 0
    laws: list = field(default_factory=list)
    packages: list = field(default_factory=list)

    @property
    def weight(self):
        """By what the nearest come first: one claim that names both says more than a law, a law than a package."""
        return -self.claims, -len(self.laws), -len(self.packages), self.title, self.slug


def related(reform, items, law_links, claims):
    """Return the reforms nearest to `reform`: a list of Related.

    `items`, `law_links`, `claims`: its own public ones. One query, however many there are.
    """
    named = ClaimReform.objects.filter(claim__in=claims)
    linked = LawLink.objects.public().filter(law__in={link.law_id for link in law_links})
    listed = PackageItem.objects.public().filter(package__in={item.package_id for item in items})
    rows = _rows(named, "claims", "claim__ref", but=reform).union(
        _rows(linked, "laws", "law__name", but=reform), _rows(listed, "packages", "package__name", but=reform)
    )
    found = {}
    for slug, title, what, name in rows.order_by("slug", "what", "name"):
        other = found.setdefault(slug, Related(slug, title))
        if what == "claims":
            other.claims += 1
        else:
            getattr(other, what).append(name)
    return sorted(found.values(), key=lambda other: other.weight)[:AT_MOST]


def _rows(links, what, name, *, but):
    """Rows of (slug, title, what, name) of the reforms of `links`, without the reform `but`."""
    own = links.exclude(reform=but).order_by()
    own = own.annotate(slug=F("reform__slug"), title=F("reform__title"), what=Value(what), name=F(name))
    return own.values_list("slug", "title", "what", "name")
