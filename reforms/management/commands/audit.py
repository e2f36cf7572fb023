"""Prove the promises over everything that is stored."""

from django.core.management.base import BaseCommand, CommandError

from reforms.audit import RULES, Severity, audit
from reforms.models import Citation


class Command(BaseCommand):
    help = "Check every rule over every record; exit 0 only where nothing is broken. What is unfinished is named."

    def handle(self, **options):
        findings = audit()
        for finding in findings:
            self.stdout.write(f"{finding.severity.value}: {finding}")
        broken, unfinished = (sum(one.severity is severity for one in findings) for severity in Severity)
        if broken:
            raise CommandError(f"Broken: {broken}, unfinished: {unfinished}, by {len(RULES)} rules.")
        self.stdout.write(
            f"Nothing {'broken' if unfinished else 'found'}: {len(RULES)} rules, {Citation.objects.count()} quotes, "
            f"each equal to its span.{f' Unfinished: {unfinished}.' if unfinished else ''}"
        )
