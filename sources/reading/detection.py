"""What a document is, by its bytes. A file named as what it is not is refused: it is often a page of an error."""

import io
import re
import zipfile

from sources.reading.document import CannotRead

MOST_ENTRIES = 5_000
READ = "Plain text, web pages (.html), PDF and Word files (.docx) are read."
NAMES = {"text": "plain text", "html": "a web page", "pdf": "a PDF", "docx": "a Word file (.docx)"}
SUFFIXES = {"pdf": "pdf", "docx": "docx", "html": "html", "htm": "html", "xhtml": "html"}
OTHERS = [
    (rb"\{\\rtf", "a rich text file (.rtf): save it as .docx"),
    (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0{4}|RIFF.{4}WEBP|.{4}ftyp(heic|avif|mif1)",
     "a picture: its words have to be typed or read by a scanner's software first"),
    (rb"\x1f\x8b|BZh\d|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\xfd7zXZ\0|\x28\xb5\x2f\xfd|.{257}ustar",
     "an archive: take the document out of it"),
    (rb"\x7fELF|MZ[^\0]{0,200}\0|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", "a program"),
    (rb"%!PS", "a PostScript file: save it as .pdf"),
    (rb"AT&TFORM", "a DjVu file: save it as .pdf with its text"),
    (rb".{60}BOOKMOBI", "a Kindle book"),
    (rb"SQLite format 3\0", "a database"),
    (rb"ID3[\x02-\x04]|OggS\0|fLaC\0|RIFF.{4}(WAVE|AVI )|.{4}ftyp|\x1aE\xdf\xa3", "a recording of sound or pictures"),
    (rb"bplist00", "a web archive of Safari: save the page as .html"),
]  # fmt: skip
MAIL = re.compile(rb"(from|mime-version|subject|date|snapshot-content-location|received|return-path):", re.IGNORECASE)
HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"<(p|div|h[1-6]|ul|ol|table|article|section|main|span|br|a|meta|title|frameset|pre)\b", re.IGNORECASE)


def detect(data, file_name=""):
    """Return what `data` is: text, html, pdf or docx (of Source.Format). Errors: CannotRead."""
    is_format = _by_content(data)
    suffix = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    named = SUFFIXES.get(suffix)
    if named == "html" and is_format == "text" and TAG.search(_peek(data)):
        return "html"
    if named and named != is_format:
        is_not = f"The file is named .{suffix}, but it is not {NAMES[named]}: by its content it is {NAMES[is_format]}"
        raise CannotRead(f"{is_not}. Save the document again, or name it as what it is.")
    return is_format


def _by_content(data):
    if re.search(rb"%PDF-\d", data[:1024]) and (data.lstrip().startswith(b"%PDF-") or b" obj" in data):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise CannotRead(_ole(data))
    for pattern, what in OTHERS:
        if re.match(pattern, data, re.DOTALL):
            raise CannotRead(f"This is {what}. {READ}")
    if MAIL.match(data) and re.search(rb"multipart/(related|mixed|alternative)", data[:4096], re.IGNORECASE):
        raise CannotRead("This is a letter or a web archive (.mhtml): save the page as .html.")
    return _text(_peek(data))


def _text(start):
    if HTML.match(start):
        return "html"
    if re.match(r"\s*<\?xml", start):
        if re.search(r"<html\b", start, re.IGNORECASE):
            return "html"
        what = "a drawing (.svg)" if "<svg" in start else "an XML file"
        raise CannotRead(f"This is {what}. {READ}")
    return "text"


def _peek(data):
    """The first characters, of any encoding in which ASCII stays ASCII, or of UTF-16."""
    return data[:8192].replace(b"\0", b"").decode("ascii", "ignore")


def _ole(data):
    """The file format of Office before 2007, in which locked newer files are wrapped as well."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "The file is locked with a password: save it without one."
    if "WordDocument".encode("utf-16-le") in data:
        return "This is a Word file of before 2007 (.doc): save it as .docx."
    return f"This is an Office file of before 2007 (.doc, .xls, .ppt). {READ}"


def _zip(data):
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:  # of each entry; opening the archive takes memory for all of them
        raise CannotRead(f"The file is an archive of more than {MOST_ENTRIES:,} parts: it is not opened.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = (
                archive.read("mimetype") if "mimetype" in names and archive.getinfo("mimetype").file_size < 99 else b""
            )
    except Exception as error:
        raise CannotRead("The file is a broken archive (.docx files are one): bring it again.") from error
    if "word/document.xml" in names:
        return "docx"
    what = "an archive (.zip): take the document out of it"
    if kind.startswith(b"application/epub"):
        what = "an e-book (.epub)"
    elif kind.startswith(b"application/vnd.oasis.opendocument"):
        what = "an OpenDocument file (.odt, .ods): save it as .docx"
    elif any(name.startswith("xl/") for name in names):
        what = "a spreadsheet (.xlsx)"
    elif any(name.startswith("ppt/") for name in names):
        what = "a presentation (.pptx)"
    raise CannotRead(f"This is {what}. {READ}")
