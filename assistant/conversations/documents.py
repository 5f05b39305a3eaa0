"""HTML and Word export: the Markdown that `export` and `clippings` write, as a page or a Word document."""

import html
import io
import re
import zipfile

_HEADING = re.compile(r"(#{1,3}) (.*)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~|$&#!\-+=.()])")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
_NOTE = re.compile(r"\[\^([\d-]+)\](:?)")

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)
_STYLE = "body{font:1.05rem/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem}blockquote{margin:1rem 0}"


def html_page(title: str, markdown: str) -> str:
    """A page of its own; every character of the text is a character in it.

    >>> "<h1>One</h1>" in html_page("One", "# One")
    True
    """
    body = []
    for kind, text in _blocks(markdown):
        said = _linked(html.escape(text)).replace("\n", "<br>")
        body.append(f"<{kind}>{said}</{kind}>")
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>'


def word_document(markdown: str) -> bytes:
    """A Word document of the same parts: three files in an archive, as the format asks for at the least."""
    body = "".join(_paragraph(kind, line) for kind, text in _blocks(markdown) for line in text.split("\n"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"{_XML}{_TYPES}")
        archive.writestr("_rels/.rels", f"{_XML}{_RELATIONS}")
        archive.writestr(
            "word/document.xml", f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        )
    return made.getvalue()


def _paragraph(kind: str, line: str) -> str:
    size = {"h1": 36, "h2": 28, "h3": 24}.get(kind)
    runs = f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>' if size else ""
    indent = '<w:pPr><w:ind w:left="567"/></w:pPr>' if kind == "blockquote" else ""
    said = html.escape(_CONTROL.sub(" ", line))
    return f'<w:p>{indent}<w:r>{runs}<w:t xml:space="preserve">{said}</w:t></w:r></w:p>'


def _blocks(markdown: str) -> list[tuple[str, str]]:
    """The parts of our Markdown: h1 to h3, blockquote and p, each with its text as it is read."""
    found = []
    for block in markdown.strip().split("\n\n"):
        heading = _HEADING.fullmatch(block)
        if heading:
            found.append((f"h{len(heading[1])}", _read(heading[2])))
            continue
        lines = [line.strip() for line in block.split("\n")]
        quoted = [line.removeprefix(">").strip() for line in lines if line.startswith(">")]
        said = [line for line in lines if not line.startswith(">")]
        found += [("p", _read("\n".join(said)))] if said else []
        found += [("blockquote", _read("\n".join(quoted)))] if quoted else []
    return found


def _read(text: str) -> str:
    return _ESCAPED.sub(r"\1", _ADDRESS.sub(r"\1", _NOTE.sub(r"[\1]\2", text)))


def _linked(escaped: str) -> str:
    return re.sub(r"https?://[^\s<]+", lambda found: f'<a href="{found[0]}" rel="noopener">{found[0]}</a>', escaped)
