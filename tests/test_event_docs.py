"""The page on events says what the code says."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from sample_events import make_events

SCRIPT = Path(__file__).resolve().parent.parent / "docs" / "build_event_examples.py"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    """The script that fills the page."""
    spec = importlib.util.spec_from_file_location("build_event_examples", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_of_the_page_are_what_the_code_says() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], timeout=60, check=False)
    assert done.returncode == 0, "run python docs/build_event_examples.py"


def test_a_section_is_filled_and_others_stay(builder: ModuleType) -> None:
    page = "a\n<!-- made: one -->\nold\n<!-- end -->\nb\n<!-- made: two -->\nkept\n<!-- end -->\n"
    filled = builder.fill(page, {"one": "new"})
    assert filled == page.replace("old", "new")


@pytest.fixture(scope="module")
def shown(builder: ModuleType) -> dict[str, str]:
    return builder.examples([make_events()])


@pytest.mark.parametrize("modality", ["actual", "future", "negated", "historical"])
def test_example_of_a_modality_has_it(shown: dict[str, str], modality: str) -> None:
    assert f" · {modality} · " in shown[modality]


def test_example_shows_trigger_parties_and_who_says_so(shown: dict[str, str]) -> None:
    assert "gunboats had **shelled** the harbour" in shown["claimed"]
    assert "says Ilse Marr" in shown["claimed"]
    assert "says the article" in shown["plain"]


def test_no_sentence_is_shown_twice_while_there_are_others(builder: ModuleType) -> None:
    reading = make_events()
    told = [builder.Told(reading, event) for event in reading.events]
    shown: set[str] = set()
    first, second = (builder._choose(told, 2, shown) for _ in range(2))
    assert len({one.event.sentence for one in (*first, *second)}) == 4


def test_without_events_the_page_is_left_alone(builder: ModuleType) -> None:
    with pytest.raises(SystemExit, match="weights are missing"):
        builder.examples([make_events(events=())])


def test_the_readme_shows_what_the_command_answers(
    builder: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "ASKED", ("--party", "Marr", "--limit", "1"))
    monkeypatch.setenv("COLUMNS", "80")
    command, _, *answer = builder.listing([make_events()]).splitlines()
    assert command == "    $ onrecord events --party Marr --limit 1 --record demo/record.sqlite"
    assert "Conf." in answer[0]
    assert any("Marr" in line for line in answer)
