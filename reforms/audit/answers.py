"""Which findings are answered: by a discrepancy that holds what they are about, or by a person with a reason."""

from collections import defaultdict

from reforms.models import AnsweredFinding, Discrepancy, DiscrepancyClaim, Finding


class Answers:
    """All answers that are stored, and which of them answered something so far."""

    def __init__(self):
        self.given = {
            (rule, record, about): reason
            for rule, record, about, reason in AnsweredFinding.objects.values_list("rule", "record", "about", "reason")
        }
        self.used = set()
        public = Discrepancy.objects.public()
        self.holding = defaultdict(set)
        for ref, key in DiscrepancyClaim.objects.filter(discrepancy__in=public.values("pk")).values_list(
            "claim__ref", "discrepancy_id"
        ):
            self.holding[ref].add(key)
        self.discrepancies = {key: f"{ref} {title}" for key, ref, title in public.values_list("pk", "ref", "title")}

    def answer(self, finding, rule):
        """Give `finding` its answer, where there is one."""
        if rule.answerable and (reason := self.given.get(finding.identity)):
            self.used.add(finding.identity)
            finding.answer, finding.reason = Finding.Answer.ACKNOWLEDGED, reason
        elif rule.by_discrepancy and (held := self._held(finding, rule.by_discrepancy)):
            finding.answer = Finding.Answer.DISCREPANCY
            finding.reason = "; ".join(self.discrepancies[key] for key in sorted(held))

    def left(self):
        """Return the identities of the answers that answered nothing, sorted."""
        return sorted(self.given.keys() - self.used)

    def _held(self, finding, how):
        """The discrepancies that hold the claims of `finding` in the way that its rule asks for."""
        return how([self.holding.get(ref, set()) for ref in finding.claims]) if finding.claims else set()
