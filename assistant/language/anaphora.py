"""Anaphora: sentences that cannot be understood without the one before them (“He said …”).

A quote that begins with such a sentence does not tell who is meant, so it is extended backwards until one
that stands by itself.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_PRONOUN = r"(?:he|she|they|him|his|hers?|them|their|theirs|it|its)"
#: The first words of a sentence that point back, whatever follows.
_POINTS_BACK = re.compile(
    r"(?:but|however|yet|nor|so|instead|still|though|otherwise|moreover|furthermore|similarly|likewise|conversely|"
    r"therefore|thus|hence|nevertheless|nonetheless|"
    r"for (?:example|instance)|on the other hand|in (?:addition|contrast)|"
    r"as a result)\b|"
    rf"{_PRONOUN}\b|"
    r"(?:this(?! (?:week|month|year|morning|afternoon|evening|time|summer|winter|spring|autumn))|"
    r"that|these|those|such|both|neither|either|the (?:two|three|four|pair|same|latter|former|others?))\b(?!-)|"
    r"(?:among|for|with|of|to|like|from|despite|after|before|in|on|by) "
    r"(?:them|him|her|it|this|that|these|those|both|such)\b|"
    r"(?:the|his|her|their|its) (?:idea|statement|proposal|move|decision|plan|comments?|remarks?|demand|request|claim|"
    r"offer|warning|visit|meeting|official|spokes(?:man|woman|person)|company|group|man|woman|men|women|team)\b|"
    r"\w+ing (?:that|this|these|those|them|him|her)\b|"
    r"(?:another|others|some|many|most|one|all|none|several|few) "
    r"(?:of them\b|[^a-z ]*(?:said|say|were|are|have|had)\b)",
    re.IGNORECASE,
)
#: A pronoun right after an opening phrase: "Before leaving, he ...". The phrase may name who is meant only
#: where it is a clause with a name for its subject: "When Rubio arrived, he ...".
_OPENING_PHRASE = re.compile(
    rf"(?P<first>[A-Z]\w+)(?: (?P<second>[\w\u2019'.-]+))?[^,“”\"]{{0,80}}?, (?:{_PRONOUN}|both|this|that)\b"
)
#: The same without a comma: "In Geneva the pair met ...".
_OPENING_WORDS = re.compile(
    r"(?:in|at|on|by|from|after|before|during|later|earlier|then|there|last|this|next|since|with)\b"
    r"(?: [\w\u2019'-]+){0,4} "
    r"(?:he|she|they|both|the (?:pair|two|duo|three|former|latter))\b",
    re.IGNORECASE,
)
#: "..., he said": a name that merely opens the sentence is not the speaker's.
_SAYS_AFTERWARDS = re.compile(r", (?:he|she|they) (?:also |later )?[a-z]+", re.IGNORECASE)
_CLAUSE_OPENERS = frozenset({"when", "while", "after", "before", "as", "since", "although", "though", "if", "because"})
PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?…] )(?<!^)(?<![“\"\u2018'])\b[A-Z][a-z\u2019'-]+")
#: Somebody named, or at least called something: "said Rubio", "the official said".
_NAMED = re.compile(r"\b[A-Z][a-z\u2019'-]+|\b(?:the|an?) [a-z]")
QUOTATION = re.compile(r"[“\"][^”\"]*[”\"]?")
_OPENERS = " \t“”\"'\u2018\u2019([—\u2013-"


@lru_cache(maxsize=20_000)
def leans_back(sentence: str) -> bool:
    """Does this sentence need the one before it to say who or what is meant?

    >>> [leans_back(s) for s in ("He left.", "In Rome, they met again.", "Rubio said that he would stay.")]
    [True, True, False]
    """
    text = sentence.lstrip(_OPENERS)
    outside = QUOTATION.sub(" ", sentence)
    if sentence[:1] in '“"':
        # A quotation: its own "they" is the speaker's business, but who speaks must be said outside of it.
        pronoun = PRONOUN.search(outside)
        return not _NAMED.search(outside) or (pronoun is not None and not _NAMED.search(outside[: pronoun.start()]))
    if _POINTS_BACK.match(text) or _OPENING_WORDS.match(text):
        return True
    phrase = _OPENING_PHRASE.match(text)
    if phrase:
        names_subject = phrase["first"].lower() in _CLAUSE_OPENERS and (phrase["second"] or "")[:1].isupper()
        first_is_name = phrase["first"].lower() not in _INTRODUCING and not phrase["first"].endswith(
            ("ing", "ly", "ed")
        )
        if not names_subject and not first_is_name:
            return True
    pronoun = PRONOUN.search(outside)
    if pronoun is None:
        return False
    before = outside[: pronoun.start()]
    if _NAME.search(before):
        return False
    said_afterwards = _SAYS_AFTERWARDS.match(outside, max(0, pronoun.start() - 2))
    return bool(said_afterwards) or not _begins_with_name(before)


_INTRODUCTIONS = (
    "in at on by from with during despite for until upon within under over among amid through earlier later last this "
    "next to of following about also meanwhile then now once today yesterday"
)
_INTRODUCING = _CLAUSE_OPENERS | frozenset(_INTRODUCTIONS.split())
_PLAIN_WORDS = (
    "the a an and or nor so many most some all both no not there here what where why how who which it he she they we i "
    "you people everyone one if whether only even just"
)
_PLAIN = _INTRODUCING | frozenset(_PLAIN_WORDS.split())


def _begins_with_name(text: str) -> bool:
    words = text.lstrip(_OPENERS).split()
    return bool(words) and words[0][:1].isupper() and words[0].lower().strip(",.\u2019'") not in _PLAIN


#: A quote is led back over at most this many sentences to say who is meant.
MOST_LEADING = 3


def leading(leans: Sequence[bool], at: int) -> int:
    """The place of the sentence that the one at `at` leads back to: the first before it that leans on none."""
    first = at
    while first and leans[first] and at - first < MOST_LEADING:
        first -= 1
    return first
