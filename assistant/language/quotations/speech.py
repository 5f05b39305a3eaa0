"""Attribution over a whole article: its statements with their speakers, and whose words any part of it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import Speaker
from assistant.language.quotations.finding import FoundStatement, found_in
from assistant.language.quotations.marks import paragraphs, quotations
from assistant.language.quotations.people import People, speaks_for_others
from assistant.language.quotations.persons import Person, bare
from assistant.language.quotations.transcripts import TranscriptTurn, headed, may_converse, signed, turns
from assistant.language.quotations.values import Statement
from index.aliases import Span
from index.article import Article
from index.encoding import sentences

_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "who", "himself", "herself"})
_NOBODY = frozenset(
    "it there this that what which one you nobody none they anybody anyone someone everyone each both i we these "
    "those neither either".split()
)
_BRACKETS = re.compile(r"\s*\([^)]*\)?")
_ARTICLE = re.compile(r"^(?:the|a|an|some|one|this|that)\s+", re.IGNORECASE)
#: A quotation is a sentence's own words where it holds this share of them.
_QUOTED = 0.4
#: "he" is somebody unnamed who spoke at most so many characters before.
_NEAR = 400


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """All that is said in an article, in its order, and the questions that reporters put in it."""

    text: str
    statements: tuple[Statement, ...]
    questions: tuple[Span, ...] = ()

    def speaker(self, start: int, end: int) -> Speaker | None:
        """Whose words stand at characters `start` to `end`; None where they are the article's own."""
        found = self.statement(start, end)
        return None if found is None else found.speaker

    def statement(self, start: int, end: int) -> Statement | None:
        """The statement that holds most of the characters `start` to `end`: quoted words before retold ones."""
        best: tuple[bool, int] | None = None
        chosen = None
        for each in self.statements:
            if each.start >= end or each.end <= start:
                continue
            inside = min(end, each.end) - max(start, each.start)
            direct = each.quoted and inside >= _QUOTED * (end - start)
            if each.quoted and not direct:
                continue
            if best is None or (direct, inside) > best:
                best, chosen = (direct, inside), each
        return chosen

    def asks(self, start: int, end: int) -> bool:
        """Is this a reporter's question in an interview or a transcript? It is no evidence of anything."""
        return mostly_within(self.questions, start, end)


def mostly_within(spans: Sequence[Span], start: int, end: int) -> bool:
    """Does more than half of the characters `start` to `end` lie within one of the spans?

    >>> mostly_within([(0, 10)], 4, 12)
    True
    """
    return any(min(end, high) - max(start, low) > (end - start) / 2 for low, high in spans)


def questions_in(article: Article) -> tuple[Span, ...]:
    """The questions that reporters put in an article, as `speech_of` gives them, without all that is said in it.

    >>> text = "Q. Will you come?\\n\\nA. I will.\\n\\nQ. When?\\n\\nA. Soon."
    >>> [text[a:b] for a, b in questions_in(Article(id="", title="", text=text, source=""))]
    ['Q. Will you come?', 'Q. When?']
    """
    return _questions(article.text, article.title)


@lru_cache(maxsize=1024)
def _questions(text: str, title: str) -> tuple[Span, ...]:
    return tuple((turn.start, turn.end) for turn in _turns(text, title, paragraphs(text)) if turn.asks)


def _turns(text: str, title: str, parts: Sequence[Span]) -> list[TranscriptTurn]:
    return turns(text, parts, _interviewed(title, text)) if may_converse(text, parts) else []


def speech_of(article: Article, spans: Sequence[Span] | None = None) -> Speech:
    """All that is said in an article; `spans` are its sentences, cut anew where they are not given.

    >>> article = Article(id="", title="", text="“No,” said Marco Rubio.", source="")
    >>> speech_of(article).speaker(0, 23)
    Speaker(name='Marco Rubio', office=None, kind='direct')
    """
    return _speech(article.text, article.title, None if spans is None else tuple(spans))


@lru_cache(maxsize=256)
def _speech(text: str, title: str, spans: tuple[Span, ...] | None) -> Speech:
    cut = tuple(sentences(text)) if spans is None else spans
    people = People(text, [(each.start, each.end) for each in quotations(text)])
    parts = paragraphs(text)
    talk = _turns(text, title, parts)
    found = [
        each
        for each in found_in(text, cut)
        if not any(turn.start < each.end and each.start < turn.end for turn in talk)
    ]
    resolver = _Resolver(text, people, cut)
    statements = [resolver.statement(each) for each in found]
    roles = {turn.name.split()[-1].lower(): turn.role for turn in reversed(talk) if turn.role and turn.name}
    spoken = [_turn(turn, people, roles) for turn in talk if not turn.asks and turn.name]
    signatures = [] if talk else _signed(text, parts, people)
    whole = [*signatures, *spoken, *(each for each in statements if each is not None)]
    return Speech(
        text,
        tuple(sorted(whole, key=lambda each: (each.start, -each.end))),
        tuple((turn.start, turn.end) for turn in talk if turn.asks),
    )


def _interviewed(title: str, text: str) -> str:
    """Whoever an interview would be with: the person of the title, else the first with an office; "" for nobody."""
    for part in (title, text[:2_000] + "\n" + text[-800:]):
        named = [person for person in People(part).all() if len(person.name.split()) > 1]
        named.sort(key=lambda person: not person.offices)
        if named:
            return named[0].name
    return ""


def _turn(turn: TranscriptTurn, people: People, roles: Mapping[str, str]) -> Statement:
    person = people.named(turn.name.title() if turn.name.isupper() else turn.name)
    called = re.sub(r"^(?:mr|mrs|ms|dr|miss)\.?\s+", "", turn.name, flags=re.IGNORECASE)
    name = person.name if person else called.title() if called.isupper() else called
    office = turn.role or roles.get(name.split()[-1].lower()) or _office(person)
    speaker = Speaker(name, office, "spokesman" if speaks_for_others(office or "") else "direct")
    return Statement(turn.start, turn.end, speaker, (turn.start, turn.start), quoted=True)


def _signed(text: str, parts: Sequence[Span], people: People) -> list[Statement]:
    """Quotations that are signed below, and lines that begin with their speaker."""
    found = []
    for at, (start, end) in enumerate(parts):
        name = signed(text, start, end) if at or "”" in text[start:end] else None
        if name is not None:
            mark = text.rfind("”", start, name[0])
            told = (start, mark + 1) if mark > start else parts[at - 1]
            if text[told[0]] in '“”"‘«':
                found.append(Statement(*told, Speaker(bare(text[slice(*name)]), None, "direct"), name, quoted=True))
        head = headed(text, start, end) if end - start < 400 else None
        if head is not None:
            person = people.named(text[slice(*head)])
            speaker = Speaker(person.name if person else bare(text[slice(*head)]), _office(person), "reported")
            found.append(Statement(head[1] + 1, end, speaker, head))
    return found


def _office(person: Person | None) -> str | None:
    """What the article says somebody is, in most words; a rank alone says least."""
    if person is None or not person.offices:
        return None
    return max(person.offices, key=lambda office: (len(office.split()) > 1, -person.offices.index(office)))


class _Resolver:
    """Gives each statement its speaker, in the order of the text."""

    def __init__(self, text: str, people: People, spans: Sequence[Span]) -> None:
        self._text = text
        self._people = people
        self._spans = spans
        self._recent: list[Person] = []
        self._body = ""
        self._unnamed: tuple[str, int] | None = None
        self._upto = 0

    def statement(self, found: FoundStatement) -> Statement | None:
        self._follow(found.mention[0])
        phrase = _BRACKETS.sub("", self._text[slice(*found.mention)])
        words = bare(phrase).lower()
        person = self._person(phrase, words, found.mention[0])
        if words in _PRONOUNS and self._unnamed is not None and found.mention[0] - self._unnamed[1] < _NEAR:
            person = None
        name = person.name if person else self._called(phrase, words)
        if not name:
            return None
        if person is not None:
            person.evidence += words not in _PRONOUNS
            self._spoke(person)
        else:
            self._body = name
        if words not in _PRONOUNS:
            one = person is None and phrase.lower().startswith(("a ", "an ", "one "))
            self._unnamed = (name, found.mention[1]) if one else None
        kind = "direct" if found.direct else "reported"
        office = _office(person)
        if speaks_for_others(phrase) or speaks_for_others(office or ""):
            kind = "spokesman"
        return Statement(found.start, found.end, Speaker(name, office, kind), found.mention, found.cue, found.direct)

    def _called(self, phrase: str, words: str) -> str:
        """What the article calls a speaker without a name; "it" and "they" stand for the last of those."""
        if words in {"it", "they"}:
            return self._body
        if words in _PRONOUNS and self._unnamed is not None:
            return self._unnamed[0]
        if words in _NOBODY | _PRONOUNS:
            return ""
        if words.split()[0] in _NOBODY - {"one"}:
            return ""
        return bare(_ARTICLE.sub("", phrase))

    def _person(self, phrase: str, words: str, at: int) -> Person | None:
        if words in _PRONOUNS:
            return self._people.meant(words, at, self._recent)
        if speaks_for_others(phrase) and phrase[:1].islower():
            return None  # "a spokesman for Mr Holt" is not Holt
        return self._people.named(phrase) or self._people.in_office(phrase, at)

    def _spoke(self, person: Person) -> None:
        if person in self._recent:
            self._recent.remove(person)
        self._recent.insert(0, person)

    def _follow(self, place: int) -> None:
        """Take note of whoever the sentences up to a place are about: the first that each names outside of quotes."""
        while self._upto < len(self._spans) and self._spans[self._upto][0] < place:
            start, end = self._spans[self._upto]
            if end > place:
                self._about(start, place)
                return
            self._about(start, end)
            self._upto += 1

    def _about(self, start: int, end: int) -> None:
        for at, person in self._people.between(start, end):
            led = self._text[max(0, at - 5) : at].lower()
            if person.known and not led.endswith((" of ", " for ", " by ", " with ", " to ")):
                self._spoke(person)
                if self._unnamed is not None and at > self._unnamed[1]:
                    self._unnamed = None
                return
