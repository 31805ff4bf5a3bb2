"""The command line as a user meets it: what goes in, what comes out, and how it ends."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from sample_reading import make_reading

import onrecord
from onrecord import cli, grammar, pipeline
from onrecord.errors import ModelError, OnrecordError, RecordError, SourceError
from onrecord.records import ProducedBy, Reading
from onrecord.sources.raw import RawDocument
from onrecord.store import open_record
from onrecord.text import read_text, recall_text
from onrecord.wire import read_line, write_line

ROOT = Path(__file__).resolve().parent.parent
NOW = ProducedBy(onrecord="0.1.0", model="by hand", model_sha256="1" * 64)


class Run(msgspec.Struct, frozen=True):
    """How one command ended."""

    code: int
    out: str
    err: str

    def readings(self) -> list[Reading]:
        return [read_line(line, origin="stdout") for line in self.out.splitlines()]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable:
    """A function that runs ``onrecord ARGUMENTS`` in an empty directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONRECORD_RECORD", raising=False)

    def run_command(*arguments: object) -> Run:
        code = cli.main([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> type:
    """Reading without weights: every document gets the statements of the sample that fit its words."""

    class Engine:
        produced_by = NOW

    def statements_in(text: str, made_by: ProducedBy) -> dict[str, object]:
        sample = make_reading()
        fits = text == sample.document.text
        found = (sample.actors, sample.statements) if fits else ((), ())
        return {"actors": found[0], "statements": found[1], "produced_by": made_by}

    def read(raw: RawDocument, *, engine: Engine) -> Reading:
        document = read_text(raw).document
        if "stop here" in document.text:
            raise KeyboardInterrupt
        return Reading(document=document, **statements_in(document.text, engine.produced_by))

    def reread(reading: Reading, *, engine: Engine, published: str | None = None) -> Reading:
        document = recall_text(reading, published=published).document
        return Reading(document=document, **statements_in(document.text, engine.produced_by))

    monkeypatch.setattr(pipeline.Engine, "load", lambda **_: Engine())
    monkeypatch.setattr(pipeline, "read", read)
    monkeypatch.setattr(pipeline, "reread", reread)
    return Engine


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The sample article as a file."""
    path = tmp_path / "article.txt"
    path.write_text(make_reading().document.text, encoding="utf-8")
    return path


@pytest.fixture
def record(record_path: Path) -> Path:
    """A record that holds the sample reading."""
    with open_record(record_path) as store:
        store.write(make_reading())
    return record_path


# --- read and reread ------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick_engine")
def test_read_writes_json_lines_into_a_pipe(run: Callable, article: Path) -> None:
    done = run("read", article, "--date", "2031-05-06")
    (reading,) = done.readings()
    assert (done.code, done.err) == (0, "")
    assert reading.document.published == "2031-05-06"
    assert reading.document.published_from == "flag"
    assert len(reading.statements) == 6


@pytest.mark.usefixtures("quick_engine")
def test_read_shows_who_said_what_as_a_table(run: Callable, article: Path) -> None:
    done = run("read", article, "--format", "table", "--min-confidence", "0.9")
    assert "Orla Venn told" in done.out
    assert "Tomas Adler promised" not in done.out


@pytest.mark.usefixtures("quick_engine")
def test_read_keeps_everything_in_the_record_and_shows_only_what_is_asked_for(
    run: Callable, article: Path
) -> None:
    done = run("read", article, "--record", "r.sqlite", "--format", "jsonl", "--min-confidence", "0.9")
    assert [s.id for s in done.readings()[0].statements] == ["s-reopen", "s-channel", "s-adler-told-her"]
    with open_record("r.sqlite") as store:
        assert store.count().statements == 6


@pytest.mark.usefixtures("quick_engine")
def test_read_passes_over_what_the_record_holds_but_not_a_corrected_date(
    run: Callable, article: Path
) -> None:
    assert "1 document read" in run("read", article, "--record", "r.sqlite").err
    again = run("read", article, "--record", "r.sqlite", "--format", "jsonl")
    assert again.code == 0
    assert "0 documents read" in again.err
    assert "1 passed over" in again.err
    assert len(again.readings()) == 1
    dated = run("read", article, "--record", "r.sqlite", "--date", "2031-05-07")
    assert "1 document read" in dated.err
    assert "1 in place of an earlier reading" in dated.err


def test_read_reads_again_what_another_model_read(run: Callable, article: Path, quick_engine: type) -> None:
    run("read", article, "--record", "r.sqlite")
    quick_engine.produced_by = msgspec.structs.replace(NOW, model="a newer one")
    assert "1 in place of an earlier reading" in run("read", article, "--record", "r.sqlite").err


@pytest.mark.usefixtures("quick_engine")
def test_read_reports_a_bad_document_in_one_line_and_goes_on(run: Callable, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("The port is open, the minister said.", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)) * 20)
    done = run("read", tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt", tmp_path / "none.txt")
    assert done.code == 1
    assert len(done.readings()) == 1
    assert [line.startswith("onrecord: ") for line in done.err.splitlines()] == [True] * 3


@pytest.mark.usefixtures("quick_engine")
@pytest.mark.parametrize("data", [b"", b"  \n", bytes(range(256)) * 20], ids=["empty", "blank", "binary"])
def test_read_ends_with_3_when_nothing_could_be_read(run: Callable, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(data)
    done = run("read", tmp_path / "bad.txt")
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)


@pytest.mark.usefixtures("quick_engine")
def test_interrupted_read_says_what_is_kept_and_keeps_it(
    run: Callable, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "later.txt").write_text("Please stop here, the minister said.", encoding="utf-8")
    done = run("read", article, tmp_path / "later.txt", "--record", "r.sqlite")
    assert done.code == 130
    assert done.err == "onrecord: interrupted; 1 document read and kept in r.sqlite; run it again to go on\n"
    with open_record("r.sqlite") as store:
        assert store.count().documents == 1


@pytest.mark.usefixtures("quick_engine")
def test_read_goes_into_the_record_that_the_environment_names(
    run: Callable, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", "mine.sqlite")
    assert run("read", article).out == ""
    assert "Orla Venn" in run("speakers").out


@pytest.mark.usefixtures("quick_engine")
def test_what_read_writes_load_takes_back_unchanged(
    run: Callable, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = run("read", article).out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    assert run("load", "-", "--record", "r.sqlite").code == 0
    assert run("export", "--record", "r.sqlite").out == lines


def test_reread_corrects_a_date_and_keeps_decisions(run: Callable, article: Path, quick_engine: type) -> None:
    run("read", article, "--record", "r.sqlite")
    run("correct", "s-hiding", "--speaker", "Orla Venn", "--record", "r.sqlite")
    with open_record("r.sqlite") as store:
        key = next(store.readings()).document.id
    done = run("reread", key[:20], "--date", "2031-05-07", "--record", "r.sqlite")
    assert (done.code, done.out) == (0, "")
    with open_record("r.sqlite") as store:
        reading = store.get_reading(key)
    assert (reading.document.published, reading.document.published_from) == ("2031-05-07", "flag")
    assert next(s.speaker for s in reading.statements if s.id == "s-hiding") == "local:orla-venn"


def test_reread_without_keys_reads_only_what_another_model_read(
    run: Callable, article: Path, quick_engine: type
) -> None:
    run("read", article, "--record", "r.sqlite")
    assert "already" in run("reread", "--record", "r.sqlite").err
    quick_engine.produced_by = msgspec.structs.replace(NOW, model="a newer one")
    assert "1 document read" in run("reread", "--record", "r.sqlite").err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], {"events": True}),
        (["--no-events"], {"events": False}),
        (["--event-confidence", "0.3"], {"least_event": 0.3}),
    ],
)
@pytest.mark.usefixtures("quick_engine")
def test_which_events_are_reported_is_told_to_the_engine(
    run: Callable, article: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], told: dict[str, object]
) -> None:
    asked = []
    load = pipeline.Engine.load
    monkeypatch.setattr(pipeline.Engine, "load", lambda **given: asked.append(given) or load())
    for command in (["read", article], ["show", article]):
        assert run(*command, *options).code == 0
    assert asked == [told, told]


@pytest.mark.usefixtures("quick_engine")
def test_reread_with_another_confidence_of_events_reads_all_again(run: Callable, article: Path) -> None:
    run("read", article, "--record", "r.sqlite")
    again = ("reread", "--record", "r.sqlite")
    assert "1 document read" in run(*again, "--event-confidence", "0.3").err
    assert "1 document read" in run(*again, "--no-events").err


# --- show, search, speakers -----------------------------------------------------------------------


def test_show_marks_statements_so_that_no_colour_is_needed(run: Callable, record: Path) -> None:
    done = run("show", "5ab1e0", "--record", record, "--format", "text")
    assert done.code == 0
    assert "⟦The port of Keldra will reopen to grain ships on Friday⟧¹" in done.out
    assert "*she* _told_ reporters" in done.out
    assert "within 3" in done.out


def test_show_filters_by_confidence_and_says_so(run: Callable, record: Path) -> None:
    done = run("show", "5ab1e0", "--record", record, "--format", "text", "--min-confidence", "0.9")
    assert "⟧⁴" not in done.out
    assert "3 below a confidence of 0.90 not shown" in done.out


def test_show_in_a_pipe_is_the_reading_and_show_reads_it_back(
    run: Callable, record: Path, tmp_path: Path
) -> None:
    line = run("show", "5ab1e0", "--record", record).out
    assert read_line(line, origin="stdout") == make_reading()
    (tmp_path / "one.jsonl").write_text(line, encoding="utf-8")
    assert run("show", "one.jsonl").out == line


@pytest.mark.usefixtures("quick_engine")
def test_show_reads_a_file_and_writes_a_page(run: Callable, article: Path, tmp_path: Path) -> None:
    done = run("show", article, "--date", "2031-05-06", "--html", "page.html")
    assert (done.code, done.out, done.err) == (0, "", "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "6 May 2031" in page


def test_page_is_never_written_over_the_record(run: Callable, record: Path) -> None:
    before = record.read_bytes()
    done = run("show", "5ab1e0", "--record", record, "--html", record)
    assert done.code == 2
    assert record.read_bytes() == before


def test_search_finds_by_words_and_by_every_filter(run: Callable, record: Path) -> None:
    def found(*arguments: object) -> list[str]:
        lines = run("search", "--record", record, *arguments).out.splitlines()
        return [json.loads(line)["statement"]["id"] for line in lines]

    assert found("northern", "channel") == ["s-channel"]
    assert found("--speaker", "adler") == ["s-no-wait"]
    assert found("vessel", "--mode", "direct") == ["s-no-wait"]
    assert found("--min-confidence", "0.96") == ["s-reopen"]
    assert found("--outlet", "Another Paper") == []
    assert found("--since", "2031-05-07") == []
    assert len(found("--until", "2031-05-07", "--limit", "2")) == 2
    assert len(found("--limit", "0")) == 6


def test_search_table_sets_off_the_match_and_names_the_statement(run: Callable, record: Path) -> None:
    done = run("search", "southern", "--record", record, "--format", "table")
    assert "Orla Venn" in done.out
    assert "statement s-channel" in done.out.replace("\n", " ")


@pytest.mark.parametrize("style", ["jsonl", "table"])
def test_search_never_cuts_its_answer_in_silence(run: Callable, record: Path, style: str) -> None:
    assert "2 of 6 shown" in run("search", "--record", record, "--limit", "2", "--format", style).err
    assert run("search", "--record", record, "--limit", "6", "--format", style).err == ""


def test_search_that_finds_nothing_says_what_to_try(run: Callable, record: Path) -> None:
    done = run("search", "zeppelin", "--record", record, "--format", "table")
    assert (done.code, done.out) == (0, "")
    assert "nothing found; try" in done.err


def test_speakers_are_listed_the_most_heard_first(run: Callable, record: Path) -> None:
    rows = [json.loads(line) for line in run("speakers", "--record", record).out.splitlines()]
    assert [(row["name"], row["statements"]) for row in rows] == [
        ("Orla Venn", 3),
        ("A ministry official", 1),
        ("Tomas Adler", 1),
    ]
    assert "Transport Minister" in run("speakers", "--record", record, "--format", "table").out


# --- load, export, forget, verify -----------------------------------------------------------------


def test_export_writes_a_file_whole_or_not_at_all(
    run: Callable, record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.csv").write_text("precious", encoding="utf-8")

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("onrecord.exports.csv.write_csv", fail)
        done = run("export", "--record", record, "--format", "csv", "--out", "out.csv")
    assert done.code == 1
    assert "No space left on device; free some space" in done.err
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "precious"
    assert run("export", "--record", record, "--format", "csv", "--out", "out.csv").code == 0
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 7
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_export_leaves_out_what_is_not_sure_enough_without_loose_ends(run: Callable, record: Path) -> None:
    (reading,) = run("export", "--record", record, "--min-confidence", "0.9").readings()
    assert {s.parent for s in reading.statements} == {None}
    assert min(s.confidence for s in reading.statements) >= 0.9


def test_load_reports_a_bad_line_and_takes_the_others(run: Callable, tmp_path: Path) -> None:
    lines = write_line(make_reading()) + b'\n{"onrecord": "99"}\nnot json\n'
    (tmp_path / "in.jsonl").write_bytes(lines)
    done = run("load", "in.jsonl", "none.jsonl", "--record", "r.sqlite")
    assert done.code == 1
    assert "in.jsonl:2" in done.err
    assert "in.jsonl:3" in done.err
    assert "none.jsonl: No such file" in done.err
    assert "1 added" in done.err


def test_load_of_nothing_ends_with_3(run: Callable) -> None:
    assert run("load", os.devnull, "--record", "r.sqlite").code == 3


def test_forget_asks_and_without_anybody_to_ask_needs_yes(
    run: Callable, record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    refused = run("forget", "5ab1e0", "--record", record)
    assert (refused.code, refused.out) == (2, "")
    assert "--yes" in refused.err
    done = run("forget", "5ab1e0", "--record", record, "--yes")
    assert done.code == 0
    assert "6 statements" in done.err
    assert run("show", "5ab1e0", "--record", record).code == 2


def test_verify_is_silent_about_a_sound_record_and_its_exit_code_tells_of_a_defect(
    run: Callable, record: Path, tmp_path: Path
) -> None:
    assert run("verify", "--record", record).code == 0
    stmt = make_reading().statements[0]
    wrong = msgspec.structs.replace(stmt, content=(msgspec.structs.replace(stmt.content[0], text="other"),))
    broken = msgspec.structs.replace(make_reading(), statements=(wrong,), notes=())
    (tmp_path / "broken.jsonl").write_bytes(write_line(broken) + b"\n")
    done = run("verify", "broken.jsonl")
    assert done.code == 1
    assert json.loads(done.out)["code"] == "span"


# --- decisions ------------------------------------------------------------------------------------


def test_people_correct_and_review_statements_and_take_it_back(run: Callable, record: Path) -> None:
    def shown() -> Reading:
        return read_line(run("show", "5ab1e0", "--record", record).out, origin="stdout")

    assert run("correct", "s-hiding", "--speaker", "Bela Orn", "--by", "ada", "--record", record).code == 0
    assert "Bela Orn" in {actor.name for actor in shown().actors}
    assert run("review", "s-denied", "reject", "--record", record).code == 0
    assert "s-denied" not in {s.id for s in shown().statements}
    assert run("review", "s-denied", "withdraw", "--record", record).code == 0
    assert run("correct", "s-hiding", "--withdraw", "--record", record).code == 0
    assert shown().statements == make_reading().statements


def test_correcting_an_unknown_statement_is_a_usage_error(run: Callable, record: Path) -> None:
    done = run("correct", "s-none", "--nobody", "--record", record)
    assert (done.code, done.err.count("\n")) == (2, 1)


# --- doctor and evaluate --------------------------------------------------------------------------


def test_doctor_says_what_a_record_holds(run: Callable, record: Path) -> None:
    done = run("doctor", "--record", record)
    assert f"ok    Record: {record}: documents 1, statements 6" in done.out
    assert "with FTS5" in done.out


def test_doctor_says_what_is_wrong_and_what_to_do(run: Callable, tmp_path: Path) -> None:
    from onrecord.doctor import check_event_weights, check_record, check_weights

    assert not check_weights(tmp_path).fine
    (tmp_path / "statements.json").write_text('{"name": "m", "sha256": "00"}', encoding="utf-8")
    (tmp_path / "statements.onnx").write_bytes(b"changed")
    assert "is not the card's" in check_weights(tmp_path).found
    assert "no events are read" in check_event_weights(tmp_path).found
    (tmp_path / "sightings.npz").write_bytes(b"")
    assert not check_event_weights(tmp_path).fine
    card = {"name": "r", "sha256": {"upper": hashlib.sha256(b"changed").hexdigest()}}
    (tmp_path / "relations.json").write_text(json.dumps(card), encoding="utf-8")
    (tmp_path / "relations_upper.onnx").write_bytes(b"changed")
    assert check_event_weights(tmp_path).found.endswith("as stated")
    (tmp_path / "relations_upper.onnx").write_bytes(b"changed again")
    assert "is not the card's" in check_event_weights(tmp_path).found
    (tmp_path / "bad.sqlite").write_bytes(b"no record" * 100)
    assert check_record(tmp_path / "bad.sqlite", must_exist=True).exit_code == 4
    assert check_record(tmp_path / "none.sqlite", must_exist=False).fine
    assert run("doctor", "--record", tmp_path / "bad.sqlite").code in (4, 5)


def test_evaluate_scores_given_readings(run: Callable, tmp_path: Path) -> None:
    done = run("evaluate", "nonsense", "gold.jsonl")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert "attribution" in done.err


# --- when something is wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["read"], "PATH"),
        (["nonsense"], "invalid choice"),
        (["read", "x", "--date", "yesterday"], "write it as YYYY-MM-DD"),
        (["search", "--min-confidence", "7"], "number from 0 to 1"),
        (["search", "--limit", "few"], "whole number"),
        (["search", "--mode", "loud"], "invalid choice"),
        (["reread", "--date", "2031-05-06"], "name them"),
        (["read", "x", "--event-confidence", "1.5"], "from 0 to 1"),
        (["read", "x", "--event-confidence", "0.5", "--no-events"], "not allowed with"),
        (["show", "abcdef", "--no-events"], "are for files"),
        (["search", "--since", "2031-02-30"], "not a date"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_usage_is_one_line_with_code_2(run: Callable, arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert says in done.err
    assert done.err.startswith("onrecord: ")


@pytest.mark.parametrize(
    "command", ["search x", "speakers", "export", "verify", "reread", "forget abcdef --yes"]
)
def test_missing_record_is_one_line_with_code_4(run: Callable, command: str) -> None:
    done = run(*command.split(), "--record", "none.sqlite")
    assert (done.code, done.out, done.err.count("\n")) == (4, "", 1)
    assert not Path("none.sqlite").exists()


@pytest.mark.parametrize("command", ["search x", "speakers", "export", "verify", "load -"])
def test_file_that_is_no_record_is_one_line_with_code_4(run: Callable, tmp_path: Path, command: str) -> None:
    (tmp_path / "bad.sqlite").write_bytes(b"this is no record at all" * 50)
    done = run(*command.split(), "--record", "bad.sqlite")
    assert (done.code, done.err.count("\n")) == (4, 1)
    assert (tmp_path / "bad.sqlite").read_bytes() == b"this is no record at all" * 50


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RecordError("r.sqlite: locked; wait"), 4),
        (SourceError("a.txt: empty; give text"), 3),
        (ModelError("weights missing; install again"), 5),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(32, "Broken pipe"), 141),
        (OSError(28, "No space left on device"), 1),
        (ZeroDivisionError("a defect"), 1),
        (RecursionError("too deep\nby far"), 1),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_every_error_ends_in_one_line_and_its_code(
    run: Callable, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_find_command", lambda _: fail)
    monkeypatch.setattr(cli, "_let_go_of_output", lambda: None)
    done = run("doctor")
    assert (done.code, done.out) == (code, "")
    assert done.err.count("\n") == (0 if code == 141 else 1)
    assert "Traceback" not in done.err
    if isinstance(error, OnrecordError):
        assert "Traceback" in run("doctor", "--debug").err


def test_a_hostile_name_reaches_neither_terminal_nor_log_as_an_escape_sequence(run: Callable) -> None:
    done = run("show", "\x1b]0;owned\x07", "--record", "none.sqlite")
    assert "\x1b" not in done.err
    assert "\x07" not in done.err


def test_a_closed_pipe_is_quiet(record: Path) -> None:
    code = "import sys; from onrecord.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "export", "--record", str(record)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # long before the command has anything to say
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_a_terminal_without_unicode_gets_what_it_can_show(record: Path) -> None:
    code = "import sys; from onrecord.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "show", "5ab1e0", "--record", str(record), "--format", "text"]
    env = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"[[The port of Keldra will reopen to grain ships on Friday]](1)" in done.stdout


# --- the grammar ----------------------------------------------------------------------------------


def test_every_command_leads_to_a_function_that_says_what_it_does() -> None:
    for name, command in grammar.list_commands(grammar.build_parser()).items():
        function = cli._find_command(command.get_default("run"))
        assert function.__doc__, name


def test_reference_is_what_the_code_says() -> None:
    check = [sys.executable, str(ROOT / "docs" / "build_cli_reference.py"), "--check"]
    assert subprocess.run(check, timeout=60, check=False).returncode == 0, "run docs/build_cli_reference.py"


def test_help_names_every_exit_code_and_where_the_record_is(
    run: Callable, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    out = capfd.readouterr().out
    assert ended.value.code == 0
    assert all(f" {code}  " in out for code in grammar.EXIT_CODES)
    assert "ONRECORD_RECORD" in out


def test_a_reading_shows_itself_in_a_notebook() -> None:
    shown = make_reading()._repr_html_()
    assert "&lt;maps&gt;" in shown
    assert onrecord.__doc__
