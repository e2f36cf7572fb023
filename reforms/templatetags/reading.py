"""Tags that draw the words of a paragraph: in a template, the line ends of its own would show."""

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()


@register.simple_tag
def lit(runs):
    """Draw the words of `runs` with the lit ones marked."""
    return _joined(_run(run, [segment.text for segment in run.segments]) for run in runs)


@register.simple_tag
def marked(runs, number):
    """Draw the words of `runs`, those that claims stand on marked; each leads to its claim beside paragraph `number`.

    Words of several claims name them all (`data-k`); words that are only context stand outside a mark.
    """
    return _joined(_run(run, [_linked(segment, number, run.lit) for segment in run.segments]) for run in runs)


def _joined(parts):
    return format_html_join("", "{}", ((part,) for part in parts))


def _run(run, parts):
    """The parts of one run, with one mark around all of them where it is lit."""
    return format_html('<mark class="on">{}</mark>', _joined(parts)) if run.lit else _joined(parts)


def _linked(segment, number, within):
    """The words of one segment as a link; `within`: a mark is around them already."""
    if not segment.citations:
        return segment.text
    refs = segment.refs
    several = format_html(' data-k="{}"', " ".join(refs)) if len(refs) > 1 else ""
    link = format_html('<a href="#k{}-{}"{}>{}</a>', number, refs[0], several, segment.text)
    if segment.text.isspace():  # between two quotes: nothing to name a link by
        link = segment.text
    return link if within or segment.only_context else format_html("<mark>{}</mark>", link)
