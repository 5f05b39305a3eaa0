"""Many people who ask a server at once, from a process of their own, as visitors would.

`python visitors.py URL LOG PEOPLE QUESTIONS` asks until LOG, in which an editor notes what was added and removed, ends
with "done", and at least so many questions in all. Prints what was seen as JSON. A line of LOG is `added 7`,
`removing 7` or `removed 7`.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import httpx


def title(number: int) -> str:
    """The title of an article that comes and goes."""
    return f"Report {number}"


def text(number: int) -> str:
    """Its words, of which no other article has the place."""
    return (
        f"The village of Norhaven{number} has {number + 3} wells, the mayor Petra Valk{number} said on Monday. "
        f"A ferry sails to Norhaven{number} twice a day."
    )


def question(number: int) -> str:
    """What only that article answers."""
    return f"How many wells has the village of Norhaven{number}?"


class Visitors:
    """Fifty people, or fewer."""

    def __init__(self, url: str, log: Path, people: int, least: int) -> None:
        self.url, self.log, self.people, self.least = url, log, people, least
        self.waits: list[float] = []
        self.wrong: list[str] = []
        self.answered = 0
        self.left = 0

    def _noted(self) -> dict[str, str]:
        lines = self.log.read_text().splitlines()
        return dict(reversed(line.split()) for line in lines if " " in line) | {"done": str("done" in lines)}

    async def _answer(self, client: httpx.AsyncClient, asked: str) -> dict[str, Any]:
        joined = await client.post("/gradio_api/call/ask", json={"data": [asked, [], None, None, None]})
        joined.raise_for_status()
        event = ""
        async with client.stream("GET", f"/gradio_api/call/ask/{joined.json()['event_id']}") as events:
            async for line in events.aiter_lines():
                if line.startswith("event: "):
                    event = line.removeprefix("event: ")
                elif line.startswith("data: ") and event == "complete":
                    return dict(json.loads(line.removeprefix("data: "))[0])
                elif line.startswith("data: ") and event == "error":
                    raise RuntimeError(line)
        raise RuntimeError("the stream ended without an answer")

    async def _visit(self, client: httpx.AsyncClient, person: int) -> None:
        chosen = random.Random(person)
        while True:
            before = self._noted()
            numbers = [key for key in before if key != "done"]
            if (before["done"] == "True" and len(self.waits) >= self.least) or len(self.wrong) > 20:
                return
            number = chosen.choice(numbers[-12:]) if numbers else "0"
            began = time.perf_counter()
            try:
                answer = await self._answer(client, question(int(number)))
            except (RuntimeError, httpx.HTTPError) as error:
                self.wrong.append(f"{number}: {error!r}")
                continue
            self.waits.append(time.perf_counter() - began)
            after = self._noted()
            cited = {each["article"]["title"] for each in answer["citations"]}
            shown = {each["article"]["title"] for each in answer["passages"]}
            gone = {title(int(each)) for each in numbers if before[each] == "removed"}
            if stale := gone & (cited | shown):
                self.wrong.append(f"{number}: cites {sorted(stale)}, which were removed before the question was asked")
            if before.get(number) == after.get(number) == "added":
                self.answered += 1
                if title(int(number)) not in cited:
                    self.wrong.append(f"{number}: is in the library, and is not cited: {answer['text'][:100]}")

    async def run(self) -> dict[str, Any]:
        """Ask, all at once."""
        limits = httpx.Limits(max_connections=None)
        async with httpx.AsyncClient(base_url=self.url, timeout=300, limits=limits, trust_env=False) as client:
            await asyncio.gather(*(self._visit(client, person) for person in range(self.people)))
        hundredths = statistics.quantiles(self.waits, n=100)
        return {
            "asked": len(self.waits),
            "answered": self.answered,
            "wrong": self.wrong,
            "median": hundredths[49],
            "p95": hundredths[94],
        }


if __name__ == "__main__":
    visitors = Visitors(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(asyncio.run(visitors.run())))
