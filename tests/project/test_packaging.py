"""What is packaged, what it needs, and which part may know of which."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from assistant.models.weights import DIGESTS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODULES = sorted(path for package in ("index", "assistant") for path in (ROOT / package).rglob("*.py"))
PACKAGES = sorted(".".join(m.relative_to(ROOT).parent.parts) for m in MODULES if m.name == "__init__.py")
#: What the models are trained on: nobody needs it to ask questions.
NOT_INSTALLED = "assistant/models/training/data/"
#: Needed, though no line here imports them -> why.
NOT_IMPORTED = {
    "lxml-html-clean": "trafilatura needs it",
    "langchain": "its init_chat_model names any language model; imported where one is set",
}


def names(module: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            yield str(node.module)


def plain_name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_is_short_enough_to_read(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= 300


def test_a_folder_holds_at_most_fifteen_modules() -> None:
    per_folder = Counter(module.parent for module in MODULES if module.name != "__init__.py")
    assert {folder: count for folder, count in per_folder.items() if count > 15} == {}


def test_a_name_of_a_class_or_alias_stands_for_one_thing() -> None:
    places: dict[str, set[Path]] = {}
    for module in MODULES:
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), set()).add(module)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript):
                names = (target.id for target in node.targets if isinstance(target, ast.Name))
                for name in names:
                    if name[0].isupper() and not name.isupper():
                        places.setdefault(name, set()).add(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_names_what_it_offers(package: str) -> None:
    module = import_module(package)
    assert module.__all__ == sorted(module.__all__)
    for name in module.__all__:
        assert getattr(module, name) is not None
    if "." in package:
        assert len(module.__all__) <= 5


def test_what_a_package_names_is_imported_from_it_and_nothing_private_from_elsewhere() -> None:
    offered = {}
    for package in PACKAGES:
        for node in ast.parse((ROOT / package.replace(".", "/") / "__init__.py").read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                offered[package] = set(ast.literal_eval(node.value))
    wrong = []
    for module in MODULES:
        here = ".".join(module.relative_to(ROOT).parent.parts)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or node.module in offered:
                continue
            package = str(node.module).rpartition(".")[0]
            inside = f"{here}.".startswith(f"{package}.")
            for name in (each.name for each in node.names):
                of_package = "." in package and not inside and name in offered.get(package, ())
                private = name.startswith("_") and package in offered and str(node.module) != here
                if of_package or private:
                    wrong.append(f"{module.relative_to(ROOT)}:{node.lineno}: {name} of {node.module}")
    assert wrong == []


@pytest.mark.parametrize("package", ["index", "assistant"])
def test_type_checkers_use_its_hints(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


def test_everything_imported_is_declared_and_everything_declared_is_imported() -> None:
    offered = packages_distributions()
    own = {"index", "assistant"} | set(sys.stdlib_module_names)
    tops = {name.split(".")[0] for module in MODULES for name in names(module)} - own
    imported = {plain_name(offered[top][0]) for top in tops}
    declared = {plain_name(each) for each in PROJECT["dependencies"]}
    optional = {plain_name(each) for each in PROJECT["optional-dependencies"]["local"]}
    assert imported - declared - optional == set()
    assert declared - imported - NOT_IMPORTED.keys() == set()


def test_an_upper_bound_stands_under_a_comment_that_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    bounded = [i for i, line in enumerate(lines) if re.match(r'\s+"[\w-]+.*<', line)]
    assert bounded
    for i in bounded:
        assert lines[i - 1].strip().startswith("#"), lines[i]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (made,) = folder.glob("*.whl")
    with zipfile.ZipFile(made) as archive:
        found = set(archive.namelist())
        (entry_points,) = (name for name in found if name.endswith("/entry_points.txt"))
        assert "talks = assistant.cli.main:talks" in archive.read(entry_points).decode()
    return found


def test_the_wheel_holds_every_file_of_both_packages_but_what_models_are_trained_on(wheel: set[str]) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in ("index", "assistant")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert any(name.startswith("index/articles/") for name in ours)
    assert any(name.startswith(NOT_INSTALLED) for name in ours)
    assert {name for name in wheel if ".dist-info/" not in name} == {
        name for name in ours if not name.startswith(NOT_INSTALLED)
    }


def test_the_wheel_carries_the_weights_of_every_model(wheel: set[str]) -> None:
    assert {f"assistant/models/weights/{name}.safetensors" for name in DIGESTS} <= wheel


def test_the_wheel_carries_the_licence(wheel: set[str]) -> None:
    assert any(name.endswith("/licenses/LICENSE") for name in wheel)


def test_tests_use_what_the_packages_offer() -> None:
    """No test reaches into a private name of a module or an object of the packages."""
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                name = f"{ast.unparse(node.value)}.{node.attr}"
            elif isinstance(node, ast.Constant) and re.fullmatch(r"(?:assistant|index)(?:\.\w+)+", str(node.value)):
                name = str(node.value)
            else:
                continue
            if re.search(r"\._[a-z]\w*$|\._[A-Z]+$", name) and not name.startswith(("self.", "cls.", "sys.", "os.")):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")
    assert [each for each in found if "table._cells" not in each] == []  # python-docx has no other quick way
