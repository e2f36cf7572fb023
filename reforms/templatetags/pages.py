"""What templates of the pages ask for by name."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from reforms.stages import Stage

register = template.Library()

MENU = [
    ("reforms", _("Reforms")),
    ("packages", _("Packages")),
    ("laws", _("Laws")),
    ("parameters", _("Before and after")),
    ("timeline", _("Timeline")),
    ("discrepancies", _("Discrepancies")),
    ("sources", _("Sources")),
]


@register.inclusion_tag("components/menu.html")
def menu(path):
    """Draw the menu. `path` is the address of the page, "" where it is not known (a server error)."""
    entries = [(reverse(name), label) for name, label in MENU]
    return {"entries": [(url, label, _current(url, path)) for url, label in entries]}


def _current(url, path):
    """The value of `aria-current` for an entry: the page itself, or the part of the site it stands in."""
    if url == path:
        return "page"
    return "true" if path.startswith(url) else ""


@register.filter
def stage_words(stage):
    """Spell a stage: "in force". A reform without one has come to none that a day is known of."""
    return Stage(stage).label if stage else _("no dated stage")


@register.filter
def standing(reform):
    """Spell how far `reform` (with its stage) has come: "adopted, told without a date: in force"."""
    words = [stage_words(reform.stage)]
    if reform.perhaps:
        words.append(_("perhaps %(stage)s") % {"stage": stage_words(reform.perhaps)})
    if reform.told:
        words.append(_("told without a date: %(stage)s") % {"stage": stage_words(reform.told)})
    return ", ".join(map(str, words))


@register.filter
def places(claim):
    """Where the words of `claim` stand: pairs of a source and the numbers of its paragraphs, in order of citations."""
    found = {}
    for citation in claim.citations.all():
        found.setdefault(citation.paragraph.source, {})[citation.paragraph.number] = None
    return [(source, list(numbers)) for source, numbers in found.items()]


@register.simple_tag
def side(runs, act):
    """Draw one side of a difference: what is the same, and its own words marked as "removed" or "added"."""
    element = {"removed": "del", "added": "ins"}[act]
    own = _joined_over_spaces([(done == act, text) for done, text in runs if done in (act, "same")])
    return format_html_join("", "{}", ((_marked(element, text) if mine else text,) for mine, text in own))


def _joined_over_spaces(runs):
    """Runs of (its own, text), where own words with nothing but space between them are drawn as one."""
    joined = []
    for at, (mine, text) in enumerate(runs):
        between = not text.strip() and 0 < at < len(runs) - 1
        if joined and (mine or between) and joined[-1][0] and (mine or runs[at + 1][0]):
            joined[-1] = (True, joined[-1][1] + text)
        else:
            joined.append((mine, text))
    return joined


def _marked(element, text):
    """`text` within `element`, the space around it outside."""
    before, words, after = text.partition(text.strip() or text)
    return format_html("{1}<{0}>{2}</{0}>{3}", element, before, words, after)
