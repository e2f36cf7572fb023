"""The text of one paragraph of a Word file, as it is seen: with what was inserted, without what was deleted."""

from docx.oxml.ns import qn

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
UNSEEN = {qn(f"w:{one}") for one in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "rt")} | {f"{MC}Fallback"}
SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:cr"): "\r", qn("w:noBreakHyphen"): "\u2011"}
BOX = qn("w:txbxContent")


def text_of(paragraph):
    """Return (text, the text boxes in it). U+000D stands for a line break in it, and two for that of a page."""
    words: list[str] = []
    boxes: list = []
    waiting = list(reversed(paragraph))
    while waiting:  # not by recursion: a hostile file nests deeply
        element = waiting.pop()
        if element.tag == BOX:
            boxes.append(element)
        elif element.tag in (qn("w:t"), MATH):
            words.append(" ".join((element.text or "").split("\n")))
        elif element.tag == qn("w:br"):
            words.append("\r\r" if element.get(qn("w:type")) == "page" else "\r")
        elif element.tag == qn("w:sym"):
            words.append(symbol(element))
        elif element.tag in SIGNS:
            words.append(SIGNS[element.tag])
        elif element.tag not in UNSEEN and not is_hidden(element):
            waiting.extend(reversed(element))
    return "".join(words), boxes


def is_hidden(run):
    """Whether a run is set not to be seen."""
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false", "off")


def symbol(element):
    """The character of a symbol; those of a font of its own stand in Unicode's private use area and mean nothing."""
    code = element.get(qn("w:char")) or ""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ue000" <= character <= "\uf8ff" else character
