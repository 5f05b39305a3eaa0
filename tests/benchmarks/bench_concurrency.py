"""How long fifty questions at once wait over HTTP, against fifty asked one after another in Python.

`python tests/benchmarks/bench_concurrency.py [QUESTIONS] [ROUNDS]` prints, for the plain route `/ask` and for Gradio's:
the last answer of those asked at once against the last of those asked in turn (a promise: at most 1.2 by the plain
route), the median wait against the median wait in the serial queue, the 95th percentile against the median, and
the server's processor time a question against that in turn, which other work on the machine hardly changes. Those who
ask at once do so from a process of their own, as visitors would; the times begin when its first request goes out.
Then, until the first words of the answer in the page: alone, and while the others ask by the plain route.
"""

import asyncio
import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
import uvicorn
from fastapi import FastAPI

from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.server import create_app, keep_quiet, listen, spare_processors

ASKED = [
    "Who led Russia's delegation in Geneva?",
    "When will the next round of talks take place?",
    "What did Zelenskyy say about the elections?",
    "Who represented the United States?",
    "How long did the talks last?",
]


def waits_in_turn(service: Service, questions: list[str]) -> list[float]:
    """Seconds until each question has its answer, if all come at once and are asked one after another."""
    began = time.perf_counter()
    waits = []
    for question in questions:
        assert service.ask(Request.of(question)).text
        waits.append(time.perf_counter() - began)
    return waits


def waits_at_once(way: str, url: str, questions: list[str]) -> list[float]:
    """Seconds until each question has its answer, if all are sent to the server at once, that way."""
    command = [sys.executable, __file__, "--visitors", way, url]
    asked = subprocess.run(command, input=json.dumps(questions), stdout=subprocess.PIPE, text=True, check=True)
    return [float(wait) for wait in json.loads(asked.stdout)]


async def by_route(client: httpx.AsyncClient, question: str) -> None:
    """Ask by the plain route."""
    answer = await client.post("/ask", json={"question": question})
    assert answer.json()["text"]


async def by_gradio(client: httpx.AsyncClient, question: str) -> None:
    """Ask by Gradio's endpoint: one request to join its queue, one for the stream with the answer."""
    joined = await client.post("/gradio_api/call/ask", json={"data": [question, [], None, None, None]})
    async with client.stream("GET", f"/gradio_api/call/ask/{joined.json()['event_id']}") as events:
        async for line in events.aiter_lines():
            if line.startswith("event: ") and line != "event: heartbeat":
                assert line == "event: complete", line
                return
    raise AssertionError("The stream ended without an answer.")


async def in_the_page(client: httpx.AsyncClient, question: str) -> None:
    """Ask as the page does, and tell when the first words of the answer stand there."""
    config = (await client.get("/config")).json()
    number = next(each["id"] for each in config["dependencies"] if each["api_name"] == "ask_1")
    window = secrets.token_hex(8)
    sent = {"data": [question, {}, -1, "", "", ""], "fn_index": number, "session_hash": window}
    began = time.perf_counter()
    await client.post("/gradio_api/queue/join", json=sent)
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": window}) as events:
        async for line in events.aiter_lines():
            if 'class=\\"answer' in line:
                print(f"in the page: the first words after {time.perf_counter() - began:.2f} s", file=sys.stderr)
                return


WAYS: dict[str, Callable[[httpx.AsyncClient, str], Awaitable[None]]] = {"route": by_route, "gradio": by_gradio}


async def visit(way: str, url: str, questions: list[str]) -> list[float]:
    """Be the visitors: ask everything at once, and note each wait."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=300, limits=limits, trust_env=False) as client:

        async def ask(question: str, way: str) -> float:
            began = time.perf_counter()
            await (in_the_page if way == "page" else WAYS[way])(client, question)
            return time.perf_counter() - began

        if way != "page":
            return list(await asyncio.gather(*(ask(each, way) for each in questions)))
        return list(await asyncio.gather(*(ask(each, "route") for each in questions), ask(ASKED[0], "page")))


async def whole_app(service: Service) -> FastAPI:
    """The app with the whole page; async, as Gradio without a running loop leaves loops open."""
    from assistant.web.ui.page import MOUNT, build

    return create_app(service, build(service), **MOUNT)


def main(count: int = 50, rounds: int = 5) -> None:
    """Measure and print."""
    questions = [f"{ASKED[number % len(ASKED)]} ({number})" for number in range(count)]
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.read(home=home, port=0)
        keep_quiet(settings)
        service = Service(settings)
        spare_processors()
        listening = listen(settings)
        server = uvicorn.Server(uvicorn.Config(asyncio.run(whole_app(service)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        assert service.wait(300), service.failure
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        waits_in_turn(service, questions)  # warm
        for way in WAYS:
            waits_at_once(way, url, questions[:10])
        ratios: dict[str, list[tuple[float, float, float, float]]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            worked = time.process_time()
            serial = waits_in_turn(service, questions)
            cost = time.process_time() - worked
            print(f"in turn: median {statistics.median(serial):.2f} s, last {max(serial):.2f} s")
            for way, found in ratios.items():
                worked = time.process_time()
                waits = waits_at_once(way, url, questions)
                median, late = statistics.median(waits), statistics.quantiles(waits, n=20)[18]
                print(f"at once by {way}: median {median:.2f} s, 95% {late:.2f} s, last {max(waits):.2f} s")
                found.append(
                    (
                        max(waits) / max(serial),
                        median / statistics.median(serial),
                        late / median,
                        (time.process_time() - worked) / cost,
                    )
                )
            waits_at_once("page", url, [])
            waits_at_once("page", url, questions[1:])
        for way, found in ratios.items():
            whole, middle, fair, worked = (statistics.median(each) for each in zip(*found, strict=True))
            print(
                f"{way}: last answer {whole:.2f}, median wait {middle:.2f} of that in turn; 95% / median {fair:.2f}; "
                f"processor time a question {worked:.2f} of that in turn"
            )
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--visitors"]:
        print(json.dumps(asyncio.run(visit(sys.argv[2], sys.argv[3], json.load(sys.stdin)))))
    else:
        main(*map(int, sys.argv[1:]))
