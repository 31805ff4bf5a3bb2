"""``onrecord events`` and ``stances``, and what the other commands do with events."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from sample_events import TEXT, make_events
from test_cli import run  # noqa: F401 - a fixture

from onrecord.grammar import options
from onrecord.plover import TYPES
from onrecord.records import Modality
from onrecord.store import open_record
from onrecord.wire import write_line


@pytest.fixture
def asked(run: Callable, tmp_path: Path) -> Callable:  # noqa: F811
    """Runs a command in a folder whose record.sqlite holds the sample."""
    with open_record(tmp_path / "record.sqlite") as store:
        store.write(make_events())
    return run


def ids(asked: Callable, *arguments: str) -> list[str]:
    done = asked("events", *arguments)
    assert (done.code, done.err) == (0, "")
    return [json.loads(line)["event"]["id"] for line in done.out.splitlines()]


def test_events_into_a_pipe_are_json_lines_with_all_that_is_known(asked: Callable) -> None:
    hits = [json.loads(line) for line in asked("events").out.splitlines()]
    assert len(hits) == 7
    shelled = next(hit for hit in hits if hit["event"]["id"] == "e-shelled")
    assert shelled["asserted_by"]["name"] == "Ilse Marr"
    assert [a["name"] for a in shelled["actors"] + shelled["recipients"]] == ["Vastria", "Norland"]
    assert TEXT[slice(*(shelled["event"]["trigger"][k] for k in ("start", "end")))] == "shelled"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--actor", "Vastria", "--recipient", "Norland"), ["e-shelled"]),
        (("--party", "Lund"), ["e-meet"]),
        (("--country", "VST", "--type", "accuse", "--type", "THREATEN"), ["e-condemned", "e-threat"]),
        (
            ("--actor-country", "NRL", "--recipient-country", "VST", "--quad", "3"),
            ["e-condemned", "e-threat"],
        ),
        (("--mode", "seize"), ["e-seized"]),
        (("--context", "territory"), ["e-closing"]),
        (("--modality", "negated"), ["e-fired"]),
        (("--asserted-by", "Marr"), ["e-shelled"]),
        (("--asserted-by", "article", "--since", "2031-05-06"), ["e-closing", "e-threat", "e-meet"]),
        (("--until", "1990-01-01"), ["e-seized"]),
        (("--min-confidence", "0.9"), ["e-condemned", "e-shelled"]),
        (("--outlet", "Northern Dispatch", "--document", "91d8e40b", "gunboats"), ["e-shelled"]),
    ],
)
def test_each_filter_reaches_the_question(
    asked: Callable, arguments: tuple[str, ...], found: list[str]
) -> None:
    assert ids(asked, *arguments) == found


def test_a_limit_says_how_many_more_there_are(asked: Callable) -> None:
    done = asked("events", "--limit", "2")
    assert len(done.out.splitlines()) == 2
    assert done.err == "onrecord: 2 of 7 shown; --limit 0 shows all\n"
    assert len(ids(asked, "--limit", "0")) == 7


def test_a_table_shows_events_and_an_empty_one_says_what_to_try(asked: Callable) -> None:
    done = asked("events", "--type", "assault", "--format", "table")
    assert "says Otto Lund" in done.out
    done = asked("events", "--party", "Nobody", "--format", "table")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("onrecord: no event fits; try")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--type", "FIGHT"), "invalid choice: 'FIGHT'"),
        (("--quad", "7"), "invalid choice: 7"),
        (("--mode", "loud"), "is no mode of an event; use one of"),
        (("--context", "weather"), "is no context of an event; use one of"),
        (("--since", "Monday"), "write it as YYYY-MM-DD"),
        (("--document", "elsewhere"), "no document 'elsewhere'"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_code_2(
    asked: Callable, arguments: tuple[str, ...], says: str
) -> None:
    done = asked("events", *arguments)
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1


def test_stances_are_listed_and_filtered(asked: Callable) -> None:
    done = asked("stances", "--holder", "Marr", "--target", "Vastria", "--polarity", "oppose")
    (hit,) = (json.loads(line) for line in done.out.splitlines())
    assert (hit["holder"]["name"], hit["stance"]["polarity"]) == ("Ilse Marr", "oppose")
    assert "Ilse Marr opposes Vastria" in asked("stances", "--format", "table").out
    assert len(asked("stances", "--asserted-by", "article").out.splitlines()) == 1
    assert "no stance fits" in asked("stances", "--polarity", "support", "--format", "table").err
    assert "1 of 2 shown" in asked("stances", "--limit", "1").err


def test_explain_takes_the_first_digits_of_an_event(asked: Callable) -> None:
    found = json.loads(asked("explain", "e-shel").out)
    assert found["event"] == "e-shelled"
    assert {reason["part"] for reason in found["reasons"]} >= {"type", "actor", "recipient", "asserter"}
    assert "Says: Ilse Marr" in asked("explain", "e-shelled", "--format", "text").out
    assert asked("explain", "s-shelled").code == 0
    assert "no statement or event 'x-1'" in asked("explain", "x-1").err


def test_review_takes_events_as_well_as_statements(asked: Callable) -> None:
    done = asked("review", "e-closing", "reject", "--by", "ada")
    assert done.code == 0
    assert "review of event e-closing set to reject" in done.err
    assert "e-closing" not in ids(asked)
    assert json.loads(asked("explain", "e-closing").out)["decisions"][0]["value"] == "reject"
    exported = asked("export", "--decisions").out
    assert json.loads(exported)["decision"]["kind"] == "event"
    assert asked("review", "e-closing", "withdraw").code == 0
    assert "e-closing" in ids(asked)
    assert asked("review", "s-shelled", "reject").code == 0
    assert "e-shelled" not in ids(asked)
    assert asked("verify").code == 0


def test_loading_and_exporting_keep_events_whole(asked: Callable, tmp_path: Path) -> None:
    exported = asked("export").out
    assert exported == write_line(make_events()).decode() + "\n"
    (tmp_path / "out.jsonl").write_text(exported, encoding="utf-8")
    assert asked("load", "out.jsonl", "--record", "other.sqlite").code == 0
    assert len(ids(asked, "--record", "other.sqlite")) == 7
    assert asked("verify", "--record", "other.sqlite").code == 0


def test_show_marks_events_in_the_terminal_and_on_the_page(asked: Callable) -> None:
    assert "‹e1 ACCUSE · disapprove›" in asked("show", "91d8e40b", "--format", "text").out
    assert 'id="e7"' in asked("show", "91d8e40b", "--html", "-").out


def test_the_choices_for_events_are_those_of_the_manual_and_of_the_record() -> None:
    assert tuple(TYPES) == options.EVENT_TYPES
    assert get_args(Modality) == options.MODALITIES
