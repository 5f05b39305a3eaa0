"""What desktop assistants can rely on: typed tools over stdio, and nothing but the protocol on stdout."""

import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters, stdio_client

SECONDS = 120
Made = TypeVar("Made")


@pytest.fixture
def in_session(tmp_path: Path) -> Callable[[Callable[[ClientSession], Awaitable[Any]]], Any]:
    """Runs something with a session on a server of its own, started like a desktop assistant starts it."""

    def run(use: Callable[[ClientSession], Awaitable[Any]]) -> Any:
        async def connected() -> Any:
            parameters = StdioServerParameters(
                command=sys.executable,
                args=["-m", "assistant", "mcp", "--home", str(tmp_path / "library")],
                env={**os.environ, "TALKS_HOME": str(tmp_path / "other")},
                cwd=str(Path(__file__).parents[4]),
            )
            with anyio.fail_after(SECONDS):
                async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
                    await session.initialize()
                    return await use(session)

        return anyio.run(connected)

    return run


def test_a_desktop_assistant_asks_retrieves_and_lists(in_session: Callable[..., Any]) -> None:
    async def use(session: ClientSession) -> dict[str, Any]:
        question = {"question": "Who led Russia's delegation in Geneva?"}
        return {
            "tools": (await session.list_tools()).tools,
            "ask": await session.call_tool("ask", question),
            "retrieve": await session.call_tool("retrieve", {**question, "k": 2}),
            "articles": await session.call_tool("list_articles", {}),
            "people": await session.call_tool("people", {}),
            "statements": await session.call_tool("statements", {"person": "Umerov"}),
            "unanswered": await session.call_tool("ask", {"question": "Which vitamins are in broccoli?"}),
            "refused": await session.call_tool("ask", {"question": "  "}),
            "mistyped": await session.call_tool("retrieve", {**question, "k": "many"}),
        }

    said = in_session(use)
    tools = {tool.name: tool for tool in said["tools"]}
    assert tools.keys() == {"ask", "retrieve", "people", "statements", "list_articles", "read_article"}
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())
    assert {"citations", "checks", "read_as"} <= tools["ask"].output_schema["properties"].keys()

    answer = said["ask"].structured_content
    assert answer["answered"] is True
    assert all(f"[{each['number']}]" in answer["text"] for each in answer["citations"])
    assert len(said["retrieve"].structured_content["result"]) == 2
    titles = [each["article"]["title"] for each in said["articles"].structured_content["result"]]
    assert len(titles) == 1
    for tool in ("ask", "retrieve", "articles", "people", "statements", "unanswered"):
        _assert_told_once(said[tool])
    assert said["articles"].structured_content["result"][0]["article"]["id"] in said["articles"].content[0].text
    assert answer["citations"][0]["article"]["title"] in said["ask"].content[0].text

    assert said["refused"].is_error
    assert "The question is empty" in said["refused"].content[0].text
    assert "Traceback" not in said["refused"].content[0].text
    assert said["mistyped"].is_error


def _assert_told_once(said: Any) -> None:
    """A list comes as data, and the text beside it is for reading, and no JSON."""
    told = "".join(each.text for each in said.content)
    assert told and said.structured_content
    assert '"start":' not in told and not told.startswith(("{", "[{"))
    assert len(told) < len(json.dumps(said.structured_content))


def test_an_assistant_reads_an_article_that_it_found_in_the_list(in_session: Callable[..., Any]) -> None:
    async def use(session: ClientSession) -> dict[str, Any]:
        listed = await session.call_tool("list_articles", {"query": "geneva", "after": "2026-01-01", "limit": 1})
        found = listed.structured_content["result"][0]["article"]["id"]  # type: ignore[index]
        return {
            "version": session.server_info,
            "none": await session.call_tool("list_articles", {"query": "no such words"}),
            "many": await session.call_tool("list_articles", {"limit": 5_000}),
            "part": await session.call_tool("read_article", {"id": found, "start": 10, "end": 60}),
        }

    said = in_session(use)
    assert said["version"].version
    assert said["none"].structured_content["result"] == []
    assert "must lie between 1 and 1,000" in said["many"].content[0].text
    part = said["part"].structured_content
    assert (part["start"], part["end"], len(part["text"])) == (10, 60, 50)
    assert part["text"] in said["part"].content[0].text


def test_nothing_but_the_protocol_is_written_to_stdout(tmp_path: Path) -> None:
    def message(**content: Any) -> str:
        return json.dumps({"jsonrpc": "2.0", **content}) + "\n"

    client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    server = subprocess.Popen(
        [sys.executable, "-m", "assistant", "mcp", "--home", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[4],
    )
    assert server.stdin is not None and server.stdout is not None
    lines = []
    try:
        for sent in (
            message(id=1, method="initialize", params=client),
            message(method="notifications/initialized"),
            message(id=2, method="tools/call", params={"name": "ask", "arguments": {"question": "Who met in Geneva?"}}),
        ):
            server.stdin.write(sent)
            server.stdin.flush()
            if '"id"' in sent:
                lines.append(server.stdout.readline())
        rest, complained = server.communicate(timeout=SECONDS)
    finally:
        server.kill()
        server.wait()
    for line in [*lines, *rest.splitlines()]:
        assert json.loads(line)["jsonrpc"] == "2.0"
    assert json.loads(lines[1])["id"] == 2
    assert server.returncode == 0
    assert "Traceback" not in complained


def test_a_home_that_cannot_be_used_ends_the_server_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "assistant", "mcp", "--home", str(tmp_path / "file")],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parents[4],
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
