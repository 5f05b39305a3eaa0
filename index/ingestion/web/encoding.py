"""Character encodings of web pages: the page's characters, in the encoding that is true rather than named."""

import codecs
import re

from index.ingestion.plaintext import decoded, mended_utf8

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROWSERS_MEAN = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "x-mac-cyrillic": "mac_cyrillic",
}  # fmt: skip
_DAMAGED = 0.002  # of a page's characters: so many that an encoding cannot have are damage, more are another encoding


def markup_of(data: bytes, name: str, content_type: str | None = None) -> str:
    """The page's characters.

    Valid UTF-8 wins over any charset that is named: pages saved by scripts are UTF-8 and still say iso-8859-1. A few
    damaged bytes (an advertisement in Latin-1, a NUL) cost themselves, as in a browser, and not the page. Names of
    encodings mean what browsers take them for ("iso-8859-1" is Windows-1252).

    Raises `ArticleError` naming `name` where the bytes are not text.
    """
    wide = re.match(rb"(?:\x00<|<\x00)", data[:2])
    if wide:
        return data.decode("utf-16-be" if data[:1] == b"\x00" else "utf-16-le", "replace")
    if data.startswith(_MARKS[1:]):
        return decoded(data, name)
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\x00", b"")
    if b"\x1b" not in data:  # ISO-2022-JP is made of ASCII and escapes
        text = mended_utf8(data)
        if text is not None:
            return text
    named = re.search(r"charset=\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
    in_page = _CHARSET.search(data[:4096])
    for charset in (named[1] if named else None, in_page[1].decode("ascii", "replace") if in_page else None):
        text = _as_named(data, charset) if charset else None
        if text is not None:
            return text
    return decoded(data, name)


def _as_named(data: bytes, charset: str) -> str | None:
    codec = _BROWSERS_MEAN.get(charset.lower(), charset)
    try:
        text = data.decode(codec, "replace")
    except (UnicodeError, LookupError, ValueError):
        return None
    if not isinstance(text, str) or text.count("\ufffd") > max(1, _DAMAGED * len(text)):
        return None
    return text
