"""Tracked changes of Word: the final text of a paragraph, with insertions and without deletions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.ingestion.word.package import child, is_on, kind, value

#: What holds words and is no word itself: content controls, smart tags, links, tracked insertions and moves, ...
WRAPPERS = frozenset(
    ("sdt", "sdtContent", "smartTag", "customXml", "hyperlink", "fldSimple", "ins", "moveTo", "dir", "bdo", "ruby",
     "rubyBase", "mc:Choice")
)  # fmt: skip
#: What was deleted or moved away, and what is shown only as a number or beside the text.
GONE = frozenset(("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "fldData"))
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class InlineText:
    """The text of a paragraph, and what hangs on it: ids of notes, and contents of text boxes, in their order."""

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class Fields:
    """Where in the fields of a document we are: the words of an instruction are not shown, those of its result are."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def mark(self, what: str | None) -> None:
        """A field begins, goes over to its result, or ends."""
        if what == "begin":
            self._open.append(False)
        elif what == "separate" and self._open:
            self._open[-1] = True
        elif what == "end" and self._open:
            self._open.pop()

    @property
    def shown(self) -> bool:
        """Whether words here are shown."""
        return all(self._open)


def words_of(paragraph: Any, fields: Fields) -> InlineText:
    """The words of a paragraph."""
    found = InlineText()
    pieces: list[str] = []
    _gather(paragraph, fields, found, pieces)
    found.text = "".join(pieces)
    return found


def alternatives(element: Any) -> Iterator[Any]:
    """Of two ways to say the same, for new and for old versions of Word, the first that has words."""
    for each in element:
        if kind(each) in ("mc:Choice", "mc:Fallback") and any(kind(inner) in ("t", "m:t") for inner in each.iter()):
            yield each
            return


def _gather(element: Any, fields: Fields, found: InlineText, pieces: list[str]) -> None:
    for each in element:
        name = kind(each)
        if name == "r":
            if not is_on(child(each, "rPr", "vanish")):
                _run(each, fields, found, pieces)
        elif name in WRAPPERS:
            _gather(each, fields, found, pieces)
        elif name == "mc:AlternateContent":
            for chosen in alternatives(each):
                _gather(chosen, fields, found, pieces)
        elif name in ("m:oMath", "m:oMathPara"):
            pieces += [inner.text or "" for inner in each.iter() if kind(inner) == "m:t"]
        elif name.startswith("?:") or name in ("drawing", "pict"):
            _boxes(each, found)


def _run(run: Any, fields: Fields, found: InlineText, pieces: list[str]) -> None:
    for each in run:
        name = kind(each)
        if name == "fldChar":
            fields.mark(value(each, "fldCharType"))
        elif not fields.shown or name in GONE:
            continue
        elif name in ("t", "br", "sym", *_SIGNS):
            pieces.append(_characters(each, name))
        elif name in ("footnoteReference", "endnoteReference"):
            found.notes.append((name.removesuffix("Reference"), value(each, "id") or ""))
        elif name == "mc:AlternateContent":
            for chosen in alternatives(each):
                _run(chosen, fields, found, pieces)
        elif name in ("drawing", "pict", "object"):
            _boxes(each, found)
        elif name == "ruby":
            _gather(each, fields, found, pieces)


def _characters(element: Any, name: str) -> str:
    match name:
        case "t":
            return element.text or ""
        case "br":
            return "\n" if value(element, "type") in (None, "textWrapping") else " "
        case "sym":
            return _symbol(value(element, "char"))
    return _SIGNS[name]


def _boxes(element: Any, found: InlineText) -> None:
    """The text boxes in a drawing; one in another is read with that."""
    for each in element:
        if kind(each) == "txbxContent":
            found.boxes.append(each)
        elif kind(each) == "mc:AlternateContent":
            for chosen in alternatives(each):
                _boxes(chosen, found)
        else:
            _boxes(each, found)


def _symbol(code: str | None) -> str:
    """A sign out of a font of signs; those that only the font knows are left out."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return "" if 0xE000 <= number <= 0xF8FF or not 0x20 <= number < 0xD800 else chr(number)
