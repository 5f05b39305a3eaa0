"""Plain text of a piece of HTML, with a line for each element that stands on its own in a browser."""

from html.parser import HTMLParser

_LINES = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main "
    "ol p pre section table td th tr ul".split()
)
_HIDDEN = frozenset(("script", "style", "head", "title", "template", "noscript"))


def text_of_html(markup: str) -> str:
    """What is seen of `markup`, paragraphs with blank lines between.

    >>> text_of_html("<p>It <b>ended</b>.</p><p>Nobody was hurt.</p>")
    'It ended.\\n\\nNobody was hurt.'
    """
    parser = _Seen()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\f"))
    return "\n\n".join(line for line in lines if line)


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        if tag in _LINES:
            self.pieces.append("\f")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        if tag in _LINES:
            self.pieces.append("\f")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data.replace("\f", " "))
