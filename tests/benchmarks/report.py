"""Writes what `bench_scale.py` has measured: JSON, Markdown and a picture."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: The systems in the table and the picture, with the name that they go by there.
SYSTEMS = {
    "floor": "bare encoding + bare Chroma query",
    "Chroma retriever": "LangChain, Chroma retriever",
    "retrieve": "Talks, retrieve",
    "ask": "Talks, ask",
    "EnsembleRetriever": "LangChain, EnsembleRetriever",
}


def write_report(found: dict[str, Any], folder: Path) -> None:
    """Write speed.json, speed.md and speed.svg."""
    (folder / "speed.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    text = "\n\n".join([_waits(found), _targets(found), _details(found)])
    (folder / "speed.md").write_text(text + "\n", encoding="utf-8")
    _picture(found, folder / "speed.svg")
    print(text)


def _table(head: list[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _waits(found: dict[str, Any]) -> str:
    sizes = found["sizes"]
    rows = []
    for name, shown in SYSTEMS.items():
        cells = [sizes[size].get(name) for size in sizes]
        rows.append([shown, *(f"{cell['p50']:.0f} / {cell['p95']:.0f}" if cell else "–" for cell in cells)])
    return _table(["p50 / p95 in ms", *(f"{int(size):,}" for size in sizes)], rows)


def _targets(found: dict[str, Any]) -> str:
    sizes = found["sizes"]
    largest = str(max(int(size) for size in sizes))
    last, ratios = sizes[largest], sizes[largest]["ratios"]
    building, start, unchanged, changed = (found[name] for name in ("building", "start-up", "unchanged", "changed"))
    rows = [
        ("building: passages a second, against `SentenceTransformer.encode`", "≥ 1.8 times", f"{building['ratio']}"),
    ]
    if ratios:
        plain = ratios["retrieve without late interaction"]
        rows += [
            (f"`retrieve` at {int(largest):,} passages, against the floor", "≤ 2.5 times", f"{ratios['retrieve']}"),
            ("the same without late interaction", "≤ 1.5 times", f"{plain}"),
            ("`ask` in quotes there, against the floor", "≤ 3 times", f"{ratios['ask']}"),
        ]
    if "EnsembleRetriever" in ratios:
        quicker = last["EnsembleRetriever"]["p50"] / last["retrieve"]["p50"]
        rows.append(("`retrieve` there, quicker than EnsembleRetriever", "≥ 10 times", f"{quicker:.0f}"))
    if "1000" in sizes:
        growth = last["retrieve"]["p50"] / sizes["1000"]["retrieve"]["p50"]
        rows.append((f"growth of `retrieve` from 1,000 to {int(largest):,} passages", "≤ 1.5 times", f"{growth:.2f}"))
    added = {who: took["beyond"] / 1000 for who, took in last["one added"].items()}
    rows += [
        ("an article added there and found, beyond its encoding", "≤ 1 s", f"{added['this process']:.2f} s"),
        ("the same where another process adds it", "", f"{added['another process']:.2f} s"),
        (f"a sync of {unchanged['articles']:,} unchanged articles", "≤ 3 s", f"{unchanged['ms'] / 1000:.2f} s"),
        (f"a sync of as many, {changed['changed']} of them changed", "", f"{changed['ms'] / 1000:.1f} s"),
        ("`check` there", "", f"{last['check'] / 1000:.1f} s"),
        ("memory of the serving process there", "≤ 1.5 GB", f"{last['memory'] / 1000:.2f} GB"),
        ("`ask` from nothing, against loading sentence-transformers", "≤ 1.15 times", f"{start['ratio']}"),
        ("vectors of word pieces on disk there", "≤ 2 GB", f"{last['disk']['tokens'] / 1000:.2f} GB"),
    ]
    return _table(["what", "aim", "measured"], rows)


def _details(found: dict[str, Any]) -> str:
    parts = []
    for size, each in found["sizes"].items():
        shares = ", ".join(f"{name} {took}" for name, took in each["steps"].items())
        filters = ", ".join(
            f"{name} {value['p50']:.0f}/{value['p95']:.0f} ms" for name, value in each.items() if " of one " in name
        )
        threads = ", ".join(
            f"{name} {value['p50']:.0f}/{value['p95']:.0f} ms, {value['a second']} a second"
            for name, value in each.items()
            if name.endswith("threads")
        )
        parts.append(
            f"{int(size):,} passages. Opened in {each['open']} ms, the first answer after {each['first']} ms more. "
            f"Steps of `ask` in ms: {shares}. {threads}. An article added: {each['one added']}. "
            f"Filters: {filters}. Opened by a process of its own, by the disk's cache: {each['by cache']}. "
            f"Check: {each['check']} ms. Memory {each['memory']} MB. On disk, MB: {each['disk']}."
        )
    return "\n\n".join([*parts, f"Building: {found['building']}. Start-up: {found['start-up']}."])


def _picture(found: dict[str, Any], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot as plt

    sizes = found["sizes"]
    figure, axes = plt.subplots(figsize=(7, 3.6))
    styles = dict(zip(SYSTEMS, ("0.55", "tab:orange", "tab:blue", "navy", "tab:red"), strict=True))
    for name, shown in SYSTEMS.items():
        points = [(int(size), each[name]["p50"]) for size, each in sizes.items() if name in each]
        if points:
            axes.plot(*zip(*points, strict=True), "o-", color=styles[name], label=shown, markersize=4)
    axes.set(xscale="log", yscale="log", xlabel="passages in the library", ylabel="median wait, ms")
    axes.grid(True, which="major", color="0.9")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    plt.rcParams["svg.hashsalt"] = "talks"
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
