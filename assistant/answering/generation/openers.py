"""Openers: the "Yes," and "No," of written sentences, which claim something of their own."""

import re

_OPENER = re.compile(r"^(yes|no)\b\s*[,.:;!–—-]*\s*(?=\S|$)", re.IGNORECASE)
_MARKED = re.compile(r"^(?:yes|no)\b\s*[,.:;!–—-]", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|might|must|should|isn[’']t|aren[’']t|"
    r"wasn[’']t|weren[’']t|don[’']t|doesn[’']t|didn[’']t|hasn[’']t|haven[’']t|won[’']t)\s+[^?]+\?",
    re.IGNORECASE,
)
_ASKS_FOR = re.compile(r"^\W*(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|neither|none|nobody|nothing|nowhere|without|cannot|fail(?:s|ed)?|refus(?:e|es|ed)|"
    r"reject(?:s|ed)?|den(?:y|ies|ied)|rule[sd]? out|stopped short|lack(?:s|ed)?|only)\b|n[’']t\b",
    re.IGNORECASE,
)


def opens_rightly(sentence: str, question: str) -> bool:
    """Does the "Yes," or "No," of a sentence go with the question and with what follows? True without an opener.

    >>> opens_rightly("No, the talks ended without a deal.", "Did they agree?")
    True
    >>> opens_rightly("No, they agreed.", "Did they agree?"), opens_rightly("Yes, Holm led.", "Who led?")
    (False, False)
    """
    if not _MARKED.match(sentence):
        return True
    if _ASKS_FOR.match(question) or not _ASKS.search(question.rstrip(" ?") + "?"):
        return False
    denied = _DENIES.search(without(sentence)) is not None
    asked_so = _DENIES.search(question) is not None
    return asked_so or denied is (sentence[:1].lower() == "n")


def without(sentence: str) -> str:
    """A sentence without its opener; "" where it is nothing else.

    >>> without("Yes, it did."), without("No."), without("No ship came.")
    ('It did.', '', 'No ship came.')
    """
    if not _MARKED.match(sentence) and sentence.lower() not in {"yes", "no"}:
        return sentence
    opener = _OPENER.match(sentence)
    rest = sentence[opener.end() :] if opener else sentence
    return rest[:1].upper() + rest[1:]
