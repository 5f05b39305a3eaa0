"""Text normalisation: the one Unicode form that every offset counts in.

Two steps: `clean` removes characters that no reader sees, and `paragraphs` puts lines together again that
only the width of a page, or its end, had torn apart.
"""

import re
import unicodedata
from functools import cache

from index.ingestion.paragraphs import paragraphs

_LINE_ENDS = re.compile("\r\n|[\r\v\x85\u2028]")
_SOFT_HYPHENS = re.compile("\u00ad+(\\s*+)(?=(\\w?))")
# Control characters but newline, tab and form feed; marks that only steer direction, width or language; lone
# surrogates; noncharacters. Tabs and form feeds still carry meaning here: columns and page ends.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_JOINER_SCRIPTS = "\u0600-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af"  # Arabic to Sinhala, Tibetan, Khmer, ...
_STRAY_JOINERS = re.compile(
    f"(?<![{_JOINER_SCRIPTS}])[\u200c\u200d]+|[\u200c\u200d]+(?![{_JOINER_SCRIPTS}\u200c\u200d])"
)
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def normalise(text: str) -> str:
    """The same words in whole paragraphs: one line each, with exactly one blank line between them.

    Sentences broken by line ends, blank lines or page breaks (form feeds) are whole again, and a word broken
    after its hyphen keeps the hyphen. Headings, list items, table rows and lines of verse stay on their own.
    Quotation marks and dashes stay what they are; characters that nobody sees go; the rest is Unicode NFC.
    Text that is normalised already comes back unchanged. Takes time in proportion to the length of `text`.

    >>> normalise("Talks on the plant\\n\\n\\nremained stuck, an ultra-\\nconservative envoy said. ")
    'Talks on the plant remained stuck, an ultra-conservative envoy said.'
    """
    return "\n\n".join(paragraphs(clean(text)))


def one_line(text: str) -> str:
    """`text` as a title or a name is shown: clean, in one line, without runs of spaces.

    >>> one_line("  Talks\\n end ")
    'Talks end'
    """
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """`text` with `\\n` line ends, plain spaces and tabs, without unseen characters, in Unicode NFC."""
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _SOFT_HYPHENS.sub(_without_soft_hyphen, text)
    text = _UNSEEN.sub("", text)
    text = _STRAY_JOINERS.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _long_mark_runs().sub(_in_canonical_order, text))
    return _SPACES.sub(lambda space: "\t" if space[0] == "\t" else " ", text)


def _without_soft_hyphen(found: re.Match[str]) -> str:
    """A soft hyphen before a line end says that the word goes on; anywhere else it is nothing."""
    gap, following = found[1], found[2]
    return "" if ("\n" in gap or "\f" in gap) and following.islower() else gap


@cache
def _long_mark_runs() -> re.Pattern[str]:
    marks = "".join(
        character
        for character in map(chr, range(0x300, 0x20000))
        if not 0xD800 <= ord(character) <= 0xDFFF and unicodedata.combining(unicodedata.normalize("NFD", character)[0])
    )
    return re.compile(f"[{marks}]{{32,}}+")


def _in_canonical_order(found: re.Match[str]) -> str:
    """A long run of accents, sorted as NFC will sort it: left to itself, NFC sorts in quadratic time."""
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in found[0])
    return "".join(sorted(marks, key=unicodedata.combining))
