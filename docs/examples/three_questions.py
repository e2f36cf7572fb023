"""Three questions about political reforms in Kazakhstan, answered by a running Reform Ledger.

    python three_questions.py [http://127.0.0.1:8000]

Nothing but Python's own library is needed. Each answer has the words that say so, and a link that shows them lit in
their paragraph. Nothing is added up or guessed; what the sources do not state is printed as not stated.
"""

import json
import re
import sys
import time
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

TRIES = 5


def fetch(url):
    """Return the JSON at `url`. Waits where too much was asked for. Errors: SystemExit with what a refusal says."""
    for _ in range(TRIES):
        try:
            with urlopen(url) as answer:
                return json.load(answer)
        except HTTPError as refusal:
            problem = json.load(refusal)
            if refusal.code != 429:
                raise SystemExit(f"{problem['title']}: {problem['detail']} ({url})") from refusal
            time.sleep(problem["retry_after"])
    raise SystemExit(f"Too much is asked for here: still refused after {TRIES} tries ({url})")


def every(address, resource, **asked):
    """Give every row of a list, over all its pages."""
    url = f"{address}/api/v1/{resource}/?{urlencode(asked)}"
    while url:
        page = fetch(url)
        yield from page["results"]
        url = page["next"]


def tell(claim):
    """Print a claim with the words that support it, and where they stand."""
    print(f"  {claim['ref']} ({claim['kind']}): {claim['text']}")
    for citation in claim["citations"]:
        if citation["stance"] == "supports":
            print(f"    “{citation['quote']}”")
            print(f"    {citation['title']}: {citation['url']}")


def became_law(address):
    """Which measures of the third package had become law by mid-2021, and which sentence says so?"""
    asked = {"package": "third-package", "stage__in": "adopted,in_force", "by": "2021-06-30"}
    for milestone in every(address, "milestones", **asked, expand="claim"):
        print(f"\n{milestone['title']}, {milestone['date']['edtf']}, by {milestone['law']}")
        tell(milestone["claim"])
        for discrepancy in every(address, "discrepancies", claim=milestone["claim"]["ref"]):
            print(f"  But {discrepancy['ref']}, {discrepancy['kind']}: {discrepancy['title']}")


def numbers_that_differ(address):
    """On which numbers do the sources contradict each other?"""
    # A number is told by a claim that is a figure, or by one that tells a change of value with digits in it.
    values = {
        change["claim"]
        for parameter in every(address, "parameters")
        for change in parameter["changes"]
        if re.search(r"\d", change["before"] + change["after"])
    }
    for discrepancy in every(address, "discrepancies", kind="contradiction", expand="claims"):
        told = [claim for claim in discrepancy["claims"] if claim["kind"] == "figure" or claim["ref"] in values]
        if len({citation["source"] for claim in told for citation in claim["citations"]}) > 1:
            print(f"\n{discrepancy['title']} ({discrepancy['ref']}, {discrepancy['state']})")
            print(f"  {discrepancy['explanation']}")
            for claim in told:
                tell(claim)


def founding_a_party(address):
    """What changed for founding a party, from what to what, by which law?"""
    asked = {"reform": "party-registration-threshold", "expand": "changes.claim"}
    for parameter in every(address, "parameters", **asked):
        print(f"\n{parameter['name']}")
        for change in parameter["changes"]:
            before, after = change["before"] or "not stated", change["after"] or "not stated"
            laws = "; ".join(law["title"] for law in change["claim"]["laws"]) or "none named"
            day = change["date"]["edtf"] if change["date"] else "no date stated"
            unit = f" {change['unit']}" if change["unit"] else ""
            print(f"  {before} → {after}{unit}, {change['scope']}; {day}; laws: {laws}")
            tell(change["claim"])


def main(address):
    """Ask the ledger at `address`, such as http://127.0.0.1:8000."""
    for number, question in enumerate((became_law, numbers_that_differ, founding_a_party), 1):
        print(f"{number}. {question.__doc__}")
        question(address)
        print()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
