"""Word parsing: from bytes to paragraphs, in the order of the page, with numbers, notes, text boxes and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from index.ingestion.documents import Document, byline, dateline, sensible_author, sensible_title
from index.ingestion.normalising import one_line
from index.ingestion.word.inline import Fields, alternatives, words_of
from index.ingestion.word.numbering import Numbering
from index.ingestion.word.package import Package, child, is_on, kind, unreadable, value

_WRAPPERS = frozenset(("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo", "mc:Choice"))
_DEEPEST = 40  # tables in tables, and text boxes in them
_HEAD = 6  # paragraphs: headline, byline and date line are among the first,
_PROSE = 150  # and before one with more characters


def read_docx(data: bytes, name: str) -> Document:
    """The final text of a Word document: its paragraphs, rows of tables, notes and text boxes.

    What was inserted or moved in by tracked changes is read, what was deleted is not. A damaged part costs only that
    part, and a note says so. Raises `ArticleError` naming `name` for a file that is broken, locked, or would unpack to
    more than 200 MB.
    """
    package = Package.opened(data, name)
    try:
        path, root = package.document()
        styles = package.part(package.related(path, "styles"), "its styles")
        reader = _DocumentWalk(
            Numbering(package.part(package.related(path, "numbering"), "its automatic numbers"), styles),
            _style_names(styles),
            {
                note: _notes(package.part(package.related(path, f"{note}s"), f"its {note}s"), note)
                for note in ("footnote", "endnote")
            },
        )
        body = child(root, "body")
        blocks = reader.blocks(body) if body is not None else []
    except RecursionError as error:
        raise unreadable(name) from error
    core = package.part(package.related("", "core-properties"), "its properties")
    title = sensible_title(_property(core, "title")) or sensible_title(reader.headline)
    author, published = _take_head(blocks, title)
    notes = tuple(dict.fromkeys([*package.notes, *reader.told]))
    author = author or sensible_author(_property(core, "creator"))
    return Document("\n\n".join(blocks), title, author, None, published, notes)


def _take_head(blocks: list[str], title: str | None) -> tuple[str | None, date | datetime | None]:
    """The byline and the date line among the first paragraphs, which leave the text, as the headline does."""
    author: str | None = None
    published: date | datetime | None = None
    for block in blocks[:_HEAD]:
        if len(block) > _PROSE:
            break
        is_head = title is not None and one_line(block) == title
        if author is None and (author := byline(block)) is not None:
            is_head = True
        if published is None and (published := dateline(block)) is not None:
            is_head = True
        if is_head and len(blocks) > 1:
            blocks.remove(block)
    return author, published


def _property(core: Any, name: str) -> str | None:
    found = (each.text for each in core if kind(each) == f"?:{name}") if core is not None else iter(())
    return next(found, None)


def _style_names(styles: Any) -> dict[str, str]:
    """The name of each style, which is the same in files that Word wrote in any language."""
    return {
        value(each, "styleId") or "": (value(named) or "").lower()
        for each in (styles if styles is not None else ())
        if kind(each) == "style" and (named := child(each, "name")) is not None
    }


def _notes(part: Any, note: str) -> dict[str, Any]:
    """Footnotes or endnotes by their ids; lines that only part them from the text are none."""
    return {
        value(each, "id") or "": each
        for each in (part if part is not None else ())
        if kind(each) == note and value(each, "type") in (None, "normal")
    }


@dataclass(slots=True)
class _DocumentWalk:
    """Walks through a document from top to bottom, counting its lists as it goes."""

    numbering: Numbering
    styles: dict[str, str]
    notes: dict[str, dict[str, Any]]
    headline: str | None = None
    told: list[str] = field(default_factory=list)
    _fields: Fields = field(default_factory=Fields)
    _pending: str = ""  # words before a deleted paragraph end: the next paragraph goes on with them
    _begun: bool = False
    _depth: int = 0

    def blocks(self, parent: Any) -> list[str]:
        """The paragraphs in an element, each with what hangs on it."""
        found: list[str] = []
        for each in self._children(parent):
            if kind(each) == "tbl":
                found += self._table(each)
            else:
                found += self._paragraph(each)
        if self._pending:
            found.append(self._pending)
            self._pending = ""
        return found

    def _children(self, parent: Any) -> Iterator[Any]:
        for each in parent:
            name = kind(each)
            if name in ("p", "tbl"):
                yield each
            elif name in _WRAPPERS:
                yield from self._children(each)
            elif name == "mc:AlternateContent":
                for chosen in alternatives(each):
                    yield from self._children(chosen)
            elif name in ("altChunk", "subDoc"):
                self.told.append("a document inserted into it is not read")

    def _paragraph(self, paragraph: Any) -> list[str]:
        properties = child(paragraph, "pPr")
        words = words_of(paragraph, self._fields)
        text = self._pending + words.text
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._pending = text
            return self._hanging(words)
        self._pending = ""
        found: list[str] = []
        if text.strip():
            styled = child(properties, "pStyle")
            style = self.styles.get(value(styled) or "", "") if styled is not None else ""
            if self.headline is None and (style == "title" or (style == "heading 1" and not self._begun)):
                self.headline = text
            self._begun = True
            label = self.numbering.label(properties) if properties is not None else ""
            if not style.startswith("toc "):  # a table of contents only says again what follows
                found.append(f"{label} {text}" if label else text)
        return found + self._hanging(words)

    def _hanging(self, words: Any) -> list[str]:
        """What stands beside a paragraph: text boxes, then notes."""
        found: list[str] = []
        for box in words.boxes:
            found += self._inside(box)
        for note, number in words.notes:
            there = self.notes[note].pop(number, None)
            if there is not None:
                found += self._inside(there)
        return found

    def _inside(self, element: Any) -> list[str]:
        if self._depth >= _DEEPEST:
            self.told.append("tables or text boxes that lie too deep in others are not read")
            return []
        kept, self._pending, self._depth = self._pending, "", self._depth + 1
        fields, self._fields = self._fields, Fields()
        try:
            return [each for each in self.blocks(element) if each.strip()]
        finally:
            self._pending, self._fields, self._depth = kept, fields, self._depth - 1

    def _table(self, table: Any) -> list[str]:
        """Its rows: in one line each where every cell is one paragraph, else cell by cell, as pages are laid out."""
        found: list[str] = []
        above: dict[int, list[str]] = {}
        for row in _inner(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None or is_on(child(properties, "hidden")):
                continue
            column = _count(child(properties, "gridBefore"), 0)
            cells: list[list[str]] = []
            seen: dict[int, list[str]] = {}
            for cell in _inner(row, "tc"):
                about = child(cell, "tcPr")
                if child(about, "cellDel") is not None:
                    continue
                merged = child(about, "vMerge")
                goes_on = merged is not None and value(merged) != "restart"
                content = self._inside(cell)
                if goes_on and not content:
                    content = above.get(column, [])
                    content = content if len(content) == 1 else []
                if content:
                    cells.append(content)
                seen[column] = content
                column += _count(child(about, "gridSpan"), 1)
            above = seen
            if all(len(content) == 1 and "\n" not in content[0].strip() for content in cells):
                found += [" | ".join(" ".join(content[0].split()) for content in cells)] if cells else []
            else:
                found += [block for content in cells for block in content]
        return found


def _inner(parent: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also those in content controls."""
    for each in parent:
        if kind(each) == name:
            yield each
        elif kind(each) in _WRAPPERS:
            yield from _inner(each, name)


def _count(element: Any, otherwise: int) -> int:
    text = value(element) if element is not None else None
    return min(int(text), 1_000) if text and text.isascii() and text.isdigit() else otherwise
