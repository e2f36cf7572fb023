"""Before and after: the parameters that reforms changed, each with its changes drawn and listed."""

from dataclasses import dataclass, field

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import DetailView, ListView

from reforms.chains import Chain, chains
from reforms.charts.numbers import NUMBER_OR_NOTHING
from reforms.charts.shapes import NAMES
from reforms.charts.spans import drawn
from reforms.charts.steps import StepChart, Told, step_chart
from reforms.models import Citation, Claim, Parameter, ParameterChange, ReformTopic
from reforms.views.evidence import EARLIEST_FIRST, public_discrepancies, rest, sides
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import RetiredSlugMixin
from sources.models import Source

SMALL, LARGE = (340, 210), (720, 340)
SAID = {"so": _lazy("what happened or holds"), "intended": _lazy("only proposed or planned")}
FORMS = {"numbers": _lazy("in numbers"), "words": _lazy("in words")}


@dataclass
class Sheet:
    """One parameter to read. `changes`: public ones, claims at hand, each with its `told` (Told);
    `keys`: (source, shape, forms in which it is drawn: whether it happened); `charts`: of each size, empty where
    there are no numbers to compare; `chains`: those that are joined.
    """

    parameter: Parameter
    changes: list
    keys: list = field(default_factory=list)
    charts: list[StepChart] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)

    @property
    def intended(self):
        """Whether some of it is only proposed or planned."""
        return not all(change.happened for change in self.changes)

    def draw(self, sizes):
        """Find all that is drawn, the chart in each of `sizes`. The changes need their claims at hand."""
        first = [change.claim.citations.all()[0].paragraph.source for change in self.changes]
        names = sorted(set(first), key=lambda source: (source.name, source.pk))
        shapes = {source: NAMES[at % len(NAMES)] for at, source in enumerate(names)}
        for number, (change, source) in enumerate(zip(self.changes, first, strict=True), start=1):
            change.told = told(change, number, source, shapes[source])
        every = [change.told for change in self.changes]
        forms = {(one.shape, one.happened) for one in every}
        self.keys = [
            (source, shape, [form for form in (True, False) if (shape, form) in forms])
            for source, shape in shapes.items()
        ]
        self.chains = [chain for chain in chains(self.changes) if chain.joined]
        steps = [[[change.told.number for change in arrow.changes] for arrow in chain.arrows] for chain in self.chains]
        self.charts = [chart for size in sizes if (chart := step_chart(every, *size, chains=steps))]
        return self


def told(change, number, source, shape):
    """Return the Told of `change` under its key `number`; `source` is the first that says it."""
    words = [
        f"{change.before or _('not stated')} → {change.after or _('not stated')}",
        *([change.unit] if change.unit else []),
        change.date_in_words or _("no date in the sources"),
        *([] if change.happened else [_("only %(kind)s") % {"kind": change.claim.get_kind_display()}]),
        source.name,
    ]
    return Told(number, change.before, change.after, drawn(change.date), shape, change.happened, ", ".join(words))


def sheets(parameters, *sizes):
    """Return a Sheet for each of `parameters`, its chart in `sizes` (width, height)."""
    found = {parameter.pk: Sheet(parameter, []) for parameter in parameters}
    changes = ParameterChange.objects.public().filter(parameter__in=found)
    for change in changes.order_by(EARLIEST_FIRST, "claim__ref", "after", "scope"):
        found[change.parameter_id].changes.append(change)
    rest([change for sheet in found.values() for change in sheet.changes])
    return [sheet.draw(sizes) for sheet in found.values()]


class ParameterList(RefusesBadQuestions, ListView):
    """What changed from what to what. Context: `sheets` (list of Sheet), `page_obj`, `narrowing`."""

    template_name = "parameters/list.html"
    paginate_by = 20

    def get_queryset(self):
        changes = ParameterChange.objects.public()
        last = changes.filter(parameter=OuterRef("pk")).order_by(F("date_latest").desc(nulls_last=True))
        parameters = Parameter.objects.public().annotate(last_day=Subquery(last.values("date_latest")[:1]))
        sorts = {
            "name": (_("By name"), ("name", "slug")),
            "latest": (_("Latest date first"), (F("last_day").desc(nulls_last=True), "name", "slug")),
        }
        search = ("name", "note", "reform__title")
        self.narrowing = Narrowing(self.request, parameters, self.facets(changes), search=search, sorts=sorts)
        return self.narrowing.entries.select_related("reform")

    def facets(self, changes):
        said = When(claim__kind__in=Claim.INTENTIONS, then=Value("intended"))
        numbers = When(Q(before__regex=NUMBER_OR_NOTHING, after__regex=NUMBER_OR_NOTHING), then=Value("numbers"))
        ways = changes.annotate(said=Case(said, default=Value("so")), form=Case(numbers, default=Value("words")))
        topics = ReformTopic.objects.all()
        place, change = "paragraph__source", "claim__parameterchange__parameter"
        return [
            Facet("form", _("Form"), ways, "form", entry="parameter", words=FORMS),
            Facet("said", _("What is said"), ways, "said", entry="parameter", words=SAID),
            Facet("topic", _("Topic"), topics, "topic__slug", entry="reform__parameters", label="topic__name"),
            Facet(
                "source",
                _("Source"),
                Citation.objects.public(),
                f"{place}__slug",
                entry=change,
                label=f"{place}__name",
            ),
        ]

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        return context | {"sheets": sheets(context["page_obj"], SMALL)}


class ParameterDetail(RetiredSlugMixin, DetailView):
    """One parameter. Context: `parameter`, `sheet` (Sheet), `claims`, `discrepancies`, `sources_total`."""

    template_name = "parameters/detail.html"
    context_object_name = "parameter"
    retired_kind = "parameter"

    def get_queryset(self):
        return Parameter.objects.public().select_related("reform")

    def get_context_data(self, **context):
        [sheet] = sheets([self.object], LARGE, SMALL)
        about = [change.claim for change in sheet.changes]
        discrepancies = list(public_discrepancies(about=about))
        rest(sides(discrepancies))
        claims = {claim.pk: claim for claim in about}
        return super().get_context_data(
            sheet=sheet,
            claims=sorted(claims.values(), key=lambda claim: claim.ref),
            discrepancies=discrepancies,
            sources_total=Source.objects.documents().count(),
            **context,
        )
