"""Subtitles (.srt, .vtt): what is said, in sentences and with who says it, without times and numbers."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import ArticleError
from index.ingestion.kinds.wrapped import Wrapped
from index.ingestion.paragraphs import ends_sentence

_TIMES = re.compile(
    r"\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})(?:\s.*)?"
)
_VOICE = re.compile(r"<v(?:\.[\w.]*)?\s+([^<>]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
_PAUSE = 4.0  # seconds: after a longer one, another paragraph begins
_LONG = 500  # characters: a paragraph with more ends with its sentence


@dataclass(frozen=True, slots=True)
class _Caption:
    start: float
    end: float
    voice: str
    text: str


def unwrapped_subtitles(text: str, name: str) -> Wrapped:
    """What is said, as paragraphs; a speaker whom the file names stands before it. Raises `ArticleError`."""
    paragraphs: list[str] = []
    last: _Caption | None = None
    for cue in _cues(text):
        goes_on = last is not None and cue.voice == last.voice and cue.start - last.end < _PAUSE
        if (
            goes_on
            and not cue.text.startswith("- ")
            and not (len(paragraphs[-1]) > _LONG and ends_sentence(paragraphs[-1]))
        ):
            if last is not None and cue.text != last.text:  # the same line shown for longer is said once
                paragraphs[-1] += " " + cue.text
        else:
            paragraphs.append(f"{cue.voice}: {cue.text}" if cue.voice else cue.text)
        last = cue
    if not paragraphs:
        raise ArticleError(f"{name} holds no subtitles that can be read; save what is said as text.")
    return Wrapped("text", "\n\n".join(paragraphs).encode("utf-8", "replace"))


def _cues(text: str) -> Iterator[_Caption]:
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        timed = next((place for place, line in enumerate(lines[:3]) if _TIMES.fullmatch(line)), None)
        if timed is None:
            continue  # a header, a note or a style
        found = _TIMES.fullmatch(lines[timed])
        said = "\n".join(lines[timed + 1 :])
        voice = _VOICE.search(said)
        words = " ".join(html.unescape(_TAG.sub("", said)).split())
        if found is not None and words:
            numbers = [int(each or 0) for each in found.groups()]
            yield _Caption(_seconds(numbers[:4]), _seconds(numbers[4:]), voice[1].strip() if voice else "", words)


def _seconds(parts: list[int]) -> float:
    hours, minutes, seconds, thousandths = parts
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
