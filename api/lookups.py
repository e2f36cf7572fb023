"""The kinds of field: by which look-ups each is asked, and what these mean."""

from django.db.models import F, Q
from django.db.models.functions import Lower
from django.db.models.lookups import Contains

from api.filtering import YES_NO, Field, Filter
from api.querysets import PUBLISHED, public
from api.values import ChoiceValue, DayValue, EDTFValue, NameValue, NumberValue, Value, WordsValue
from reforms.search.kinds import BY_NAME
from reforms.search.matching import matching

DAY, NUMBER, TEXT, WORDS = DayValue(), NumberValue(), Value(), WordsValue()


class Choice(Field):
    """One of `choices` (a Choices class, or values)."""

    kind = "choice"

    def __init__(self, choices, help_text, path="", **options):
        super().__init__(help_text, path, **options)
        self.choices = list(getattr(choices, "values", choices))

    def look_ups(self):
        return self.exact(ChoiceValue(self.choices))


class Name(Field):
    """A related record of `record` (a kind), by its public name.

    `resting`: a step of `path` that rests on a claim, which must then be published.
    """

    kind = "name"

    def __init__(self, record, help_text, path="", *, resting="", **options):
        super().__init__(help_text, path, **options)
        self.record, self.only = record, {f"{resting}__claim__state": PUBLISHED} if resting else {}

    def equal(self, value):
        return Q(**{self.path: value}, **self.only)

    def among(self, values):
        return Q(**{f"{self.path}__in": values}, **self.only)

    def look_ups(self):
        return self.exact(NameValue(self.record))

    def stated(self):
        return Q(**{f"{self.path}__in": public(self.record).order_by().values("pk")})


class Exact(Field):
    """A short text, character for character."""

    kind = "exact"

    def look_ups(self):
        return self.exact(TEXT)


class Text(Field):
    """A text, by what it holds."""

    kind = "text"

    def look_ups(self):
        held = lambda value: Contains(Small(F(self.path)), value.lower())  # noqa: E731
        return {"__contains": (TEXT, held, "It holds these characters, small or capital.")}


class Number(Field):
    """A whole number."""

    kind = "number"

    def look_ups(self):
        return {
            "": (NUMBER, self.equal, ""),
            "__gte": (NUMBER, lambda value: Q(**{f"{self.path}__gte": value}), "At least."),
            "__lte": (NUMBER, lambda value: Q(**{f"{self.path}__lte": value}), "At most."),
        }

    def stated(self):
        return Q(**{f"{self.path}__isnull": False})


class Date(Field):
    """A date with its earliest and latest day."""

    kind = "date"

    def look_ups(self):
        days = {
            f"_{bound}__{sign}": (
                DAY,
                lambda day, look_up=f"{self.path}_{bound}__{sign}": Q(**{look_up: day}),
                f"The {bound} day that it allows is {words} this one, YYYY-MM-DD.",
            )
            for bound in ("earliest", "latest")
            for sign, words in (("gte", "on or after"), ("lte", "on or before"))
        }
        more = "It {} within this date in EDTF: 2021, 2021-06, 2020-01/2021-06 …"
        return days | {
            "__within": (EDTFValue(), self.within, more.format("certainly lies")),
            "__overlaps": (EDTFValue(), self.overlaps, more.format("may lie")),
        }

    def within(self, days):
        earliest, latest = days
        begins = Q(**{f"{self.path}_earliest__gte": earliest}) if earliest else Q()
        return begins & Q(**{f"{self.path}_latest__lte": latest}) if latest else begins

    def overlaps(self, days):
        """An open side of either reaches any day; what has no date overlaps nothing."""
        earliest, latest = days
        condition = ~Q(**{self.path: ""})
        if earliest:
            condition &= Q(**{f"{self.path}_latest": None}) | Q(**{f"{self.path}_latest__gte": earliest})
        if latest:
            condition &= Q(**{f"{self.path}_earliest": None}) | Q(**{f"{self.path}_earliest__lte": latest})
        return condition


class Until(Field):
    """A day by which something certainly was."""

    kind = "day"

    def look_ups(self):
        return {"": (DAY, lambda day: Q(**{f"{self.path}__lte": day}), "")}


class Has(Field):
    """Whether the text at `path` says anything, or else whether there is any record of `link`."""

    kind = "flag"

    def __init__(self, help_text, path="pk", **options):
        super().__init__(help_text, path, **options)

    def filters(self):
        has = lambda wanted: self.is_there() if wanted else ~self.is_there()  # noqa: E731
        return {"": Filter(self.help_text, YES_NO, has)}

    def stated(self):
        return Q() if self.path == "pk" else ~Q(**{self.path: ""})


class Words(Field):
    """Words in the language of the search. `ways`: from the rows to the record that holds them, and its kind there."""

    kind = "words"

    def __init__(self, help_text, **ways):
        super().__init__(help_text)
        self.ways = ways

    def look_ups(self):
        return {"": (WORDS, self.found, "See docs/search.md for what can be typed.")}

    def found(self, sought):
        tree, unless = sought
        found = Q()
        for path, kind in self.ways.items():
            found |= Q(**{f"{path}__in": matching(BY_NAME[kind], tree, unless, at_most=None)})
        return found


class PlainWords(Field):
    """Words of what no index holds: each stands in one of the `texts`, small or capital."""

    kind = "plain"

    def __init__(self, help_text, *texts):
        super().__init__(help_text)
        self.texts = texts

    def look_ups(self):
        return {"": (TEXT, self.found, "")}

    def found(self, value):
        in_one = lambda word: Q(*(Q(Contains(Small(F(text)), word)) for text in self.texts), _connector=Q.OR)  # noqa: E731
        return Q(*map(in_one, value.lower().split()[:20]))


class Asked(Field):
    """What changes what is shown, or is looked at by the filters themselves: see `Filters.on`. `read`: its Value."""

    def __init__(self, kind, read, help_text, *, required=False):
        super().__init__(help_text)
        self.kind, self.read, self.required = kind, read, required

    def look_ups(self):
        return {"": (self.read, lambda value: Q(), "")}


class Small(Lower):
    """A text in small letters. SQLite's own LOWER knows only those of English."""

    def as_sqlite(self, compiler, connection, **context):
        connection.ensure_connection()
        connection.connection.create_function("small", 1, lambda text: text and text.lower(), deterministic=True)
        return self.as_sql(compiler, connection, function="small", **context)
