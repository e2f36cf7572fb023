"""What a rule of the audit finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One record that breaks a rule: its public name, and what is wrong in one sentence."""

    record: str
    message: str

    def __str__(self):
        return f"{self.record}: {self.message}"
