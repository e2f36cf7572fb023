"""“Report an error”: a mail link with the reference and the address of the page, where an address is set."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from reforms.templatetags.around import mail_link

PAGES = {
    "/claims/C0001/": "C0001",
    "/discrepancies/D0001/": "D0001",
    "/reforms/election-of-akims/": "election-of-akims",
    "/laws/law-on-akims/": "law-on-akims",
    "/sources/report/": "",
    "/": "",
}


def reports(text):
    return [unescape(link) for link in re.findall(r'href="(mailto:[^"]+)"', text)]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_offers_to_report_an_error_once_naming_itself_and_its_record(world, read, settings, page):
    settings.REPORT_ADDRESS = "errors@ledger.example"
    (link,) = reports(read(page))
    asked = parse_qs(urlsplit(link).query, strict_parsing=True)
    ref = PAGES[page]
    assert urlsplit(link).path == "errors@ledger.example"
    assert asked["subject"] == [f"Error in {ref}" if ref else "Error in the Reform Ledger"]
    assert f"Page: http://testserver{page}" in asked["body"][0].split("\r\n")
    assert (f"Reference: {ref}" in asked["body"][0].split("\r\n")) == bool(ref)


@pytest.mark.parametrize("page", PAGES)
def test_where_no_address_is_set_no_page_offers_it(world, read, settings, page):
    settings.REPORT_ADDRESS = ""
    text = read(page)
    assert reports(text) == []
    assert "Report an error" not in text


def test_the_address_of_the_page_cannot_add_to_the_mail(world, read, settings):
    settings.REPORT_ADDRESS = "errors@ledger.example"
    (link,) = reports(read("/sources/report/?claim=C0001&cc=x@y.example&body=%0d%0aBcc:%20z"))
    assert parse_qs(urlsplit(link).query).keys() == {"subject", "body"}
    assert "Page: http://testserver/sources/report/?claim=C0001&cc=x@y.example&body=%0d%0aBcc:%20z" in unquote(link)


def test_everything_but_letters_is_percent_encoded():
    assert mail_link("a b@ledger.example", "https://x/?a=1&b=é", "C0001") == (
        "mailto:a%20b@ledger.example?subject=Error%20in%20C0001&body=Reference%3A%20C0001%0D%0A"
        "Page%3A%20https%3A%2F%2Fx%2F%3Fa%3D1%26b%3D%C3%A9%0D%0A%0D%0A"
        "What%20is%20wrong%2C%20and%20where%20it%20can%20be%20seen%3A%0D%0A"
    )
