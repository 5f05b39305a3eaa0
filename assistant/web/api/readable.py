"""MCP results as text: what a tool found, to be read by a model or a person; the same goes beside it as data."""

from collections.abc import Sequence

from assistant.schemas import AnswerInfo, ArticleText, CitationInfo, EntryInfo, PassageInfo, PersonInfo
from index.article import ArticleInfo

#: Passages that a refusal names.
_NEAREST = 3


def answer(found: AnswerInfo) -> str:
    """An answer with its sources; a refusal with the nearest passages."""
    if not found["answered"]:
        near = [f"{each['text']}\n{_place(each)}" for each in found["passages"][:_NEAREST]]
        return "\n\n".join([found["text"], *(["The nearest passages:"] if near else []), *near, *found["notices"]])
    written = found["mode"] == "written"
    sources = [_source(each, quoted=written) for each in found["citations"]]
    return "\n\n".join([found["text"], *_parts(found), "\n".join(sources), *found["notices"]])


def _parts(found: AnswerInfo) -> list[str]:
    """The sections by their numbers, and where the papers differ and what they share, a line each."""
    lines = [f"{each['title']}: {''.join(f'[{number}]' for number in each['citations'])}" for each in found["sections"]]
    for contrast in found["contrasts"]:
        given = "; ".join(f"{each['text']} [{each['citation']}]" for each in contrast["spans"])
        about = f" ({contrast['about']})" if contrast["about"] else ""
        lines.append(f"{'The same' if contrast['same'] else 'They differ'}{about}: {given}")
    lines += [f"The check is {_held(each['sure'])}: {each['text']}" for each in found["sentences"]]
    return ["\n".join(lines)] if lines else []


def _held(sure: str) -> str:
    return f"{sure} that the articles say" if sure.endswith("sure") else f"proven, as it is {sure}"


def passages(found: Sequence[PassageInfo]) -> str:
    """Passages, best first."""
    listed = (f"{number}. {each['text']}\n{_place(each)}" for number, each in enumerate(found, start=1))
    return "\n\n".join(listed) or "No passage was found."


def people(found: Sequence[PersonInfo]) -> str:
    """Everybody who speaks, a line each."""
    lines = (
        f"{', '.join(filter(None, (each['name'], each['office'])))}: "
        f"{_counted(each['statements'], 'statement')} in {_counted(each['articles'], 'article')}"
        for each in found
    )
    return "\n".join(lines) or "Nobody speaks in these articles."


def statements(found: Sequence[CitationInfo]) -> str:
    """All that somebody says."""
    return "\n\n".join(_source(each, quoted=True) for each in found) or "No statement was found."


def entries(found: Sequence[EntryInfo]) -> str:
    """Articles, a line each, with the ids that `read_article` takes."""
    return "\n".join(f"{each['article']['id']}: {_named(each['article'])}" for each in found) or "No article was found."


def article(found: ArticleText) -> str:
    """An article's words, and which of them these are."""
    part = f"Characters {found['start']} to {found['end']} of {found['length']}:"
    return f"{_named(found['article'])}\n{part}\n\n{found['text']}"


def _source(citation: CitationInfo, *, quoted: bool) -> str:
    speaker = citation["speaker"]
    said = f" {', '.join(filter(None, (speaker['name'], speaker['office'])))}:" if speaker else ""
    words = f"{said} “{citation['quote']}”\n" if quoted else f"{said} "
    also = "".join(f"; also in {_named(each['article'])}" for each in citation["also"])
    return f"[{citation['number']}]{words}{_place(citation)}{also}"


def _place(words: PassageInfo | CitationInfo) -> str:
    return (
        f"{_named(words['article'])}; article {words['article']['id']}, characters {words['start']} to {words['end']}"
    )


def _named(article: ArticleInfo) -> str:
    about = ", ".join(filter(None, (article["publisher"], (article["published"] or "")[:10], article["url"])))
    return f"{article['title']} ({about})" if about else article["title"]


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
