"""How long fifty questions at once wait over HTTP, against fifty asked one after another in Python.

`python tests/benchmarks/bench_concurrency.py [QUESTIONS] [ROUNDS]` prints seconds and two ratios: the median wait
against the median wait of somebody in the serial queue (a promise of the page: at most 1.2), and whole against whole.
Those who ask at once do so from a process of their own, as visitors would.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx
import uvicorn

from assistant.service import Service
from assistant.serving import create_app, keep_quiet, listen
from assistant.settings import Settings

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
        assert service.ask(question).text
        waits.append(time.perf_counter() - began)
    return waits


def waits_at_once(url: str, questions: list[str]) -> list[float]:
    """Seconds until each question has its answer, if all are sent to the server at once."""
    command = [sys.executable, __file__, "--visitors", url]
    asked = subprocess.run(command, input=json.dumps(questions), stdout=subprocess.PIPE, text=True, check=True)
    return [float(wait) for wait in json.loads(asked.stdout)]


async def visit(url: str, questions: list[str]) -> list[float]:
    """Be the visitors: ask everything at once, and note each wait."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=300, limits=limits, trust_env=False) as client:

        async def ask(question: str) -> float:
            began = time.perf_counter()
            joined = await client.post("/gradio_api/call/ask", json={"data": [question, [], None, None, None]})
            async with client.stream("GET", f"/gradio_api/call/ask/{joined.json()['event_id']}") as events:
                async for line in events.aiter_lines():
                    if line.startswith("event: ") and line != "event: heartbeat":
                        assert line == "event: complete", line
                        return time.perf_counter() - began
            raise AssertionError("The stream ended without an answer.")

        return list(await asyncio.gather(*map(ask, questions)))


async def small_app(service: Service) -> object:
    """The app around the endpoints alone."""
    import gradio as gr

    from assistant.endpoints import add_endpoints

    with gr.Blocks() as page:
        add_endpoints(service)
    return create_app(service, page)


def main(count: int = 50, rounds: int = 3) -> None:
    """Measure and print."""
    questions = [f"{ASKED[number % len(ASKED)]} ({number})" for number in range(count)]
    with tempfile.TemporaryDirectory() as home:
        settings = Settings.read(home=home, port=0)
        keep_quiet(settings)
        service = Service(settings)
        listening = listen(settings)
        server = uvicorn.Server(uvicorn.Config(asyncio.run(small_app(service)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        assert service.wait(300), service.failure
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        waits_in_turn(service, questions)  # warm
        medians, wholes = [], []
        for _ in range(rounds):
            serial, parallel = waits_in_turn(service, questions), waits_at_once(url, questions)
            medians.append(statistics.median(parallel) / statistics.median(serial))
            wholes.append(max(parallel) / max(serial))
            print(
                f"in turn: median {statistics.median(serial):.2f} s, last {max(serial):.2f} s; "
                f"at once: median {statistics.median(parallel):.2f} s, last {max(parallel):.2f} s"
            )
        print(f"median wait, at once / in turn: {statistics.median(medians):.2f}")
        print(f"last answer, at once / in turn: {statistics.median(wholes):.2f}")
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--visitors"]:
        print(json.dumps(asyncio.run(visit(sys.argv[2], json.load(sys.stdin)))))
    else:
        main(*map(int, sys.argv[1:]))
