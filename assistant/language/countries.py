"""Country names: the country that a word stands for (“Washington”, “American”, “U.S.”).

"Washington", "American" and "U.S." are one country to a reader; so are they to the check of what a quote holds.
"""

import re
from functools import lru_cache

_GROUPS = (
    "russia russian russians moscow kremlin",
    "ukraine ukrainian ukrainians kyiv kiev",
    "america american americans washington usa u.s. us",
    "britain british briton britons uk u.k. london england english",
    "france french paris",
    "germany german germans berlin",
    "poland polish warsaw",
    "china chinese beijing",
    "iran iranian iranians tehran",
    "israel israeli israelis jerusalem",
    "turkey türkiye turkish ankara",
    "belarus belarusian minsk",
    "switzerland swiss bern",
    "italy italian italians rome",
    "spain spanish madrid",
    "hungary hungarian budapest",
    "finland finnish finns helsinki",
    "sweden swedish stockholm",
    "norway norwegian oslo",
    "denmark danish copenhagen",
    "netherlands dutch hague",
    "estonia estonian tallinn",
    "latvia latvian riga",
    "lithuania lithuanian vilnius",
    "romania romanian bucharest",
    "moldova moldovan chisinau",
    "georgia georgian tbilisi",
    "japan japanese tokyo",
    "india indian delhi",
    "canada canadian canadians ottawa",
    "australia australian australians canberra",
    "saudi riyadh",
    "qatar qatari doha",
    "korea korean seoul pyongyang",
    "brazil brazilian brasilia",
    "austria austrian vienna",
    "greece greek athens",
    "belgium belgian belgians",
    "czechia czech prague",
    "slovakia slovak bratislava",
    "serbia serbian belgrade",
    "egypt egyptian cairo",
    "syria syrian syrians damascus",
    "iceland icelandic icelanders reykjavik",
    "ireland irish dublin",
    "portugal portuguese lisbon",
    "luxembourg luxembourgish",
    "malta maltese valletta",
    "cyprus cypriot cypriots nicosia",
    "croatia croatian croatians zagreb",
    "slovenia slovenian ljubljana",
    "bosnia bosnian bosnians sarajevo",
    "montenegro montenegrin podgorica",
    "macedonia macedonian skopje",
    "albania albanian albanians tirana",
    "kosovo kosovan pristina",
    "bulgaria bulgarian bulgarians sofia",
    "armenia armenian armenians yerevan",
    "azerbaijan azerbaijani azerbaijanis baku",
    "kazakhstan kazakh astana",
    "uzbekistan uzbek tashkent",
    "kyrgyzstan kyrgyz bishkek",
    "tajikistan tajik dushanbe",
    "turkmenistan turkmen ashgabat",
    "mongolia mongolian",
    "pakistan pakistani pakistanis islamabad",
    "afghanistan afghan afghans kabul",
    "iraq iraqi iraqis baghdad",
    "lebanon lebanese beirut",
    "kuwait kuwaiti",
    "bahrain bahraini manama",
    "oman omani muscat",
    "yemen yemeni yemenis sanaa",
    "emirates emirati uae",
    "libya libyan libyans tripoli",
    "tunisia tunisian tunis",
    "algeria algerian algiers",
    "morocco moroccan rabat",
    "sudan sudanese khartoum",
    "ethiopia ethiopian addis",
    "kenya kenyan nairobi",
    "nigeria nigerian abuja",
    "mexico mexican mexicans",
    "cuba cuban cubans havana",
    "venezuela venezuelan venezuelans caracas",
    "colombia colombian bogota",
    "argentina argentine argentinian",
    "chile chilean santiago",
    "peru peruvian lima",
    "indonesia indonesian jakarta",
    "vietnam vietnamese hanoi",
    "thailand thai bangkok",
    "malaysia malaysian",
    "singapore singaporean",
    "taiwan taiwanese taipei",
    "philippines philippine filipino manila",
)
_COUNTRY = {word: group.split()[0] for group in _GROUPS for word in group.split()}
_WORD = re.compile(r"U\.S\.|U\.K\.|\bUS\b|\bUK\b|\bUSA\b|\b[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=20_000)
def countries_in(text: str) -> frozenset[str]:
    """The countries that a text names, by one name each.

    >>> sorted(countries_in("Washington and Kyiv spoke; the Russian side did not."))
    ['america', 'russia', 'ukraine']
    """
    found = set()
    text = text.replace("United States", "America").replace("United Kingdom", "Britain")
    for match in _WORD.finditer(text):
        word = match[0]
        country = None if word == "us" else country_of(word)
        if country and word[:1].isupper():
            found.add(country)
    return frozenset(found)


def country_of(word: str) -> str | None:
    """The country that one word stands for, or None.

    >>> country_of("Kremlin")
    'russia'
    """
    lower = word.lower()
    return _COUNTRY.get(lower) or _COUNTRY.get(lower.removesuffix("s"))
