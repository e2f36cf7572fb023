"""Every answer to a finding answers one that is still found.

What was mended needs no answer any more. One that stays would silence the same finding if it ever came back, for a
reason that may no longer hold: take it back.
"""

from reforms.models import Finding, Severity

SEVERITY = Severity.UNFINISHED
ANSWERABLE = False


def find(answers=None):
    """`answers`: those of a whole run that has ended; where there is none, what they answer is found first."""
    from reforms.audit.running import answered_alone

    for answer in (answers or answered_alone()).left():
        rule, record, about = answer
        words = f"This was answered and is not found any more by {rule}{f': {about}' if about else ''}."
        yield Finding(record=record, about=f"{rule} {about}".strip(), message=words)
