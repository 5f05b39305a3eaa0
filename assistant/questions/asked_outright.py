"""Question types by rule: "latest", "timeline" or "differ" say outright what is asked for.

The learned kinds stand; a kind whose word the question holds is at least likely enough for its order and sections.
"""

import re
from dataclasses import replace

from assistant.models import QuestionType

#: How likely a kind is, at least, where the question says it; "latest" leaves little doubt.
SAID = 0.5
LATEST = 0.8
_WORDS = {
    "latest": r"latest|newest|most recent(?:ly)?|current(?:ly)?|now|nowadays|(?<!was )(?<!were )still|"
    r"at (?:the moment|present)|so far|"
    r"as of (?:now|today)|up[- ]to[- ]date|these days|any (?:news|updates?)",
    "timeline": r"time ?line|chronolog(?:y|ical(?:ly)?)|step by step|in (?:date|time) order|sequence of events|"
    r"order of events|day by day|from start to finish|history of",
    "disagree": r"disagree(?:s|d|ments?)?|differ(?:s|ed)?|contradict(?:s|ed|ions?)?|conflicting|discrepanc(?:y|ies)|"
    r"inconsisten(?:t|cy|cies)|at odds|versions?|do (?:they|the papers|the articles|all papers) (?:all )?"
    r"(?:agree|count|give|say|report)",
    "change": r"(?:how|did|has|have|what)\b.{0,60}\b(?:changed?|shift(?:ed)?|evolved?|moved on)|"
    r"(?:first|before|then|earlier) (?:vs\.?|versus|and|or) (?:later|after|now)|used to",
    "compare": r"compared?|comparison|versus|vs\.?|side by side|difference between",
}
_ASKED = {kind: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) for kind, words in _WORDS.items()}


def outright(question: str, kind: QuestionType) -> QuestionType:
    """The question's type, with what it says in so many words.

    >>> from assistant.models import PLAIN
    >>> outright("Is the road still closed?", PLAIN).kinds["latest"]
    0.8
    """
    said = {
        name: max(LATEST if name == "latest" else SAID, kind.kinds[name])
        for name, pattern in _ASKED.items()
        if pattern.search(question)
    }
    return replace(kind, kinds=kind.kinds | said) if said else kind
