"""The feed of changes, for readers who follow the ledger from elsewhere."""

import re

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import condition, require_safe

from reforms import news
from sources.changes import ChangeSet

FORM = 1  # counted up when the same news are told otherwise, so that nobody is told "not modified"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ACTS = {
    news.PUBLISHED: _lazy("%(ref)s was published"),
    news.AGAIN: _lazy("%(ref)s was published again"),
    news.CHANGED: _lazy("%(ref)s was changed"),
    news.BACK: _lazy("%(ref)s was changed back"),
    news.RETRACTED: _lazy("%(ref)s was retracted"),
    news.MERGED: _lazy("%(ref)s was merged into %(into)s"),
    news.TAKEN_BACK: _lazy("%(ref)s was taken back"),
    news.RECORDED: _lazy("%(ref)s was recorded"),
}


def etag(request):
    """The same while nothing was changed: each change belongs to a change set."""
    last = ChangeSet.objects.order_by("-pk").values_list("pk", flat=True).first()
    return f'"{FORM}-{last}-{get_language()}-{request.get_host()}"'


@require_safe
@condition(etag_func=etag)
def changes(request):
    """The last public changes as an Atom feed, an entry for each change set.

    Source: https://www.rfc-editor.org/rfc/rfc4287
    """
    address = request.build_absolute_uri
    feed = Atom1Feed(
        title=_("Reform Ledger: what changed"),
        link=address(reverse("home")),
        description=_("Claims that were published, changed or withdrawn, and where sources were found to differ."),
        feed_url=address(reverse("feed")),
        feed_guid=address(reverse("feed")),
        language=get_language(),
    )
    host = request.get_host().partition(":")[0]
    for one in news.latest():
        feed.add_item(**entry(one, address, host))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entry(one, address, host):
    """What the feed says of a News. Its identity is the change set's, whatever becomes of the words.

    Source: https://www.rfc-editor.org/rfc/rfc4151 (tag URIs)
    """
    path = one.told[0].path if len(one.told) == 1 else reverse(where(one))
    return {
        "title": clean(title(one)),
        "link": address(path),
        "description": clean(description(one, address)),
        "author_name": clean(one.change_set.who),
        "unique_id": f"tag:{host},{one.change_set.at:%Y-%m-%d}:change/{one.change_set.pk}",
        "updateddate": one.change_set.at,
    }


def where(one):
    """The name of the list on which what very many or several records are is found."""
    claims = one.counts[0] if one.counts else any(told.act != news.RECORDED for told in one.told)
    return "claims" if claims else "discrepancies"


def title(one):
    if one.counts:
        loaded = one.change_set.kind == ChangeSet.Kind.LOAD
        words = _("Loaded with the shipped knowledge: %(what)s") if loaded else _("Changed: %(what)s")
        return words % {"what": in_numbers(*one.counts)}
    first, others = one.told[0], len(one.told) - 1
    said = f"{act(first)}: {first.words}" if first.words else act(first)
    if not others:
        return Truncator(said).chars(160)
    more = ngettext("and %(number)d more", "and %(number)d more", others) % {"number": others}
    return f"{Truncator(said).chars(140)}, {more}"


def in_numbers(claims, discrepancies):
    """Spell how many records of each kind: "812 claims, 1 discrepancy"."""
    parts = [
        (claims, ngettext("%(number)d claim", "%(number)d claims", claims)),
        (discrepancies, ngettext("%(number)d discrepancy", "%(number)d discrepancies", discrepancies)),
    ]
    return ", ".join(words % {"number": number} for number, words in parts if number)


def act(told):
    return ACTS[told.act] % {"ref": told.ref, "into": told.into}


def description(one, address):
    """The reason and every record, as HTML: each word in it is escaped."""
    reason = format_html("<p>{}</p>", one.change_set.reason or _("No reason was given."))
    if one.counts:
        return reason + format_html("<p>{}</p>", in_numbers(*one.counts))
    rows = ((address(told.path), act(told), f": {told.words}" if told.words else "") for told in one.told)
    return reason + format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a>{}</li>', rows))


def clean(text):
    """`text` without the characters that no XML may hold."""
    return NOT_XML.sub("", text)
