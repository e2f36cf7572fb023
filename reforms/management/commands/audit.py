"""Prove the promises over everything that is stored, and name what a machine can see going wrong."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from reforms.audit import RULES
from reforms.audit.running import findings_of, run
from reforms.models import Citation, Finding, Severity

ANSWERS = {Finding.Answer.DISCREPANCY: "by discrepancy", Finding.Answer.ACKNOWLEDGED: "acknowledged"}


class Command(BaseCommand):
    help = "Check every rule over every record; exit 0 only where every finding is answered."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="name the answered findings too, with their reasons")
        parser.add_argument("--rule", metavar="NAME", help="run this rule only, and keep the result of the last run")

    def handle(self, *, rule, **options):
        counted: Counter = Counter()
        for finding in self.found(rule):
            counted[finding.severity, finding.answer] += 1
            if options["all"] or not finding.answer:
                self.stdout.write(told(finding))
        for severity in Severity:
            if said := counts(severity, counted):
                self.stdout.write(said)
        ruled = f"{len(RULES)} rules" if rule is None else f"rule {rule}"
        if unanswered := sum(number for (_, answer), number in counted.items() if not answer):
            raise CommandError(f"Unanswered: {unanswered}, by {ruled}.")
        self.stdout.write(f"Nothing is unanswered: {ruled}, {Citation.objects.count()} quotes.")

    def found(self, name):
        if name is None:
            return run().findings.order_by("pk").iterator()
        rule = next((rule for rule in RULES if rule.name == name), None)
        if rule is None:
            raise CommandError(f"No rule is called “{name}”. Rules: {', '.join(rule.name for rule in RULES)}.")
        return findings_of(rule)


def told(finding):
    """Return `finding` as one line: how bad it is, what is wrong, and what an answer would have to name."""
    about = f" about “{finding.about}”" if finding.about else ""
    answer = f" [{ANSWERS[finding.answer]}: {finding.reason}]" if finding.answer else ""
    return f"{finding.severity}: {finding} ({finding.rule}{about}){answer}"


def counts(severity, counted):
    """Return how many findings of `severity` there are, answered and not; "" where there is none."""
    words = {"": "unanswered", **ANSWERS}
    said = ", ".join(f"{number} {words[answer]}" for answer in words if (number := counted[severity, answer]))
    return said and f"{severity.label.capitalize()}: {said}."
