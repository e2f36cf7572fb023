"""Answering a finding with a reason, and taking the answer back: the only writers of answers beside a load."""

from django.core.exceptions import ValidationError

from reforms.models import AnsweredFinding, Finding
from sources.changes import change_set

LEFT_OVER = "answers_answer_something"  # what this rule finds is an answer that is to be taken back


def answer(finding, *, by, reason):
    """Let `finding` stand, for this reason.

    Errors: ValidationError where it may not be answered, no reason is given, or it is answered already.
    """
    if not reason.strip():
        raise ValidationError("A finding is answered with a reason.")
    with change_set(by=by, reason=reason):
        given = AnsweredFinding(rule=finding.rule, record=finding.record, about=finding.about, reason=reason)
        given.full_clean()
        given.save()
        _found_again(finding).update(answer=Finding.Answer.ACKNOWLEDGED, reason=reason)


def take_back(finding, *, by):
    """Take back the answer to `finding`, or the one that `finding` tells to be of no use any more.

    Errors: ValidationError where there is none.
    """
    rule, record, about = answered_identity(finding)
    given = AnsweredFinding.objects.filter(rule=rule, record=record, about=about).first()
    if given is None:
        raise ValidationError("There is no answer to take back.")
    with change_set(by=by, reason=f"Took back an answer: {given.reason}"):
        given.delete()
        if finding.rule == LEFT_OVER:
            _found_again(finding).delete()
        else:
            _found_again(finding).update(answer="", reason="")


def answered_identity(finding):
    """Return the rule, record and `about` of the answer that `finding` has or tells of."""
    if finding.rule != LEFT_OVER:
        return finding.identity
    rule, _, about = finding.about.partition(" ")
    return rule, finding.record, about


def _found_again(finding):
    rule, record, about = finding.identity
    return Finding.objects.filter(rule=rule, record=record, about=about)
