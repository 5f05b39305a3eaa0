"""Courtesy: greetings, thanks and words about the chat itself, which no article answers."""

import re

_COURTESY = re.compile(
    r"\W*(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|thanks?(?: you)?(?: (?:so|very) much)?|"
    r"cheers|ok(?:ay)?|great|help(?: me)?|test(?:ing)?|bye|goodbye|(?:who|what) are you|what (?:is|does) talks(?: do)?|"
    r"how are you|(?:what|how) can (?:you|i) (?:do|ask|help)(?: me)?(?: you)?|what (?:do|can|should) i ask(?: you)?|"
    r"how (?:do|does) (?:you|this|it) work|there|talks|please|a lot)\W*)+",
    re.IGNORECASE,
)


def is_courtesy(question: str) -> bool:
    """Is this a greeting or a word about the chat itself, which no article answers?

    >>> is_courtesy("Hi there!"), is_courtesy("Who led Russia's delegation?")
    (True, False)
    """
    return _COURTESY.fullmatch(question) is not None
