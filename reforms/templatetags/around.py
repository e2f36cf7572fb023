"""What templates ask for around the content of a page: ways on from where nothing is, reports, data for machines."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from reforms import jsonld
from reforms.templatetags.pages import MENU

register = template.Library()
MOST_WORDS = 8


@dataclass(frozen=True)
class Form:
    """A form in which the API gives a record. `type`: its media type."""

    label: str
    type: str
    address: str


@register.simple_tag
def forms_of(record):
    """Return the forms in which a claim or a source can be taken along, as a list of Form."""
    slug, ref = getattr(record, "slug", ""), getattr(record, "ref", "")
    one = reverse("api-claims-one", args=[ref]) if ref else reverse("api-sources-one", args=[slug])
    citations = one if ref else f"{reverse('api-citations')}?source={slug}"
    annotation = f"{citations}{'?' if ref else '&'}format=annotation"
    return [
        Form(_("Data (JSON)"), "application/json", one),
        Form(_("BibTeX"), "application/x-bibtex", f"{one}?format=bibtex"),
        Form(_("RIS"), "application/x-research-info-systems", f"{one}?format=ris"),
        Form(_("CSL-JSON"), "application/vnd.citationstyles.csl+json", f"{one}?format=csl"),
        Form(_("Plain text"), "text/plain", f"{one}?format=text"),
        Form(_("Web Annotation"), 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"', annotation),
    ]


@register.simple_tag
def ways_on():
    """Return where to go from a page that is none: pairs of an address and its words."""
    return [(reverse(name), label) for name, label in [*MENU, ("claims", _("All claims")), ("about", _("About"))]]


@register.simple_tag
def address_words(path):
    """Return the words of the last part of `path` to look for: /laws/law-on-akims/ → "law on akims"."""
    parts = [part for part in path.split("/") if part]
    return " ".join(re.findall(r"[^\W_]+", parts[-1])[:MOST_WORDS]) if parts else ""


@register.inclusion_tag("components/report_error.html", takes_context=True)
def report_error(context, ref=""):
    """Draw a mail link that names the page and `ref`, a public reference or "". Nothing where no address is set."""
    request = context.get("request")
    if not settings.REPORT_ADDRESS or request is None:
        return {"address": ""}
    return {"address": mail_link(settings.REPORT_ADDRESS, request.build_absolute_uri(), ref)}


def mail_link(to, page, ref=""):
    """Return the mail link to `to` about the page at the address `page` and, where one is given, the reference `ref`.

    Source: https://www.rfc-editor.org/rfc/rfc6068 (lines end in CRLF, everything else percent-encoded)
    """
    subject = _("Error in %(ref)s") % {"ref": ref} if ref else _("Error in the Reform Ledger")
    lines = [_("Page: %(page)s") % {"page": page}, "", _("What is wrong, and where it can be seen:"), ""]
    body = "\r\n".join([_("Reference: %(ref)s") % {"ref": ref}, *lines] if ref else lines)
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"


@register.simple_tag(takes_context=True)
def claim_data(context, claim, links):
    """Draw a claim as JSON-LD. `links`: its links to actors, with these at hand."""
    address = context["request"].build_absolute_uri
    steps = [(_("Claims"), reverse("claims")), (claim.ref, claim.get_absolute_url())]
    return jsonld.script(jsonld.claim(claim, links, address), jsonld.breadcrumbs(steps, address))


@register.simple_tag(takes_context=True)
def law_data(context, law, dates):
    """Draw a law as JSON-LD. `dates`: its public dates."""
    address = context["request"].build_absolute_uri
    steps = [(_("Laws"), reverse("laws")), (law.name, law.get_absolute_url())]
    return jsonld.script(jsonld.legislation(law, dates, address), jsonld.breadcrumbs(steps, address))


@register.simple_tag(takes_context=True)
def ledger_data(context):
    """Draw the ledger itself as JSON-LD."""
    return jsonld.script(jsonld.dataset(context["request"].build_absolute_uri))
