"""Country names: the country that a word stands for (“Washington”, “American”, “U.S.”).

"Washington", "American" and "U.S." are one country to a reader; so are they to the check of what a quote holds. Names,
adjectives and capitals come from the package countryinfo; what newspapers write besides stands here.
"""

import re
import unicodedata
from functools import cache, lru_cache

from countryinfo import CountryInfo, all_countries

#: By ISO code: the name that Talks compares by, and further words for the country.
_MORE = {
    "AE": "emirates uae",
    "AR": "argentina argentine argentinian",
    "BA": "bosnia bosnian",
    "CD": "congo",
    "CY": "cyprus nicosia",
    "CZ": "czechia czech",
    "ET": "ethiopia addis",
    "FI": "finland finn",
    "GB": "britain briton uk u.k. england english",
    "IN": "india delhi",
    "IS": "iceland icelandic reykjavik",
    "KG": "kyrgyzstan kyrgyz",
    "KP": "korea korean",
    "KR": "korea korean",
    "KZ": "kazakhstan kazakh astana",
    "LU": "luxembourg luxembourgish",
    "ME": "montenegro podgorica",
    "MK": "macedonia macedonian",
    "MT": "malta valletta",
    "NL": "netherlands hague",
    "PH": "philippines philippine",
    "PS": "palestine palestinian ramallah",
    "RU": "russia kremlin",
    "SA": "saudi",
    "SI": "slovenia slovenian",
    "TJ": "tajikistan tajik",
    "TR": "turkey türkiye",
    "UA": "ukraine kiev",
    "US": "america washington usa u.s. us",
    "UZ": "uzbekistan uzbek",
    "XK": "kosovo kosovan kosovar pristina",
    "YE": "yemen sanaa",
}
_PAIRS = {("white", "house"): "america"}
#: Mostly something else: the European Union, people, an English word.
_NEVER = frozenset({"brussels", "kingston", "wellington", "reunion"})
#: Smaller countries are left out, as their names are mostly those of people and places elsewhere.
_PEOPLE, _PEOPLE_FOR_CAPITALS = 300_000, 1_000_000
_WORD = re.compile(r"U\.S\.|U\.K\.|\bUS\b|\bUK\b|\bUSA\b|\b[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=20_000)
def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, by one name each.

    >>> sorted(countries_in("Washington and Kyiv spoke; the South African side did not."))
    ['america', 'south africa', 'ukraine']
    """
    found: list[str] = []
    before = ""
    for match in _WORD.finditer(text):
        word, is_name = match[0], match[0][:1].isupper()
        together = country_of_two(before, word) if is_name else None
        alone = country_of(word) if is_name and word != "Us" else None
        if together:
            if found and found[-1] == country_of(before):
                found.pop()
            found.append(together)
        elif alone:
            found.append(alone)
        before = word
    return frozenset(found)


def country_of(word: str) -> str | None:
    """The country that one word stands for, or None.

    >>> country_of("Kremlin"), country_of("Ghanaians")
    ('russia', 'ghana')
    """
    flat = _flat(word)
    known = _known()[0]
    return known.get(flat) or known.get(flat.removesuffix("s"))


def country_of_two(first: str, second: str) -> str | None:
    """The country that two words stand for together, or None.

    >>> country_of_two("South", "Africans")
    'south africa'
    """
    one, other = _flat(first), _flat(second)
    known = _known()[1]
    return known.get((one, other)) or known.get((one, other.removesuffix("s")))


@cache
def _known() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The countries by one word, and by two."""
    single: dict[str, str] = {}
    double = dict(_PAIRS)
    for words in _MORE.values():
        single |= {_flat(word): words.split()[0] for word in words.split()}
    for country in sorted(all_countries(), key=_people, reverse=True):  # "Congolese" is of the larger Congo
        code = str((country.iso() or {}).get("alpha2"))
        for name in _names(country):
            parts = _flat(name).removeprefix("the ").split()
            key = _MORE[code].split()[0] if code in _MORE else _flat(str(country.name())).removeprefix("the ")
            if len(parts) == 1 and parts[0].isalpha() and parts[0] not in _NEVER:
                single.setdefault(parts[0], key)
            elif len(parts) == 2 and key != "korea":  # North or South: their words tell
                double.setdefault((parts[0], parts[1]), key)
    return single, double


def _names(country: CountryInfo) -> list[str]:
    """The country's name, its adjective, and its capital where it is known well enough."""
    if _people(country) < _PEOPLE:
        return []
    names = [country.name(), country.demonym()]
    if _people(country) >= _PEOPLE_FOR_CAPITALS:
        capital = country.capital()
        names.append(capital[0] if isinstance(capital, list) else capital)
    return [str(name) for name in names if name]


def _people(country: CountryInfo) -> int:
    people = country.population()
    return people if isinstance(people, int) else 0


def _flat(word: str) -> str:
    """A word in small letters, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
