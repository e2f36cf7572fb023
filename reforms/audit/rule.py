"""What every rule of the audit has: its name, what must hold and why, how bad a finding is, how it is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reforms.models import Severity


@dataclass(frozen=True)
class Rule:
    """One rule, as its module in `reforms/audit/rules/` says it.

    `sentence` is what must hold, `reason` why. `by_discrepancy` is one of the functions
    of `holding` where a public discrepancy answers a finding; else None. `answerable`: whether a person may acknowledge
    one.
    """

    name: str
    sentence: str
    reason: str
    severity: Severity
    find: Callable[..., Any]
    by_discrepancy: Callable[..., set] | None
    answerable: bool

    @classmethod
    def of(cls, module):
        """Return the rule that `module` is."""
        sentence, reason = (" ".join(part.split()) for part in module.__doc__.split("\n\n"))
        return cls(
            module.__name__.rpartition(".")[2],
            sentence,
            reason,
            module.SEVERITY,
            module.find,
            getattr(module, "ANSWERED_BY_DISCREPANCY", None),
            getattr(module, "ANSWERABLE", module.SEVERITY is not Severity.BROKEN),
        )

    def found(self, *given):
        """Yield the findings of this rule, each with its rule and severity."""
        for finding in self.find(*given):
            finding.rule, finding.severity = self.name, self.severity
            yield finding
