"""Speakers on golden cases (tests/cases/speakers) and on what no case file can say."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.records import Mention, Span, Statement
from onrecord.sources.raw import RawDocument
from onrecord.speakers import UNRESOLVED, Identified, identify_speakers
from onrecord.text import Text, read_text

CASES = Path(__file__).parent / "cases" / "speakers"


class Case(msgspec.Struct, frozen=True):
    title: str
    text: str
    lines: tuple[str, ...]


def read_cases():
    for file in sorted(CASES.glob("*.txt")):
        for n, block in enumerate(file.read_text(encoding="utf-8").split("\n===\n")):
            head, _, lines = block.strip().partition("\n---\n")
            title, _, text = head.partition("\n")
            yield pytest.param(Case(title, text, tuple(lines.splitlines())), id=f"{file.stem}-{n}")


def find(text: str, words: str, near: int) -> tuple[int, int]:
    words, _, nth = words.partition("@")
    places = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    assert places, f"{words!r} is not in the text"
    return places[int(nth)] if nth else min(places, key=lambda p: abs(p[0] - near))


def statement(text: str, n: int, line: str) -> tuple[Statement, str]:
    spans, _, want = line.partition(" => ")
    source, cue, content = spans.split(" | ")
    want, _, parent = want.partition(" in ")
    start = text.index(content)
    span = lambda at: Span(start=at[0], end=at[1], text=text[at[0] : at[1]])  # noqa: E731
    at = find(text, source, start) if source != "-" else None
    return (
        Statement(
            id=f"s{n}",
            source=Mention(**msgspec.structs.asdict(span(at)), form="nominal") if at else None,
            cue=span(find(text, cue, at[0] if at else start)) if cue != "-" else None,
            content=(span((start, start + len(content))),),
            mode="indirect",
            parent=f"s{parent}" if parent else None,
            confidence=0.9,
        ),
        want,
    )


def identify(text: str, *lines: str) -> tuple[Identified, list[str]]:
    pairs = [statement(text, n, line) for n, line in enumerate(lines)]
    return identify_speakers(read_text(RawDocument(data=text)), [s for s, _ in pairs]), [w for _, w in pairs]


def named(found: Identified) -> list[str]:
    names = {a.id: a.name for a in found.actors}
    return [names[s.speaker] if s.speaker else "?" for s in found.statements]


@pytest.mark.parametrize("case", list(read_cases()))
def test_the_speakers_of_a_case_are_those_a_careful_reader_names(case):
    found, want = identify(case.text, *case.lines)
    assert named(found) == want, case.title


MARR = (
    "Norwegian Foreign Minister Ilse Marr said the talks would go on. "
    "“I am glad,” she said, according to Reuters."
)
MARR_LINES = (
    "Norwegian Foreign Minister Ilse Marr | said | the talks would go on => Ilse Marr",
    "she | said | “I am glad,” => Ilse Marr",
)


def test_an_actor_carries_role_country_evidence_and_a_readable_id():
    found, _ = identify(MARR, *MARR_LINES)
    (actor,) = found.actors
    assert (actor.id, actor.name, actor.kind) == ("local:ilse-marr", "Ilse Marr", "person")
    assert (actor.role, actor.country, actor.linked_by) == ("Norwegian Foreign Minister", "NOR", "name")
    assert [m.text for m in actor.mentions] == ["Ilse Marr", "she"]
    assert all(m.actor == actor.id and MARR[m.start : m.end] == m.text for m in actor.mentions)


def test_the_form_of_each_source_is_set():
    found, _ = identify(MARR, *MARR_LINES)
    assert [s.source.form for s in found.statements] == ["name", "pronoun"]


def test_a_relay_is_an_actor_too():
    statements = [statement(MARR, n, line)[0] for n, line in enumerate(MARR_LINES)]
    at = MARR.index("Reuters")
    via = Mention(start=at, end=at + 7, text="Reuters", form="name")
    statements[1] = msgspec.structs.replace(statements[1], via=(via,))
    found = identify_speakers(read_text(RawDocument(data=MARR)), statements)
    assert {a.id: a.name for a in found.actors}[found.statements[1].via[0].actor] == "Reuters"


def test_a_capital_that_speaks_is_linked_as_a_metonym():
    found, _ = identify("Moscow said the cable was false.", "Moscow | said | the cable was false => Russia")
    (actor,) = found.actors
    assert (actor.name, actor.kind, actor.country, actor.linked_by) == ("Russia", "country", "RUS", "metonym")


def test_a_spokesperson_speaks_on_behalf_of_a_body_that_is_an_actor_too():
    text = "Ilse Marr, a spokeswoman for the U.N., said boats had come."
    found, _ = identify(text, "Ilse Marr, a spokeswoman for the U.N., | said | boats had come => Ilse Marr")
    speaker, body = found.actors
    assert (speaker.name, body.name) == ("Ilse Marr", "United Nations")
    assert speaker.on_behalf_of == body.id
    assert [m.text for m in body.mentions] == ["U.N."]


def test_who_only_belongs_to_a_body_does_not_speak_on_its_behalf():
    text = "Ilse Marr of the Harbour Board said boats had come."
    found, _ = identify(text, "Ilse Marr of the Harbour Board | said | boats had come => Ilse Marr")
    assert [a.on_behalf_of for a in found.actors] == [None]


def test_descriptions_of_an_office_and_its_holder_are_one_actor():
    content = "The ship turned. The Soviet premier wrote a letter. Nikita Khrushchev was in Moscow."
    text = read_text(RawDocument(data=content, published="1962-10-26"))
    wrote, _ = statement(content, 0, "The Soviet premier | wrote | a letter => ?")
    (actor,) = identify_speakers(text, [wrote]).actors
    assert actor.name == "Nikita Khrushchev"
    assert [m.text for m in actor.mentions] == ["The Soviet premier", "Nikita Khrushchev"]


def test_an_open_speaker_has_a_note_that_says_why():
    found, _ = identify("He said it was temporary.", "He | said | it was temporary => ?")
    (note,) = found.notes
    assert (note.code, note.statement) == (UNRESOLVED, "s0")
    assert "he" in note.message


def test_two_people_of_one_name_word_get_ids_of_their_own():
    text = "Ilse Marr met Otto Marr. Ilse Marr said yes. Otto Marr said no."
    found, _ = identify(text, "Ilse Marr | said | yes => Ilse Marr", "Otto Marr | said | no => Otto Marr")
    assert {a.id for a in found.actors} == {"local:ilse-marr", "local:otto-marr"}


def test_statements_keep_their_order_and_everything_else():
    found, _ = identify(MARR, *reversed(MARR_LINES))
    assert [s.id for s in found.statements] == ["s0", "s1"]
    assert found.statements[0].content[0].text == "“I am glad,”"


def test_no_statements_give_no_actors():
    found = identify_speakers(read_text(RawDocument(data=MARR)), [])
    assert (found.statements, found.actors, found.notes) == ((), (), ())


def spans(draw, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Span(start=start, end=end, text=text[start:end])


def mention(draw, text: str) -> Mention:
    return Mention(**msgspec.structs.asdict(spans(draw, text)), form="nominal")


@st.composite
def rough_statements(draw, text: str):
    """Statements over any spans, as a model at its worst could give them."""
    rough = []
    for n in range(draw(st.integers(1, 5))):
        some = lambda make: make(draw, text) if draw(st.booleans()) else None  # noqa: E731
        rough.append(
            Statement(
                id=f"s{n}",
                source=some(mention),
                cue=some(spans),
                content=tuple(spans(draw, text) for _ in range(draw(st.integers(0, 2)))),
                via=(mention(draw, text),) if draw(st.booleans()) else (),
                addressee=some(mention),
                parent=f"s{draw(st.integers(0, n - 1))}" if n and draw(st.booleans()) else None,
                mode="indirect",
                confidence=0.5,
            )
        )
    return rough


WORDS = (
    "Ilse Marr|Marr|Otto Marr Jr.|the minister|Minister|Danish|Norway|he|She|its|said|adding|and|, |. |“|”|\n"
    "|’s|son of|King|the report|U.N.|Reuters|who|officials|(OSR)|like|3|Dr.| "
)
NEWS = st.lists(st.sampled_from(WORDS.split("|")), min_size=1, max_size=40).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(text=NEWS | st.text(max_size=80), data=st.data())
def test_any_spans_of_any_text_give_actors_that_verify(text, data):
    document: Text = read_text(RawDocument(data="Begin. " + text))
    text = document.document.text
    found = identify_speakers(document, data.draw(rough_statements(text)))
    ids = [a.id for a in found.actors]
    assert len(set(ids)) == len(ids)
    named = [s.speaker for s in found.statements] + [
        m.actor for s in found.statements for m in (s.source, *s.via, s.addressee) if m
    ]
    spoken_for = {a.on_behalf_of for a in found.actors}
    assert set(named) - {None} <= set(ids) == (set(named) | spoken_for) - {None}
    assert all(a.mentions and a.name.strip() for a in found.actors)
    assert all(text[m.start : m.end] == m.text and m.actor == a.id for a in found.actors for m in a.mentions)
    assert [s.id for s in found.statements if s.source and not s.speaker] == [
        n.statement for n in found.notes
    ]


@pytest.mark.parametrize(("published", "state"), [("1962-10-26", "Soviet Union"), ("2015-10-26", "Russia")])
def test_moscow_is_the_state_whose_capital_it_was_on_the_day(published, state):
    content = "Moscow said the strait was shut."
    text = read_text(RawDocument(data=content, published=published))
    said, _ = statement(content, 0, "Moscow | said | the strait was shut => ?")
    assert named(identify_speakers(text, [said])) == [state]


@pytest.mark.parametrize(
    ("author", "who"),
    [("Ilse Marr", "Ilse Marr"), ("Reuters Staff", "?"), ("Ilse Marr, Otto Lund", "?"), (None, "?")],
)
def test_a_document_s_one_author_is_its_first_person(author, who):
    text = "I believe that the pier will hold. Few agree."
    read = read_text(RawDocument(data=text))
    read = msgspec.structs.replace(read, document=msgspec.structs.replace(read.document, author=author))
    pair = statement(text, 0, "I | believe | that the pier will hold => ?")
    assert named(identify_speakers(read, [pair[0]])) == [who]
