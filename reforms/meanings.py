"""What the ledger's words mean, a sentence each. The About page shows them; docs/methodology.md has the same."""

from django.utils.translation import gettext_lazy as _

from reforms.models import Citation, Claim, Discrepancy, NoClaim
from reforms.stages import Stage

STAGES = {
    Stage.ANNOUNCED: _("Somebody who can bring it about said that it is to come."),
    Stage.DRAFTED: _("A text of it was worked out, by whomever."),
    Stage.ADOPTED: _("An act with it was adopted, signed, approved or ratified."),
    Stage.IN_FORCE: _("The act applies, or the source tells the rule as the one that holds."),
    Stage.IMPLEMENTED: _("The source says that it was carried out."),
    Stage.STALLED: _("The source says that it came to a stop."),
    Stage.WITHDRAWN: _("The source says that it was given up."),
}
CLAIM_KINDS = {
    Claim.Kind.PROPOSED: _("Somebody wants it, recommends it or lists it as a measure."),
    Claim.Kind.PLANNED: _("It is said that it will be, or is to be by a plan or a draft."),
    Claim.Kind.ADOPTED: _("An act was adopted, signed, approved or ratified, or bears a date."),
    Claim.Kind.PROVISION: _("What an act, a rule or a system provides."),
    Claim.Kind.DONE: _("It happened, was carried out, or is so."),
    Claim.Kind.FIGURE: _("A number that somebody counted or states."),
    Claim.Kind.ASSESSMENT: _("Somebody's view of what is, or of what follows from it."),
    Claim.Kind.ALLEGATION: _("Somebody says that somebody did wrong. It always names who says so."),
}
STANCES = {
    Citation.Stance.SUPPORTS: _("The words carry the claim, or a part of it."),
    Citation.Stance.DISPUTES: _(
        "The source expressly denies the claim. Another figure is no denial, but another claim."
    ),
    Citation.Stance.CONTEXT: _("The words say whom or what the supporting words speak of."),
}
STRENGTHS = {
    Citation.Strength.STATES: _("The words say it."),
    Citation.Strength.IMPLIES: _("The words take it for granted, or it follows from them only."),
}
DISCREPANCY_KINDS = {
    Discrepancy.Kind.CONTRADICTION: _("Two claims cannot both be right as they are worded."),
    Discrepancy.Kind.DIFFERENT_SCOPE: _("Two claims on one thing speak of different groups, places, times or terms."),
    Discrepancy.Kind.DATE_ANOMALY: _("A date cannot be read one way only, or stands in an order that cannot be."),
    Discrepancy.Kind.NUMBERING: _("Numbers jump or repeat, or what is counted is not what is listed."),
    Discrepancy.Kind.MISPRINT: _("Words are evidently garbled, missing or wrong."),
    Discrepancy.Kind.MISSING_REFERENCE: _("The text points at what it does not contain, or leaves open what it means."),
}
DISCREPANCY_STATES = {
    Discrepancy.State.OPEN: _("The sources do not settle it."),
    Discrepancy.State.EXPLAINED: _("The sources themselves show that it only seems so, as with successive steps."),
    Discrepancy.State.RESOLVED: _("A later source settles it; its claim is named."),
}
NO_CLAIM_REASONS = {
    NoClaim.Reason.RHETORIC: _("Words without anything that could be checked."),
    NoClaim.Reason.BACKGROUND: _("What is told to set the scene, without a checkable fact."),
    NoClaim.Reason.TRANSITION: _("Words that lead over to what follows."),
    NoClaim.Reason.REPEATED: _("The same words stand in another paragraph."),
    NoClaim.Reason.OTHER: _("Another reason, told in the note."),
}
MEANINGS = (
    STAGES,
    CLAIM_KINDS,
    STANCES,
    STRENGTHS,
    DISCREPANCY_KINDS,
    DISCREPANCY_STATES,
    NO_CLAIM_REASONS,
)
