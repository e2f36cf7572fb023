"""Files that no one should bring, and odd ones that are read. For each, what is expected of reading it."""

import io
import struct
import zipfile
import zlib
from functools import cache

from tests.documents import FILLER, docx_file, html_page, pdf_file, pdf_of

CYRILLIC = "Президент подписал закон о прямых выборах акимов сельских округов. Выборы пройдут в июле 2021 года."
KAZAKH = "Қазақстан Республикасының Президенті ауыл әкімдерін сайлау туралы заңға қол қойды. Әкімдерді халық сайлайды."


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    """A zip archive of `entries`: name to bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def changed(data, name, change):
    """A Word file with the part `name` changed by `change`, from bytes to bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        entries = {one: old.read(one) for one in old.namelist()}
    return archive(entries | {name: change(entries.get(name, b""))})


def body_of(data, markup):
    """A Word file with `markup` put at the start of its body."""
    return changed(data, "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + markup))


def stream_page(stream, entries=b"", extra=()):
    """A PDF of one page that draws `stream`; `entries`: more of the page."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>"
            % entries,
            stream,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *extra,
        ]
    )


def drawing(operators, filters=b""):
    """A stream object of a PDF."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(operators), filters, operators)


def plain_cases():
    """(name, bytes, expected): a number of paragraphs, or words of the refusal."""
    noise = b"".join(struct.pack("<I", one * 2654435761 % 2**32) for one in range(2000))
    mail = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<html>"
    return [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t\n ", "empty"),
        ("only-mark.txt", b"\xef\xbb\xbf\n", "no paragraph"),
        ("only-no-break-spaces.txt", "\u00a0\n\u00a0".encode(), "no paragraph"),
        ("nul.txt", b"A text with a NUL\0 in it.", "NUL"),
        ("controls.txt", bytes(range(1, 32)) * 20, "controls"),
        ("noise.txt", noise, "no text"),
        ("large.txt", b"a" * (25 * 1024 * 1024 + 1), "larger than 25 MB"),
        ("long-line.txt", b"word " * 30_000, "Paragraph 1 has 150,000 characters"),
        ("many-lines.txt", b"a\n" * 20_001, "20,001 paragraphs"),
        ("many-characters.txt", (b"a" * 99_999 + b"\n") * 51, "5,100,000 characters"),
        ("utf8.txt", f"{CYRILLIC}\n\n{KAZAKH}\n".encode(), 2),
        ("mark.txt", b"\xef\xbb\xbfA text.\r\nIts second line.\r\n", 2),
        ("mac.txt", b"A text.\rIts second line.\r", 2),
        ("utf16-little.txt", f"{CYRILLIC}\n{KAZAKH}".encode("utf-16"), 2),
        ("utf16-big.txt", f"\ufeff{CYRILLIC}\n{KAZAKH}".encode("utf-16-be"), 2),
        ("utf16-without-mark.txt", f"{CYRILLIC}\n{KAZAKH}".encode("utf-16-le"), 2),
        ("utf16-latin-without-mark.txt", "Two lines.\nOf Latin letters.".encode("utf-16-be"), 2),
        ("utf16-half-a-character.txt", b"\xff\xfeA\0\n\0\x3d\xd8", "not all of it"),
        ("utf32.txt", f"\ufeff{CYRILLIC}".encode("utf-32-le"), 1),
        ("cp1251.txt", f"{CYRILLIC}\r\n{CYRILLIC}".encode("cp1251"), 2),
        ("koi8-r.txt", CYRILLIC.encode("koi8-r"), 1),
        ("kz1048.txt", KAZAKH.encode("kz1048"), 1),
        ("many-blank-lines.txt", b"\n" * 20_000_000 + b"A text.", "20,000,007 characters"),
        ("begins-as-a-program.txt", b"MZ is the mark of old programs, but this one is a text. " * 3, 1),
        ("no-suffix", b"A text without a suffix.", 1),
        ("../../etc/passwd", b"A text with a strange name.", 1),
        ("letter.mhtml", mail, "web archive"),
        ("rich.rtf", rb"{\rtf1\ansi Hello}", "rich text"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("picture.txt", b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "before 2007"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("archive.gz", b"\x1f\x8b\x08" + bytes(20), "archive"),
        ("program.exe", b"MZ" + bytes(200), "program"),
        ("feed.xml", b'<?xml version="1.0"?><rss><channel/></rss>', "XML"),
        ("entities.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>', "XML"),
    ]  # fmt: skip


def page_cases():
    """As `plain_cases`, of web pages."""
    deep = b"<html><body>" + b"<div>" * 50_000 + b"A text deep inside." + b"</div>" * 50_000
    active = (
        "<script>alert('no')</script><p onclick='no()'>A text.</p><iframe src='http://127.0.0.1/'>no</iframe>"
        "<object data='http://127.0.0.1/'></object><form action='x'><input value='no'></form><svg onload='no()'/>"
    )
    entity = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>A &a; b</p></body></html>'
    nul = html_page(["A text with\0 a NUL and a half \N{REPLACEMENT CHARACTER}."], body="<p>&#0;&#xD800;B</p>")
    return [
        ("nothing.html", b"<html><head><title>Only a title</title></head><body></body></html>", "no paragraph"),
        ("only-script.html", b"<html><body><script>document.write('x')</script></body></html>", "no paragraph"),
        ("no-tags.html", b"Only words.", "not a web page"),
        ("text.html", b"%PDF-1.7\n1 0 obj", "not a web page"),
        ("page.pdf", html_page(["Error 403: you may not read this report."]), "it is a web page"),
        ("fragment.html", b"<p>One.<p>Two.", 2),
        ("cut.html", html_page(FILLER)[:-200], 2),
        ("active.html", html_page([], body=active), 1),
        ("deep.html", deep, "nested so deeply"),
        ("cp1251.html", html_page([CYRILLIC], encoding="windows-1251"), 1),
        ("wrong-encoding.html", html_page([CYRILLIC]).replace(b'"utf-8"', b'"windows-1251"'), 1),
        ("no-encoding.html", html_page([CYRILLIC], encoding="cp1251").replace(b'"cp1251"', b'"hex"'), 1),
        ("utf16.html", b"\xff\xfe" + html_page([CYRILLIC], encoding="utf-16-le"), 1),
        ("nul.html", nul, 2),
        ("entities.html", entity, 2),
        ("attributes.html", b"<html><body><p " + b"a=b " * 100_000 + b">A text.</p></body></html>", 1),
        ("tables.html", b"<html><body>" + b"<table><tr><td>" * 300 + b"A text.", 1),
    ]  # fmt: skip


def pdf_cases():
    """As `plain_cases`, of PDF files."""
    good = pdf_file([[CYRILLIC, FILLER[0]], [KAZAKH]])
    bomb = zlib.compress(zlib.compress(b"BT /F 1 Tf (a) Tj ET " * 4_000_000, 1))
    locked = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"41" * 32, b"42" * 32)
    loop = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"]
    far = drawing(b"BT /F 1 Tf 1 0 0 1 0 900000000 Tm (a) Tj 1 0 0 1 900000000 0 Tm (b) Tj ET")
    words = drawing(b"BT /F 9 Tf 1 0 0 1 9 9 Tm (A text.) Tj ET")
    return [
        ("good.pdf", good, 3),
        ("good.txt", good, 3),
        ("cut.pdf", good[: len(good) // 2], None),
        ("only-head.pdf", b"%PDF-1.7\n", "PDF is"),
        ("zeros.pdf", b"%PDF-1.7\n" + bytes(1000), "PDF is"),
        ("scan.pdf", pdf_file([[], [], []]), "pictures of pages: 3 pages, none has text"),
        ("no-pages.pdf", pdf_file([]), "no page"),
        ("locked.pdf", pdf_of([*loop], trailer=locked), "password"),
        ("pages-in-a-circle.pdf", pdf_of(loop), "PDF is"),
        ("bomb.pdf", stream_page(drawing(bomb, b"/Filter[/FlateDecode/FlateDecode]")), None),
        ("far-away.pdf", stream_page(far), None),
        ("nested.pdf", stream_page(drawing(b"q " * 5_000 + b"BT /F 9 Tf (a) Tj ET")), None),
        ("javascript.pdf", stream_page(words, b"/AA<</O<</S/JavaScript/JS(no)>>>>"), 1),
        ("huge-number.pdf", good.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 9e999 1]"), None),
    ]  # fmt: skip


def word_cases():
    """As `plain_cases`, of Word files and what looks like them."""
    good = docx_file([("Title", "A report"), CYRILLIC, [["a", "b"], ["c", "d"]]])
    entity = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    run = b"<w:p><w:r><w:t>A text.</w:t></w:r></w:p>"
    defined = changed(good, "word/document.xml", lambda xml: xml.replace(b"<w:doc", entity + b"<w:doc", 1))
    many = archive({f"word/{one}.xml": b"" for one in range(6000)} | {"word/document.xml": b""})
    deep = b"<w:sdt><w:sdtContent>" * 3000 + run + b"</w:sdtContent></w:sdt>" * 3000
    return [
        ("good.docx", good, 4),
        ("cut.docx", good[: len(good) // 2], "broken"),
        ("empty.docx", docx_file(), "no paragraph"),
        ("not.docx", b"Only words.", "not a Word file"),
        ("no-content.docx", archive({"word/document.xml": b""}), "broken"),
        ("rubbish.docx", changed(good, "word/document.xml", lambda xml: xml[:500]), "broken"),
        ("bomb.docx", changed(good, "word/media/a.xml", lambda _: bytes(120_000_000)), "unpacks to more"),
        ("small-bomb.docx", changed(good, "word/media/a.xml", lambda _: bytes(20_000_000)), "far more"),
        ("entities.docx", defined, "entities"),
        ("many-parts.docx", many, "parts"),
        ("deep.docx", body_of(good, deep), None),
        ("controls.docx", body_of(good, run), 5),
        ("spreadsheet.xlsx", archive({"xl/workbook.xml": b"<a/>"}), "spreadsheet"),
        ("spreadsheet.docx", archive({"xl/workbook.xml": b"<a/>"}), "spreadsheet"),
        ("slides.pptx", archive({"ppt/presentation.xml": b"<a/>"}), "presentation"),
        ("open.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument"),
        ("book.epub", archive({"mimetype": b"application/epub+zip"}), "e-book"),
        ("files.zip", archive({"a.txt": b"a"}), "archive"),
        ("broken.zip", b"PK\x03\x04" + bytes(100), "broken archive"),
    ]  # fmt: skip


@cache
def cases():
    """All of them: (name, bytes, expected). `None` is expected where both reading and refusing are right."""
    return [*plain_cases(), *page_cases(), *pdf_cases(), *word_cases()]
