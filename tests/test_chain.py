"""The reporting chain on golden cases (tests/cases/chains), and on what no case file can say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from factory import mention, span
from hypothesis import given
from hypothesis import strategies as st

from onrecord.chain import complete_chains
from onrecord.clauses import find_neighbours, read_noun_phrase
from onrecord.records import Span, Statement, Venue
from onrecord.relays import name_relays
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.text import Text, read_text

CASES = Path(__file__).parent / "cases" / "chains"
FIELDS = re.compile(r"\b(via|addressee|venue|source)=(.*?)(?=\s(?:via|addressee|venue|source)=|$)")


class Case(msgspec.Struct):
    """One case: its text, the statements that go in, and what must come out."""

    about: str
    text: str
    given: list[Statement] = []
    wanted: dict[str, str] = {}
    new: list[tuple[str, ...]] = []
    nested: list[tuple[str, str]] = []
    nothing_else: bool = False


def read_cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            case = read_case(block.strip().splitlines())
            yield pytest.param(case, id=f"{path.stem}: {case.about}")


def read_case(lines: list[str]) -> Case:
    case = Case(about=lines[0].removeprefix("# "), text=lines[1].removeprefix("TEXT "))
    for line in lines[2:]:
        kind, _, rest = line.partition(" ")
        read_line(case, kind, rest.strip())
    return case


def read_line(case: Case, kind: str, rest: str) -> None:
    if kind == "SAID":
        case.given.append(said(case.text, *(part.strip() for part in rest.split("|"))))
    elif kind == "WITH":
        case.given[-1] = found_with(case.text, case.given[-1], dict(FIELDS.findall(rest)))
    elif kind == "GETS":
        case.wanted = dict(FIELDS.findall(rest))
    elif kind == "NEW":
        case.new.append(tuple(part.strip() for part in rest.split("|")))
    elif kind == "IN":
        inner, outer = rest.split(" < ")
        case.nested.append((inner, outer))
    else:
        assert kind == "NONE", kind
        case.nothing_else = True


def said(text: str, cue: str, source: str, content: str) -> Statement:
    """A statement as the model finds it, the last place of its cue before or behind the content."""
    spans = tuple(span(text, words) for words in content.split(" ++ "))
    at = nearest(text, cue, spans[0].start, spans[-1].end)
    return Statement(
        id=f"{cue}-{spans[0].start}",
        source=None if source == "~" else mention(text, source, nth(text, source, at)),
        cue=span(text, cue, nth(text, cue, at)),
        content=spans,
        mode="direct" if content.startswith('"') else "indirect",
        confidence=0.9,
    )


def nearest(text: str, words: str, start: int, end: int) -> int:
    """Where the words stand that are nearest to a content, outside it."""
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    outside = [at for at in places if not start <= at < end] or places
    return min(outside, key=lambda at: min(abs(at - end), abs(start - at)))


def nth(text: str, words: str, near: int) -> int:
    places = [m.start() for m in re.finditer(re.escape(words), text)]
    return min(range(len(places)), key=lambda n: abs(places[n] - near))


def found_with(text: str, stmt: Statement, fields: dict[str, str]) -> Statement:
    changes: dict[str, Any] = {}
    for field, words in fields.items():
        found = mention(text, words)
        changes[field] = (found,) if field == "via" else found
        if field == "venue":
            changes[field] = Venue(start=found.start, end=found.end, text=found.text)
    return msgspec.structs.replace(stmt, **changes)


def lay_out(text: str) -> Text:
    return read_text(RawDocument(data=text, origin="case"))


def words_of(stmt: Statement, field: str) -> str:
    value = getattr(stmt, field)
    if field == "via":
        return ", ".join(m.text for m in value) or "~"
    return value.text if value else "~"


@pytest.mark.parametrize("case", list(read_cases()))
def test_the_chain_of_a_case_is_what_the_case_says(case: Case) -> None:
    got = complete_chains(lay_out(case.text), case.given)
    by_cue = {stmt.cue.text: stmt for stmt in got if stmt.cue}
    last = case.given[-1].cue
    assert last
    stmt = [stmt for stmt in got if stmt.cue and stmt.cue.start == last.start][-1]
    assert {field: words_of(stmt, field) for field in case.wanted} == case.wanted
    for cue, source, content in case.new:
        assert cue in by_cue, f"no statement of {cue!r}: {sorted(by_cue)}"
        assert words_of(by_cue[cue], "source") == source
        assert " ++ ".join(part.text for part in by_cue[cue].content) == content
    if case.nothing_else:
        assert len(got) == len(case.given)
    for inner, outer in case.nested:
        assert by_cue[inner].parent == by_cue[outer].id


TRANSCRIPT = """Ferry Agency Spokesperson Ilse Quill's Regular Press Conference

Q: Marr said the ferry is safe. Is it?

A: The ferry is safe.

I rode it.

Q: Thank you."""


def test_the_turns_of_a_transcript_are_statements_with_its_occasion_and_hold_what_they_report() -> None:
    inner = said(TRANSCRIPT, "said", "Marr", "the ferry is safe")
    got = complete_chains(lay_out(TRANSCRIPT), [inner])
    turns = [stmt for stmt in got if stmt.cue is None]
    assert [words_of(stmt, "source") for stmt in turns] == ["Q", "A", "Q"]
    assert [part.text for part in turns[1].content] == ["The ferry is safe.", "I rode it."]
    assert {words_of(stmt, "venue") for stmt in turns} == {"Regular Press Conference"}
    assert next(stmt for stmt in got if stmt.cue).parent == turns[0].id


@pytest.mark.parametrize("text", ["A: one. A: two.", "Vitamin A: what it does", "Q: Is it safe?"])
def test_letters_before_colons_without_both_sides_are_no_transcript(text: str) -> None:
    assert complete_chains(lay_out(text), []) == ()


def test_the_answers_of_a_transcript_are_the_persons_in_the_heading() -> None:
    text = lay_out(TRANSCRIPT)
    known = identify_speakers(text, complete_chains(text, []))
    names = {actor.id: actor.name for actor in known.actors}
    assert [names.get(stmt.speaker or "") for stmt in known.statements] == [None, "Ilse Quill", None]


def test_the_paper_is_the_outlet_named_last() -> None:
    text = "Marr told Reuters the dam leaked. Quill assured the agency it held."
    given = [said(text, "told", "Marr", "the dam leaked"), said(text, "assured", "Quill", "it held")]
    laid = lay_out(text)
    known = name_relays(identify_speakers(laid, complete_chains(laid, given)).statements)
    assert known[0].via[0].actor
    assert known[1].via[0].text == "the agency"
    assert known[1].via[0].actor == known[0].via[0].actor


def test_every_word_that_is_added_stands_in_the_text() -> None:
    for case in (case.values[0] for case in read_cases()):
        for stmt in complete_chains(lay_out(case.text), case.given):
            spans = [stmt.source, stmt.cue, stmt.addressee, stmt.venue, *stmt.via, *stmt.content]
            assert all(case.text[s.start : s.end] == s.text for s in spans if s)


def test_completing_twice_changes_nothing() -> None:
    for case in (case.values[0] for case in read_cases()):
        text = lay_out(case.text)
        once = complete_chains(text, case.given)
        assert complete_chains(text, once) == once


@given(st.text(max_size=80))
def test_a_noun_phrase_lies_inside_its_stretch_and_is_not_blank(words: str) -> None:
    found = read_noun_phrase(words, 0, len(words))
    assert found is None or (0 <= found[0] < found[1] <= len(words) and words[slice(*found)].strip())


@pytest.mark.parametrize("relay", ["…", ".", ", Marr"])
def test_a_relay_without_words_is_left_out(relay: str) -> None:
    text = f"Marr told the {relay} clerks that the dam leaked."
    given = found_with(text, said(text, "told", "Marr", "that the dam leaked"), {"via": relay})
    assert complete_chains(lay_out(text), [given])[0].via == ()


def test_an_outlet_that_cites_nothing_keeps_its_statement() -> None:
    text = "Reuters reported that the dam leaked, citing    , and left."
    got = complete_chains(lay_out(text), [said(text, "reported", "Reuters", "that the dam leaked")])
    assert [words_of(stmt, "source") for stmt in got] == ["Reuters"]


def test_a_quotation_before_its_source_has_no_layer_behind_itself() -> None:
    text = '"The dam leaks," Marr said he insisted.'
    got = complete_chains(lay_out(text), [said(text, "insisted", "Marr said he", '"The dam leaks,"')])
    assert all(span.start < span.end for stmt in got for span in stmt.content)
    assert [words_of(stmt, "source") for stmt in got] == ["he"]


def test_a_statement_lies_in_the_smallest_that_holds_it() -> None:
    text = "Quill wrote that Marr hoped that Venn believed that the dam leaked."
    given = [
        said(text, "wrote", "Quill", "that Marr hoped that Venn believed that the dam leaked"),
        said(text, "hoped", "Marr", "that Venn believed that the dam leaked"),
        said(text, "believed", "Venn", "that the dam leaked"),
    ]
    got = complete_chains(lay_out(text), given)
    by_id = {stmt.id: words_of(stmt, "cue") for stmt in got}
    assert [by_id.get(stmt.parent or "") for stmt in got] == [None, "wrote", "hoped"]


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=12), st.integers(0, 100))
def test_no_statement_around_a_place_is_missed(places: list[tuple[int, int]], begin: int) -> None:
    words = "w" * 120
    given = [
        Statement(
            id=str(n),
            cue=Span(start=at, end=at + size, text=words[at : at + size]),
            mode="indirect",
            confidence=1.0,
        )
        for n, (at, size) in enumerate(places)
    ]
    touching = {s.id for s in given if s.cue and s.cue.start < begin + 10 and begin < s.cue.end}
    assert touching <= {s.id for s in find_neighbours(given).near(begin, begin + 10)}


@pytest.mark.parametrize(("inner", "stays"), [("hope", False), ("warned", True)])
def test_an_attitude_within_ones_own_words_is_no_second_statement(inner: str, stays: bool) -> None:
    text = f"“We {inner} that the barges sank, and we wait,” Marr said."
    given = [
        said(text, "said", "Marr", f"“We {inner} that the barges sank, and we wait,”"),
        said(text, inner, "We", "that the barges sank"),
    ]
    cues = [stmt.cue.text for stmt in complete_chains(lay_out(text), given) if stmt.cue]
    assert (inner in cues) is stays
