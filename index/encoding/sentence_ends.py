"""Sentence boundary correction: a full stop after an abbreviation, in a name or behind an item number ends nothing.

sentencex cuts there: after "9 a.m." before a weekday, after "Amb.", inside "AvariaNews.Net", and after most Ukrainian
and Russian abbreviations. What newspapers print is joined again by these rules.
"""

import re

#: What stands before a name, a number or another word, and so never ends a sentence.
_BEFORE = frozenset(
    "amb adm brig capt cmdr col cpl cpt det dr fr gen gov hon insp lt maj messrs mr mrs ms msgr ofc prof rep rev "
    "sen sgt supt ft mt ste approx cf e.g i.e viz "
    "акад бул вул ген гр ім им кв кол лейт май м пл полк пос прим просп проф п пп пров смт ул "
    "ред див напр нар св".split()
)
#: What stands before a number; in English those that are words too (art, sat, no) are meant where they have a capital.
_BEFORE_NUMBER = frozenset("fig figs para paras p pp ver vol vols c ca ch sec secs ч рис ст табл т гл бл".split())
_CAPITAL_BEFORE_NUMBER = frozenset(
    "No Nos Art Arts Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun "
    "Fig Figs Sec Secs Ch Vol Vols Para P Pp".split()
)
#: What may end a sentence, unless the next word can only go on with one.
_AFTER_TIME = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b|(?:Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun)\."
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]+\b)|(?:May|March|April|June|July) \d"
    r"|(?:[ECMP][SD]?T|GMT|UTC|CES?T|EES?T|BST|MSK|IST)\b|(?:[A-Z][\w-]+ ){1,3}time\b"
)
_TIME = re.compile(r"(?<!\w)[ap]\.\s?m\.$", re.IGNORECASE)
_LAST = re.compile(r"(?<![^\W_])([^\W\d_](?:[^\W\d_.’'-]|[.’'-](?=[^\W\d_]))*)\.$")
_ENDING = re.compile(
    r"(?:com|net|org|info|biz|news|media|press|tv|io|gov|edu|eu|uk|ua|ru|by|de|fr|pl|cz|il|ca|us|am)\b", re.IGNORECASE
)
_STATE = re.compile(r"(?<![^\W_])[DRI]-[A-Z][a-z.]{0,5}\.$")
_ITEM = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,4})[.)]")
_YEAR = re.compile(r"\d\s?(?:рр|р|гг|г)\.$")
_RUSSIAN_TOWN = re.compile(r"(?<![^\W_])(?:г|с|о|д)\.$")


def goes_on(left: str, gap: str, right: str, *, opens: bool) -> bool:
    """Whether a sentence goes on from `left` over the white space `gap` to `right`, although a boundary was seen there.

    `opens` says that `left` opens its paragraph.

    >>> goes_on("It begins at 9 a.m.", " ", "Monday in Tarn.", opens=False)
    True
    >>> goes_on("It began at 9 a.m.", " ", "The court was full.", opens=False)
    False
    """
    if not left.endswith("."):
        return False
    if opens and _ITEM.fullmatch(left):
        return True
    first = right.lstrip("“„«\"'(")[:1]
    if not gap:
        return _ENDING.match(right) is not None and left[-2:-1].isalnum()
    if first.islower():
        return True
    if _TIME.search(left):
        return _AFTER_TIME.match(right) is not None
    if _YEAR.search(left):
        return False
    found = _LAST.search(left[-24:])
    word = found[1] if found else ""
    if word.lower() in _BEFORE:
        return True
    counted = word.rpartition("-")[2]
    if (first.isdigit() or first in ("$", "€", "£")) and (
        counted in _BEFORE_NUMBER or counted in _CAPITAL_BEFORE_NUMBER
    ):
        return True
    if _STATE.search(left[-12:]) and re.match(r"[A-Z][a-z]{1,4}\.", right):
        return True
    return _RUSSIAN_TOWN.search(left) is not None and first.isupper()
