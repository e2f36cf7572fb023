"""A small set of curated data in which every kind of record stands once."""

TEXT = "Heading\n\nThe law was adopted. The law is in force.\n\nA party needs 20,000 members.\n"
GOOD = {
    "sources.yaml": """\
- slug: a-source
  file_name: a.txt
  name: A source
  title: Heading
  published: 2021-06~
  show: full
  kinds:
    "1": heading 1
""",
    "topics.yaml": "- {slug: parties, name: Parties, summary: Parties and their members.}\n",
    "actors.yaml": "- {slug: a-minister, name: A Minister, kind: person, aliases: [Minister A]}\n",
    "events.yaml": "- {slug: a-meeting, title: A meeting, kind: council_meeting, date: 2020-01-01, claim: C0001}\n",
    "reforms.yaml": """\
- slug: party-threshold
  title: Lower threshold
  topics: [parties]
  milestones:
    - ref: M0001
      stage: adopted
      date: "[2020-02-06,2020-06-02]"
      claim: C0001
      law: a-law
""",
    "laws.yaml": """\
- slug: a-law
  name: A law
  rank: law
  status: adopted
  dates:
    - {kind: dated, date: 2020-05-25, claim: C0001}
  reforms:
    - {reform: party-threshold, effect: implements, claim: C0001}
""",
    "claims/a-source.yaml": """\
- ref: C0001
  text: A law was adopted.
  kind: adopted
  reforms: [party-threshold]
  laws: [a-law]
  events: [a-meeting]
  actors:
    - {actor: a-minister, part: says, office: Minister}
  cites:
    - at: a-source#2
      quote: The law was adopted
    - at: a-source#2
      quote: The law
      suffix: " is"
- ref: C0002
  text: A party needs 20,000 members.
  kind: figure
  reforms: [party-threshold]
  cites:
    - {at: a-source#3, quote: "20,000 members"}
""",
    "packages.yaml": """\
- slug: a-package
  name: A package
  event: a-meeting
  stated_count: "1"
  stated_count_claim: C0001
  items:
    - {position: "1", number: "1", reform: party-threshold, claim: C0001}
""",
    "parameters.yaml": """\
- slug: members
  name: Members
  reform: party-threshold
  changes:
    - {after: "20,000", unit: members, claim: C0002}
""",
    "discrepancies.yaml": """\
- {ref: D0001, title: They differ, kind: contradiction, claims: [C0001, C0002], explanation: They do not fit.}
""",
}


def curated(tmp_path, **changed):
    """Write the good files, each `changed` one (old words, new words) or replaced; return the two folders."""
    folder, texts = tmp_path / "fixtures" / "curated", tmp_path / "fixtures" / "texts"
    for name, words in GOOD.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in changed.get(path.stem.replace("-", "_"), []):
            assert old in words, "the change changes nothing"
            words = words.replace(old, new, 1)
        path.write_text(words, encoding="utf-8")
    texts.mkdir(parents=True, exist_ok=True)
    (texts / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder, texts
