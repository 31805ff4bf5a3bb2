"""The promises of the project as a whole: its shape, its commands, its package, its errors."""

from __future__ import annotations

import ast
import graphlib
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord
from onrecord import errors, records
from onrecord.grammar import build_parser, list_commands
from onrecord.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "onrecord"
MODULES = sorted(SOURCE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Who may see whom. What is not named here is a stage: it turns one value into the next.
VALUES = {"errors", "records", "version"}
# What is looked up or cut the same everywhere: tables of words and actors, the bounds of sentences.
LOOKUPS = {"knowledge", "ontology", "plover", "sentences", "states"}
PIPELINE = {"pipeline"}
STORAGE = {
    "access",
    "database",
    "decisions",
    "event_query",
    "exports",
    "identities",
    "index",
    "keys",
    "ledger",
    "migrations",
    "overlay",
    "query",
    "roster",
    "stance_query",
    "store",
    "tables",
    "tenures",
    "verify",
    "wire",
}
VIEWS = {
    "cards",
    "confidence",
    "console",
    "event_cards",
    "event_reasons",
    "event_tables",
    "explained",
    "frames",
    "marked",
    "pages",
    "provenance",
    "reasons",
    "terminal",
}
EDGE = {"__init__", "__main__", "api", "batch", "cli", "commands", "doctor", "evaluation", "grammar"}

HEAVY = ("jinja2", "lxml", "numpy", "onnxruntime", "pandas", "py3langid", "trafilatura")
NETWORK = {"aiohttp", "ftplib", "http", "httpx", "requests", "socket", "urllib3"}


def layer(module: str) -> str:
    """The layer that a dotted module name (without ``onrecord.``) belongs to."""
    top = module.split(".")[0]
    layers = {
        "values": VALUES, "lookups": LOOKUPS, "pipeline": PIPELINE, "storage": STORAGE, "views": VIEWS,
        "edge": EDGE,
    }  # fmt: skip
    return next((name for name, members in layers.items() if top in members), "stage")


MAY_SEE = {
    "values": {"values"},
    "lookups": {"values", "lookups"},
    "stage": {"values", "lookups", "stage"},
    "pipeline": {"values", "stage"},
    "storage": {"values", "lookups", "storage"},
    "views": {"values", "lookups", "storage", "views"},
    "edge": {"values", "lookups", "stage", "pipeline", "storage", "views", "edge"},
}


def dotted(path: Path) -> str:
    """``sources/raw.py`` -> ``sources.raw``; the package itself is ``__init__``."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


NAMES = {dotted(path) for path in MODULES}


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that the code imports, at the top or inside a function; ours as ``onrecord.…``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("onrecord.") in NAMES else node.module


def ours(path: Path) -> set[str]:
    """The modules of ours that a file imports, less the one documented exception."""
    found = {name for name in imports(ast.parse(path.read_bytes())) if name.split(".")[0] == "onrecord"}
    seen = {name.removeprefix("onrecord.") if name != "onrecord" else "__init__" for name in found}
    # A reading shows itself in a notebook: records.Reading._repr_html_ asks pages, when called.
    return seen - {"pages"} if dotted(path) == "records" else seen


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_point_toward_records(path: Path) -> None:
    allowed = MAY_SEE[layer(dotted(path))]
    assert {name: layer(name) for name in ours(path) if layer(name) not in allowed} == {}


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {dotted(path): ours(path) - {dotted(path)} for path in MODULES}
    assert set(graphlib.TopologicalSorter(graph).static_order()) >= NAMES


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_is_named_after_its_subject_and_can_be_read_in_one_sitting(path: Path) -> None:
    assert path.stem not in {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_declares_structs_in_one_style_and_has_no_road_to_the_network(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(ast.parse(path.read_bytes()))}
    assert roots.isdisjoint({"attrs", "dataclasses", "pydantic"})
    assert roots.isdisjoint(NETWORK)


# --- the package's face ---------------------------------------------------------------------------


def test_the_package_offers_what_it_lists() -> None:
    assert {"read", "read_many", "open_record", "Reading", "Statement"} <= set(onrecord.__all__)
    assert len(set(onrecord.__all__)) == len(onrecord.__all__)
    assert [name for name in onrecord.__all__ if not getattr(onrecord, name).__doc__] == []


def test_the_installed_version_is_the_one_that_the_project_states() -> None:
    assert importlib.metadata.version("onrecord") == VERSION


def loaded_by(*arguments: str) -> set[str]:
    """The names of all modules that ``onrecord ARGUMENTS`` imports."""
    code = f"import sys; sys.argv = {['onrecord', *arguments]!r}; from onrecord.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(re.findall(r"^import time:.*\|\s+(\S+)$", run.stderr, flags=re.MULTILINE))


@pytest.mark.parametrize("arguments", [("--help",), ("read", "--help"), ("--version",)], ids=" ".join)
def test_asking_for_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    loaded = loaded_by(*arguments)
    assert "onrecord.cli" in loaded
    assert sorted(loaded & set(HEAVY)) == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, onrecord; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"


# --- commands and documents -----------------------------------------------------------------------


def sections(document: Path) -> dict[str, str]:
    """The sections of a Markdown file, by heading without its marks."""
    parts = re.split(r"^#+ +(.+)$", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {head.replace("`", "").strip(): body for head, body in zip(parts[1::2], parts[2::2], strict=True)}


def read_all(documents: list[Path]) -> str:
    """The text of several documents, one after the other."""
    return "\n".join(document.read_text(encoding="utf-8") for document in documents)


def commands() -> dict[str, set[str]]:
    """Every command of the CLI with its long options, less --help, which all have."""
    return {
        name: {option for action in parser._actions for option in action.option_strings if option[:2] == "--"}
        - {"--help"}
        for name, parser in list_commands(build_parser()).items()
    }


def test_every_command_and_option_is_documented() -> None:
    documented = sections(ROOT / "docs" / "cli.md")
    assert [name for name in commands() if f"onrecord {name}" not in documented] == []
    undocumented = {
        name: sorted(option for option in options if option not in documented[f"onrecord {name}"])
        for name, options in commands().items()
    }
    assert {name: options for name, options in undocumented.items() if options} == {}


def test_every_command_that_the_documents_name_exists() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")]
    )
    named = set(re.findall(r"(?:^ *|`|\$ )onrecord ([a-z]+)", text, flags=re.MULTILINE))
    assert named, "the documents show no command"
    assert sorted(named - set(commands())) == []


def recipes() -> dict[str, str]:
    """The commands of the Makefile with what each says it does."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z]+):[^=\n]*?(?:## +(.+))?$", text, flags=re.MULTILINE))


def test_every_recipe_says_what_it_does_and_every_recipe_named_in_a_document_exists() -> None:
    text = read_all([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])
    named = set(re.findall(r"(?:^ *|`|\$ )make ([a-z]+)", text, flags=re.MULTILINE))
    assert {"demo", "test"} <= named
    assert sorted(named - set(recipes())) == []
    assert [name for name, what in recipes().items() if not what] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []


def test_no_document_has_a_place_still_to_fill() -> None:
    pages = [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
    assert re.findall(r"<!-- FILL .*", read_all(pages)) == []


STRUCTS = [
    value
    for value in vars(records).values()
    if isinstance(value, type) and value.__module__ == records.__name__
]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_of_the_record_is_documented(struct: type[records.Record]) -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "record.md").read_text(encoding="utf-8")))
    assert sorted(set(struct.__struct_encode_fields__) - documented) == []


def test_every_dependency_is_used_and_its_reason_written_down() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    required = {re.split(r"[<>=!~\[ ]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert sorted(name for name in required if f"| {name} |" not in reasons) == []
    used = {name.split(".")[0] for path in MODULES for name in imports(ast.parse(path.read_bytes()))}
    # Not imported by us: what jusText, inside trafilatura, needs and cannot ask for.
    assert sorted(required - {"lxml-html-clean"} - used) == []
    extras = {"pandas"}
    assert sorted(used - required - extras - set(sys.stdlib_module_names) - {"onrecord"}) == []


# --- the wheel ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the working tree builds (one second; needs no network)."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("onrecord-*.whl"))


def test_the_wheel_holds_all_that_reading_needs(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(SOURCE.parent).as_posix() for path in SOURCE.rglob("*") if path.is_file()}
    assert {name for name in wanted if "__pycache__" not in name} <= held
    assert "onrecord/py.typed" in held
    assert [name for name in held if name.endswith(".onnx")] != []
    assert [name for name in held if name.startswith("onrecord/templates/")] != []
    assert [name for name in held if name.endswith(".dist-info/licenses/LICENSE")] != []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert [name for name in held if not re.match(r"onrecord(/|-[\d.]+\.dist-info/)", name)] == []
    assert wheel.stat().st_size < 60_000_000


# --- errors ---------------------------------------------------------------------------------------

ERRORS = [
    value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_one_root_and_is_drawn_in_the_tree_with_its_exit_code(
    error: type[errors.OnrecordError],
) -> None:
    assert issubclass(error, errors.OnrecordError)
    drawn = dict(re.findall(r"(?:├──|└──) (\w+) +(\d)", errors.__doc__ or ""))
    assert error is errors.OnrecordError or drawn[error.__name__] == str(error.exit_code)


def test_exit_codes_are_the_documented_ones() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| `?(\d+)`? \|", documented, flags=re.MULTILINE)}
    assert {error.exit_code for error in ERRORS} | {0, 130} <= codes
