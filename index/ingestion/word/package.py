"""The parts of a Word file: a zip of XML files, which may be damaged one by one, in either of Word's two dialects."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # carries no type hints

from index.errors import ArticleError

_MOST_UNPACKED = 200_000_000  # bytes
_OLE = b"\xd0\xcf\x11\xe0"  # what old .doc files, and those locked with a password, begin with
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # "Strict Open XML"
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PREFIXES = {**dict.fromkeys(_WORD, ""), **dict.fromkeys(_MATH, "m:"), _COMPATIBLE: "mc:"}


def kind(element: Any) -> str:
    """The name of an element: plain for Word's own, with "m:" for formulas and "mc:" for alternatives.

    Names of other kinds have "?:" before them, comments and the like are "".
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, name = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
    return _PREFIXES.get(space, "?:") + name


def value(element: Any, name: str = "val") -> str | None:
    """An attribute of Word's, in either dialect."""
    for space in _WORD:
        found = element.get(f"{{{space}}}{name}")
        if found is not None:
            return str(found)
    return None


def child(element: Any, *names: str) -> Any:
    """The first child of that name, its first child of the next name, and so on; None where there is none."""
    for name in names:
        element = next((each for each in element if kind(each) == name), None) if element is not None else None
    return element


def is_on(element: Any) -> bool:
    """Whether a switch is there and not set to off."""
    return element is not None and (value(element) or "true").lower() not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Package:
    """An opened Word file. `notes` tell which parts are damaged."""

    name: str
    notes: list[str] = field(default_factory=list)
    _zip: zipfile.ZipFile | None = None
    _names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, data: bytes, name: str) -> "Package":
        """Raises `ArticleError` for a file that is no zip, is locked, or would unpack to more than 200 MB."""
        if data.startswith(_OLE):
            raise ArticleError(
                f"{name} is locked with a password or is an old .doc; save it again as .docx without a password."
            )
        try:
            opened = zipfile.ZipFile(io.BytesIO(data))
            unpacked = sum(entry.file_size for entry in opened.infolist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise unreadable(name) from error
        if unpacked > _MOST_UNPACKED:
            raise ArticleError(
                f"{name} unpacks to {unpacked // 1_000_000} MB, over the limit of 200 MB; save the article as text."
            )
        return cls(name, [], opened, {each.lower(): each for each in opened.namelist()})

    def document(self) -> tuple[str, Any]:
        """The path of the main part, and its root. Raises `ArticleError` where there is none that can be read."""
        path = self.related("", "officeDocument") or "word/document.xml"
        data = self._bytes(path)
        if data is None:
            raise unreadable(self.name)
        try:
            return path, etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError):
            root = _recovered(data)
            if root is None:
                raise unreadable(self.name) from None
            self.notes.append("a part of the text is damaged and may be missing")
            return path, root

    def part(self, path: str | None, what: str) -> Any:
        """The root of another part, or None where there is none; `what` is what a note calls it where it is damaged."""
        if path is None or path.lower() not in self._names:
            return None
        data = self._bytes(path)
        try:
            if data is not None:
                return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError):
            pass
        self.notes.append(f"{what} cannot be read and are missing")
        return None

    def related(self, path: str, relation: str) -> str | None:
        """The path of the part that stands in a relation to the one at `path`, whose end is `relation`."""
        folder, file = posixpath.split(path)
        data = self._bytes(posixpath.join(folder, "_rels", f"{file}.rels"))
        try:
            root = etree.fromstring(data, _parser()) if data is not None else []
        except (etree.XMLSyntaxError, ValueError):
            return None
        for each in root:
            if each.get("Type", "").rpartition("/")[2] == relation and each.get("TargetMode") != "External":
                target = each.get("Target", "")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None

    def _bytes(self, path: str) -> bytes | None:
        """The content of a part; None where there is none, or it cannot be unpacked."""
        there = self._names.get(path.lower())
        if there is None or self._zip is None:
            return None
        try:
            return self._zip.read(there)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
            return None


def unreadable(name: str) -> ArticleError:
    """What is said of a file that nothing can be read of."""
    return ArticleError(
        f"{name} is not a Word document that can be read; save it again as .docx, or save the article as text."
    )


def _parser(recover: bool = False) -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, recover=recover
    )


def _recovered(data: bytes) -> Any:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
