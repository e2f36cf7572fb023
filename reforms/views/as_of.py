"""`?as_of=2021-06-30`: the day for which a page is asked. Today is known here and nowhere below."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reforms.views.refusals import BadQuestion, RefusesBadQuestions
from sources.dates import in_words


@dataclass(frozen=True)
class AsOf:
    """The day a page speaks of. `asked`: the reader named it; `query` keeps it on links between pages."""

    day: datetime.date
    asked: bool

    @property
    def in_words(self):
        return in_words(self.day.isoformat())

    @property
    def query(self):
        return f"?as_of={self.day.isoformat()}" if self.asked else ""

    @property
    def value(self):
        """What stands in the date field."""
        return self.day.isoformat() if self.asked else ""


def day_asked(request):
    """Return the AsOf of a request; of today where no day is named.

    Errors: BadQuestion where `as_of` is no day.
    """
    value = request.GET.get("as_of", "")
    if not value:
        return AsOf(timezone.localdate(), asked=False)
    try:
        if len(value) != len("2021-06-30"):
            raise ValueError
        return AsOf(datetime.datetime.strptime(value, "%Y-%m-%d").date(), asked=True)
    except ValueError as error:
        words = _("“%(value)s” is not a day. Write it as year-month-day: 2021-06-30.") % {"value": value}
        raise BadQuestion(words) from error


class AsOfMixin(RefusesBadQuestions):
    """View mixin: `self.as_of`. Context: `as_of`, and `kept`, the other parameters of the address."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        others = [(name, own) for name, own in request.GET.lists() if name not in ("as_of", "page")]
        self.kept = [(name, value) for name, own in others for value in own]

    def get(self, request, *args, **kwargs):
        self.as_of = day_asked(request)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        return super().get_context_data(as_of=self.as_of, kept=self.kept, **context)
