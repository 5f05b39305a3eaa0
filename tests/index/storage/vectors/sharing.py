"""What the processes run that share one server: readers that ask all the time, and a writer. Each prints JSON lines.

Times are of the clock that all processes of a machine share, in seconds.
"""

import json
import sys
import time
from typing import Any

from assistant import Assistant
from index import Index

PLACES = ["Kamenka", "Vesterby", "Porto Sereno", "Lindholm", "Tarnow", "Ostrava"]
TITLES = {place: f"The bridge at {place}" for place in PLACES}


def text(place: str, version: int) -> str:
    """An article, each sentence of which says which version it is of."""
    return "\n\n".join(
        f"The bridge at {place} has {version} {what}. In all {version} years of work, "
        f"the {what} at {place} cost the most, the engineers said {version} times."
        for what in ("arches", "lanes", "lamps", "towers")
    )


def version_of(place: str, held: str) -> int | None:
    """Which version the text of an article is, None where it is none."""
    words = held.split()
    at = words.index("has") + 1 if "has" in words else len(words)
    number = words[at] if at < len(words) else ""
    return int(number) if number.isdigit() and held == text(place, int(number)) else None


def say(**what: Any) -> None:
    """Print one event, with its time."""
    print(json.dumps(what | {"at": time.monotonic()}), flush=True)


def read(home: str) -> None:
    """Ask until the file `stop` lies in the home, and say what came."""
    with Assistant(home) as talks:
        turn = 0
        while not (talks.home.folder / "stop").exists():
            place = PLACES[turn % len(PLACES)]
            turn += 1
            began = time.monotonic()
            answer = talks.ask(f"How many arches does the bridge at {place} have?")
            cited = [
                {
                    "title": each.article.title,
                    "version": version_of(each.article.title.removeprefix("The bridge at "), each.article.text),
                    "exact": each.article.text[each.start : each.end] == each.quote,
                }
                for each in (*answer.citations, *(_quoted(passage) for passage in answer.passages))
            ]
            say(what="answer", began=began, answered=answer.answered, notices=answer.notices, cited=cited)


def _quoted(passage: Any) -> Any:
    from assistant import Citation

    return Citation(0, passage.text, passage.start, passage.end, passage.article)


def write(home: str, first: str, rounds: str) -> None:
    """Put articles in, replace them, take them out and rebuild, saying before and after what is done."""
    with Index(home) as index:
        for version in range(int(first), int(first) + int(rounds)):
            for place in PLACES:
                say(what="putting", title=TITLES[place], version=version)
                index.add_text(text(place, version), title=TITLES[place], url=f"https://news.example/{place}")
                say(what="put", title=TITLES[place], version=version)
            gone = PLACES[version % len(PLACES)]
            (held,) = (each for each in index.articles() if each.title == TITLES[gone])
            index.remove(held.id)
            say(what="removed", title=TITLES[gone])
            if version % 2:
                index.rebuild()
                say(what="rebuilt")


if __name__ == "__main__":
    {"read": read, "write": write}[sys.argv[1]](*sys.argv[2:])
