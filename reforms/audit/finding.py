"""What a rule of the audit finds."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How bad it is."""

    BROKEN = "broken"  # a promise is: this is not loaded, and not left so
    UNFINISHED = "unfinished"  # curating is: this is stored, and goes out and in


@dataclass(frozen=True)
class Finding:
    """One record that breaks a rule: its public name, and what is wrong in one sentence."""

    record: str
    message: str
    severity: Severity = Severity.BROKEN

    def __str__(self):
        return f"{self.record}: {self.message}"
