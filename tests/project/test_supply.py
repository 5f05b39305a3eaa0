"""Where what runs comes from: locked versions, nothing that is unpickled, nothing that runs what it reads."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
LOCKED = dict(line.split("==") for line in LINES if not line.startswith("#"))
#: What CI installs; the other extras are locked as far as they are tested.
TESTED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
MODULES = [path for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py")]


def test_each_line_of_the_lock_is_one_exact_version_and_names_no_place() -> None:
    for line in LINES:
        assert line.startswith("#") or re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line), line
    assert len(LOCKED) == len([line for line in LINES if not line.startswith("#")]) > 100


@pytest.mark.parametrize("wanted", TESTED)
def test_what_is_asked_for_is_locked_within_its_bounds(wanted: str) -> None:
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(Version(LOCKED[canonicalize_name(requirement.name)]))


def test_all_that_the_locked_packages_need_is_locked_too() -> None:
    waiting, seen = [Requirement(each) for each in TESTED], set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        assert name in LOCKED, f"{name} is not locked: run .ci/lock"
        if name in seen:
            continue
        seen.add(name)
        try:
            needs = distribution(name).requires or ()
        except PackageNotFoundError:
            continue
        waiting += [
            each for each in map(Requirement, needs) if each.marker is None or each.marker.evaluate({"extra": ""})
        ]


def test_ci_installs_what_is_locked() -> None:
    assert 'export PIP_CONSTRAINT="$PWD/.ci/constraints.txt"' in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def audited(folder: Path, *packages: dict[str, object], said: str = "") -> subprocess.CompletedProcess[str]:
    """`.ci/audit`, where pip-audit tells this of the packages."""
    (folder / "pip_audit").mkdir()
    told = json.dumps({"dependencies": packages}) if packages else ""
    program = f"import sys; print({told!r}); sys.exit({said!r})"
    (folder / "pip_audit" / "__main__.py").write_text(program, encoding="utf-8")
    command = [sys.executable, ROOT / ".ci" / "audit"]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True)


def flawed(name: str, version: str, *names: str, mended: str = "") -> dict[str, object]:
    flaw = {"id": names[0], "aliases": names[1:], "fix_versions": [mended] if mended else []}
    return {"name": name, "version": version, "vulns": [flaw]}


SOUND: dict[str, object] = {"name": "h11", "version": "0.16.0", "vulns": []}
EXPLAINED = ("GHSA-f4j7-r4q5-qw2c", "CVE-2026-45829")


def test_a_flaw_that_is_explained_passes_the_audit_with_its_reason(tmp_path: Path) -> None:
    done = audited(tmp_path, SOUND, flawed("chromadb", "1.5.9", *EXPLAINED))
    assert done.returncode == 0
    assert "chromadb 1.5.9: CVE-2026-45829 GHSA-f4j7-r4q5-qw2c, in Chroma's server in Python" in done.stdout


@pytest.mark.parametrize(
    ("package", "told"),
    [
        (flawed("h11", "0.1", "CVE-1-1", "PYSEC-1"), "h11 0.1: CVE-1-1 PYSEC-1, mended in no version"),
        (flawed("chromadb", "1.5.9", *EXPLAINED, mended="1.5.10"), "mended in 1.5.10"),
        ({"name": "h11", "skip_reason": "not found"}, "h11: not looked at (not found)"),
    ],
    ids=["unexplained", "mended by now", "not looked at"],
)
def test_any_other_flaw_fails_the_audit(tmp_path: Path, package: dict[str, object], told: str) -> None:
    done = audited(tmp_path, SOUND, package)
    assert done.returncode == 1
    assert told in done.stdout


def test_where_the_advisories_are_out_of_reach_the_audit_says_so_in_one_sentence(tmp_path: Path) -> None:
    skipped: dict[str, object] = {"name": "h11", "skip_reason": "not found on PyPI"}
    for name, done in {
        "mirror": audited(made(tmp_path / "mirror"), skipped),
        "offline": audited(made(tmp_path / "offline"), said="ERROR: no route to pypi.org"),
    }.items():
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.splitlines()) == 1, name


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def calls(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from (alias.name for alias in node.names)
            yield getattr(node, "module", None) or ""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_runs_what_it_reads(module: Path) -> None:
    forbidden = {
        "pickle", "marshal", "shelve", "joblib", "dill", "cloudpickle", "eval", "exec", "torch.load", "os.system",
        "yaml.unsafe_load", "yaml.full_load", "os.popen", "subprocess.getoutput",
    }  # fmt: skip
    assert not forbidden & set(calls(module))


def test_nothing_is_unpickled_from_the_first_article_to_the_answer(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The harbour of Porto Sereno opened again on Monday after nine weeks of repairs.")
    program = """
import pickle, sys
class Refused:
    def __init__(self, *args, **kwargs):
        raise AssertionError("something was unpickled")
pickle.load = pickle.loads = pickle.Unpickler = Refused
def watch(event, about):
    if event == "pickle.find_class":
        raise AssertionError(f"something was unpickled: {about}")
sys.addaudithook(watch)
from assistant import Assistant
from index import Index
home, article = sys.argv[1:]
with Index(home) as index:
    index.add(article)
    index.encoder._loaded  # by torch, too, as after a long sync
    index.rebuild()
with Assistant(home) as talks:
    print(talks.ask("When did the harbour of Porto Sereno open?").text)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "home", tmp_path / "a.md"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "Monday" in done.stdout
