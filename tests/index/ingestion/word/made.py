"""Word files made of the XML that a test is about."""

import io
import zipfile

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    _WORD: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    _RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SPACES = (
    f'xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def p(*runs: str, about: str = "") -> str:
    """A paragraph of runs (words without markup become one), with these properties."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{inside}</w:p>"


def r(text: str) -> str:
    """A run of words."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str) -> str:
    """A row of a table; words without markup become a cell of one paragraph."""
    return f"<w:tr>{''.join(each if each.startswith('<') else f'<w:tc>{p(each)}</w:tc>' for each in cells)}</w:tr>"


def word_file(body: str, *, strict: bool = False, title: str = "", author: str = "", **parts: str | bytes) -> bytes:
    """A Word file with this body, and these parts: `footnotes="<w:footnote …"`; bytes are put in as they are."""

    def written(text: str) -> str:
        for one, other in _STRICT.items() if strict else ():
            text = text.replace(one, other)
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'

    def relations(*pairs: tuple[str, str]) -> str:
        inside = "".join(
            f'<Relationship Id="r{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(pairs)
        )
        return written(f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>')

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        parcel.writestr(
            "_rels/.rels", relations(("officeDocument", "word/document.xml"), ("core-properties", "core.xml"))
        )
        parcel.writestr("word/_rels/document.xml.rels", relations(*((kind, f"{kind}.xml") for kind in parts)))
        parcel.writestr("word/document.xml", written(f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"))
        parcel.writestr(
            "core.xml",
            f'<c:coreProperties xmlns:c="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></c:coreProperties>",
        )
        for kind, content in parts.items():
            inside = content if isinstance(content, bytes) else written(f"<w:{kind} {_SPACES}>{content}</w:{kind}>")
            parcel.writestr(f"word/{kind}.xml", inside)
    return made.getvalue()
