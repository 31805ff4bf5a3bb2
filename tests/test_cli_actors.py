"""``explain`` and ``actors`` as a user meets them, with the record's other ways to carry decisions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from sample_reading import make_reading
from test_cli import record, run  # noqa: F401 - the fixtures of the command line

from onrecord.grammar import options
from onrecord.records import Act, Kind
from onrecord.store import open_record


@pytest.fixture
def asked(run: Callable, record: Path, monkeypatch: pytest.MonkeyPatch) -> Callable:  # noqa: F811
    """Runs a command on the record that holds the sample."""
    monkeypatch.setenv("ONRECORD_RECORD", str(record))
    return run


def speakers(asked: Callable) -> dict[str, str]:
    return {row["name"]: row["actor"] for row in map(json.loads, asked("speakers").out.splitlines())}


def test_explain_is_a_tree_for_people_and_one_object_for_programs(asked: Callable) -> None:
    tree = asked("explain", "s-chan", "--format", "text")
    assert "“she” is a pronoun" in tree.out
    assert "*she* _told_ reporters at the Harbour Conference" in tree.out
    (line,) = asked("explain", "s-channel").out.splitlines()
    found = json.loads(line)
    assert [reason["part"] for reason in found["reasons"]][:3] == ["speaker", "cue", "content"]


@pytest.mark.parametrize(
    ("key", "says"), [("s-", "6 statements"), ("nothing", "onrecord search"), ("", "no st")]
)
def test_explain_needs_one_statement(asked: Callable, key: str, says: str) -> None:
    done = asked("explain", key)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert says in done.err


def test_explain_shows_what_people_decided_even_on_a_statement_that_they_rejected(asked: Callable) -> None:
    asked("review", "s-denied", "reject", "--by", "ada")
    assert "reject, by ada" in asked("explain", "s-denied", "--format", "text").out


def test_actors_are_added_linked_corrected_and_taken_back_without_reading_again(asked: Callable) -> None:
    done = asked(
        "actors",
        "add",
        "Orla Venn",
        "--country",
        "fra",
        "--office",
        "minister",
        "--from",
        "2031",
        "--by",
        "ada",
    )
    assert (done.code, done.out) == (0, "")
    assert speakers(asked)["Orla Venn"] == "user:orla-venn"
    assert asked("actors", "link", "Tomas Adler", "user:orla-venn").code == 0
    assert "Tomas Adler" not in speakers(asked)
    assert asked("actors", "unlink", "user:orla-venn").code == 0
    assert "Tomas Adler" in speakers(asked)
    assert asked("actors", "correct", "Orla Venn", "--name", "Orla Venn-Roth").code == 0
    assert "Orla Venn-Roth" in speakers(asked)
    states = [json.loads(line)["state"] for line in asked("actors", "decisions").out.splitlines()]
    assert states == ["superseded", "in force", "superseded", "in force", "in force"]
    assert asked("actors", "withdraw", "5").code == 0
    assert "Orla Venn-Roth" not in speakers(asked)
    assert asked("verify").code == 0


def test_a_link_against_the_text_is_taken_and_said_plainly(asked: Callable) -> None:
    asked(
        "actors", "add", "Bela Orn", "--office", "president", "--of", "FRA", "--from", "1990", "--to", "1995"
    )
    done = asked("actors", "link", "local:orla-venn", "user:bela-orn")
    assert done.code == 0
    assert "no office on 2031-05-06 (President, 1990 to 1995); taken all the same" in done.err


def test_actors_explains_where_a_row_is_from_and_lists_by_every_filter(asked: Callable) -> None:
    asked(
        "actors",
        "add",
        "Orla Venn",
        "--country",
        "FRA",
        "--office",
        "minister",
        "--from",
        "2031",
        "--to",
        "2033",
    )
    found = json.loads(asked("actors", "explain", "venn").out)
    assert (found["actor"]["own"], found["statements"], found["documents"]) == (True, 3, 1)
    assert "user in 1 document" in found["linked"][0]
    assert "this record" in asked("actors", "explain", "user:orla-venn", "--format", "text").out

    def listed(*arguments: str) -> list[str]:
        return [json.loads(line)["id"] for line in asked("actors", *arguments).out.splitlines()]

    assert listed("--own") == ["user:orla-venn"]
    assert listed("--own", "--country", "nor") == []
    assert listed("--office", "minister", "--on", "2032-01-01", "--name", "venn") == ["user:orla-venn"]
    assert listed("--office", "minister", "--on", "2034-01-01", "--name", "orla venn") == []
    assert "Orla Venn" in asked("actors", "--own", "--format", "table").out


def test_the_shipped_table_answers_without_a_record(run: Callable) -> None:  # noqa: F811
    done = run("actors", "--office", "president", "--on", "1962-10-22", "--country", "USA")
    assert [json.loads(line)["name"] for line in done.out.splitlines()] == ["John F. Kennedy"]
    assert not Path("record.sqlite").exists()


def test_broken_rows_of_a_file_are_named_and_the_others_added(asked: Callable, tmp_path: Path) -> None:
    header = "id,name,kind,country,sector,aliases,source,as_of\n"
    rows = (
        "user:a,Ada Orn,person,FRA,GOV,A. Orn,mine,2031\nuser:b,,person,,,,,\nuser:c,Cai,robot,,,,,\nshort\n"
    )
    (tmp_path / "rows.csv").write_text(header + rows, encoding="utf-8")
    done = asked("actors", "add", "--file", "rows.csv")
    assert done.code == 1
    lines = done.err.splitlines()
    assert [line.split(": ")[1] for line in lines[:3]] == ["rows.csv:3", "rows.csv:4", "rows.csv:5"]
    assert "1 row of rows.csv added" in lines[3]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("add", "--file"),
        ("add Orn --country France", "ISO 3166-1"),
        ("add Orn --office king-in-waiting --of FRA", "OFFICES"),
        ("add Orn --office president --of FRA --from 2031 --to 2030", "before it starts"),
        ("add Orn --office president --of FRA --from yesterday", "not YYYY"),
        ("correct Nobody-Of-That-Name --name X", "onrecord actors add"),
        ("link Nobody Q1", "onrecord speakers"),
        ("link local:orla-venn Nobody-Of-That-Name", "onrecord actors add"),
        ("unlink Nobody", "onrecord speakers"),
        ("withdraw 9", "onrecord actors decisions"),
        ("explain Nobody-Of-That-Name", "--name WORD"),
    ],
)
def test_a_decision_that_makes_no_sense_is_one_line_that_says_what_to_do(
    asked: Callable, arguments: str, says: str
) -> None:
    done = asked("actors", *arguments.split())
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert says in done.err


def test_decisions_leave_a_record_and_enter_another(asked: Callable, tmp_path: Path) -> None:
    asked("actors", "add", "Orla Venn")
    asked("review", "s-denied", "reject")
    assert asked("export", "--decisions", "--out", "d.jsonl").err == "onrecord: d.jsonl: 2 decisions\n"
    assert asked("export", "--undecided", "--out", "r.jsonl").code == 0
    done = asked("load", "d.jsonl", "r.jsonl", "--record", "b.sqlite")
    assert "3 added" in done.err
    with open_record("b.sqlite") as store:
        assert [d.state for d in store.decisions()] == ["in force"]
    assert asked("export", "--record", "b.sqlite", "--decisions").out == (tmp_path / "d.jsonl").read_text(
        "utf-8"
    )
    assert asked("export", "--decisions", "--format", "csv").code == 2


def test_verify_mends_an_index_that_does_not_fit(asked: Callable, record: Path) -> None:  # noqa: F811
    with open_record(record) as store:
        store._db.execute("UPDATE actors SET name = 'Nobody'")
    assert asked("verify").code == 1
    assert asked("verify", "--rebuild").code == 0
    assert asked("verify", "some.jsonl", "--rebuild").code == 2


def test_search_filters_by_act_and_by_the_speakers_country(asked: Callable) -> None:
    found = [json.loads(line) for line in asked("search", "--act", "promise").out.splitlines()]
    assert [hit["statement"]["id"] for hit in found] == ["s-reopen", "s-no-wait"]
    assert (found[1]["parent_speaker"], found[1]["speaker"]["role"]) == ("Orla Venn", "harbour chief")
    assert asked("search", "--country", "FRA").out == ""
    assert "at the Harbour Conference" in asked("search", "channel", "--format", "table").out


def test_the_choices_of_the_grammar_are_those_of_the_record() -> None:
    assert get_args(Act) == options.ACTS
    assert get_args(Kind) == options.KINDS
    assert make_reading().statements[0].act in options.ACTS
