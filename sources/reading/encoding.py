"""Bytes to text: by byte order mark, by pattern, by what the document declares, else as charset-normalizer finds."""

import codecs
import re

from charset_normalizer import from_bytes

MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# What a page may declare: Python knows encodings, such as unicode_escape, that none is written in.
DECLARABLE = re.compile(
    r"(utf-?8|(windows|cp)-?(125[0-8]|866|1125|932|949|936)|ibm866|koi8-?[rut]|kz-?1048|ptcp154|iso-?8859-?\d+"
    r"|latin-?\d|(x-)?mac-?(cyrillic|roman)|us-ascii|ascii|gb2312|gbk|gb18030|big5|euc-?(jp|kr)|shift[-_]?jis)",
    re.IGNORECASE,
)
LIKELY = ["cp1251", "koi8_r", "cp866", "mac_cyrillic", "cp1252"]
HIGH = b"\x00\x04\x20\x21"  # first bytes of Latin, Cyrillic, punctuation and № in UTF-16
SAMPLE = 200_000
NAMES = {"cp1251": "Windows-1251", "cp1252": "Windows-1252", "utf-8": "UTF-8", "cp866": "CP866"}


class NotText(ValueError):
    """Bytes that are text in no encoding known here."""


def decode(data, declared=""):
    """Return (text without byte order mark, the name of its encoding). Errors: NotText."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), encoding.upper()
    if encoding := _utf_16(data):
        return _strictly(data, encoding), encoding.upper()
    for encoding in ["utf-8", *([_python_name(declared)] if DECLARABLE.fullmatch(declared) else [])]:
        try:
            return data.decode(encoding), NAMES.get(encoding, encoding.upper())
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = _guess(data[:SAMPLE])
    return _strictly(data, encoding), NAMES.get(encoding, encoding.upper().replace("_", "-"))


def _python_name(declared):
    """What browsers take a declared name for."""
    name = declared.lower().removeprefix("x-").replace("windows-", "cp")
    return "cp1252" if name in ("iso-8859-1", "latin1", "ascii", "us-ascii") else name


def _strictly(data, encoding):
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise NotText(f"It begins as {encoding.upper()}, but not all of it can be read so.") from error


def _utf_16(data):
    """UTF-16 without a mark: every other byte is one of few, and some of them are NUL."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(data) % 2 or len(data) < 4:
        return None
    for encoding, high, low in (("utf-16-be", sample[::2], sample[1::2]), ("utf-16-le", sample[1::2], sample[::2])):
        few = sum(high.count(one) for one in HIGH)
        if few > 0.9 * len(high) and b"\0" in high and low.count(0) < 0.02 * len(low):
            return encoding
    return None


def _guess(sample):
    """An 8-bit encoding, the likely ones first. Errors: NotText."""
    if sample.count(0) > 0:
        raise NotText("It holds bytes that are no text.")
    best = from_bytes(sample, cp_isolation=LIKELY).best() or from_bytes(sample).best()
    if best is None or best.encoding.startswith("utf"):
        raise NotText("Its bytes are text in no encoding that is known here.")
    if best.encoding == "cp1251" and re.search("[Ќќ]", str(best)):  # no Russian has it; Kazakh has Қ at its place
        return "kz1048"
    return best.encoding
