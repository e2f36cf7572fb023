"""Prove the promises over everything that is stored."""

from django.core.management.base import BaseCommand, CommandError

from reforms.audit import RULES, audit
from reforms.models import Citation


class Command(BaseCommand):
    help = "Check every rule over every record; exit 0 only where nothing is found."

    def handle(self, **options):
        findings = audit()
        for finding in findings:
            self.stdout.write(str(finding))
        quotes = Citation.objects.count()
        if findings:
            raise CommandError(f"Findings: {len(findings)}, by {len(RULES)} rules.")
        self.stdout.write(f"Nothing found: {len(RULES)} rules, {quotes} quotes, each equal to its span.")
