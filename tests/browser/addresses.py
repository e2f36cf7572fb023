"""An address of every kind of page, with the shipped knowledge: short ones that show every part of their kind."""

# Name of the address → addresses.
KINDS = {
    "home": ["/"],
    "reforms": ["/reforms/?topic=constitution", "/reforms/?q=nothing+like+this"],
    "reform": ["/reforms/medical-support-of-convicts/?as_of=2024-05-01"],
    "packages": ["/packages/"],
    "package": ["/packages/second-package/"],
    "laws": ["/laws/"],
    "law": ["/laws/amendments-on-road-traffic/"],
    "events": ["/events/"],
    "event": ["/events/decree-on-human-rights-measures/"],
    "actors": ["/actors/"],
    "actor": ["/actors/mazhilis/"],
    "topics": ["/topics/"],
    "topic": ["/topics/media/"],
    "parameters": ["/parameters/?topic=constitution"],
    "parameter": ["/parameters/death-penalty/"],
    "timeline": ["/timeline/?topic=constitution"],
    "sources": ["/sources/"],
    "source": ["/sources/hearing-state-article/?claim=C0300"],
    "claims": ["/claims/?topic=media"],
    "claim": ["/claims/C0300/"],
    "claim_history": ["/claims/C0300/history/"],
    "discrepancies": ["/discrepancies/?kind=numbering"],
    "discrepancy": ["/discrepancies/D0001/"],
    "search": ["/search/", "/search/?q=akims", "/search/?q=xyzzyx", "/search/?q=%22%28%2A+-+NEAR%2F+OR%00"],
    "about": ["/about/"],
}
NO_PAGES = {"healthz"}
REFUSALS = {"/nothing/": 404, "/reforms/?as_of=yesterday": 400}
# What a kind of page can grow to.
LONG = [
    "/reforms/",
    "/reforms/direct-election-of-rural-akims/",
    "/laws/amendments-and-additions-to-the-law-on-elections/",
    "/parameters/",
    "/timeline/",
    "/claims/",
    "/discrepancies/",
    "/sources/kazinform-three-packages/?claim=C0142",
]
PAGES = [address for addresses in KINDS.values() for address in addresses] + [*REFUSALS]
