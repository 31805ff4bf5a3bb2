"""The segments of a reading: pure arithmetic over spans, so mostly properties."""

from __future__ import annotations

from factory import reading, stmt
from hypothesis import given
from hypothesis import strategies as st

from onrecord.marked import Mark, mark, number_events, number_statements, split_lines
from onrecord.records import Actor, Document, Event, Mention, ProducedBy, Reading, Skipped, Span, Statement

MADE_BY = ProducedBy(onrecord="0", model="by hand", model_sha256="0")


def span(text: str, words: str, after: int = 0) -> Span:
    """The span of ``words`` in ``text``."""
    start = text.index(words, after)
    return Span(start=start, end=start + len(words), text=words)


def reading_of(
    text: str,
    *statements: Statement,
    skipped: tuple[Skipped, ...] = (),
    events: tuple[Event, ...] = (),
) -> Reading:
    """A reading of ``text`` with these statements and events."""
    return Reading(
        document=Document(id="sha256:" + "0" * 64, text=text, skipped=skipped),
        actors=(Actor(id="local:orla-venn", name="Orla Venn"),),
        statements=statements,
        events=events,
        produced_by=MADE_BY,
    )


NESTED = "Orla Venn said the harbour chief had promised that the port would open."
OUTER = Statement(
    id="outer",
    source=Mention(start=0, end=9, text="Orla Venn", form="name"),
    speaker="local:orla-venn",
    cue=span(NESTED, "said"),
    content=(span(NESTED, "the harbour chief had promised that the port would open"),),
    mode="indirect",
    confidence=0.9,
)
INNER = Statement(
    id="inner",
    source=Mention(start=15, end=32, text="the harbour chief", form="nominal"),
    cue=span(NESTED, "promised"),
    content=(span(NESTED, "that the port would open"),),
    mode="indirect",
    parent="outer",
    confidence=0.6,
)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Readings whose spans lie anywhere: overlapping, nested, empty, outside the text."""
    text = draw(st.text(max_size=60))
    edge = st.integers(min_value=-2, max_value=len(text) + 2)

    def any_span() -> Span:
        return Span(start=draw(edge), end=draw(edge), text="")

    statements = [
        Statement(
            id=str(at),
            source=Mention(start=draw(edge), end=draw(edge), text="", form="name"),
            cue=any_span(),
            content=tuple(any_span() for _ in range(draw(st.integers(0, 3)))),
            mode="direct",
            confidence=draw(st.floats(0, 1)),
        )
        for at in range(draw(st.integers(0, 4)))
    ]
    skipped = tuple(
        Skipped(start=draw(edge), end=draw(edge), text="", why="caption")
        for _ in range(draw(st.integers(0, 2)))
    )
    events = tuple(
        Event(
            id=str(at),
            type="AID",
            quad=2,
            trigger=any_span(),
            other_triggers=tuple(any_span() for _ in range(draw(st.integers(0, 2)))),
            sentence=any_span(),
            modality=draw(st.sampled_from(("actual", "future"))),
            statement=draw(st.sampled_from((None, "0", "elsewhere"))),
            confidence=draw(st.floats(0, 1)),
        )
        for at in range(draw(st.integers(0, 3)))
    )
    return reading_of(text, *statements, skipped=skipped, events=events)


@given(readings())
def test_segments_partition_the_text_whatever_the_spans(reading: Reading) -> None:
    segments = mark(reading)
    text = reading.document.text
    assert "".join(text[s.start : s.end] for s in segments) == text
    assert all(s.start < s.end for s in segments)
    assert [s.start for s in segments[1:]] == [s.end for s in segments[:-1]]


@given(readings())
def test_every_position_carries_exactly_the_marks_of_the_spans_over_it(reading: Reading) -> None:
    size = len(reading.document.text)
    found = {at: seg.marks for seg in mark(reading) for at in range(seg.start, seg.end)}
    for item in number_statements(reading):
        for part in item.statement.content:
            if 0 <= part.start < part.end <= size:
                for at in range(part.start, part.end):
                    assert Mark(item.number, "content") in found[at]
    events = {item.number: item.event for item in number_events(reading)}
    for at, marks in found.items():
        for what in marks:
            if what.role == "trigger":
                told = (events[what.number].trigger, *events[what.number].other_triggers)
                assert any(s.start <= at < s.end for s in told)
                continue
            stmt = next(i.statement for i in number_statements(reading) if i.number == what.number)
            spans = {"content": stmt.content, "source": (stmt.source,), "cue": (stmt.cue,)}[what.role]
            assert any(s is not None and s.start <= at < s.end for s in spans)


@given(readings())
def test_lines_lose_nothing_but_the_newlines(reading: Reading) -> None:
    text = reading.document.text
    lines = split_lines(text, mark(reading))
    assert "\n".join("".join(text[s.start : s.end] for s in line) for line in lines) == text


def test_nested_statement_is_marked_inside_its_parent() -> None:
    segments = mark(reading_of(NESTED, OUTER, INNER))
    promised = next(s for s in segments if NESTED[s.start : s.end] == "promised")
    assert promised.marks == {Mark(1, "content"), Mark(2, "cue")}
    assert promised.numbers("content") == [1]


def test_statements_are_numbered_in_the_order_of_the_text() -> None:
    numbered = number_statements(reading_of(NESTED, INNER, OUTER))
    assert [(n.number, n.statement.id) for n in numbered] == [(1, "outer"), (2, "inner")]
    assert [n.speaker_name for n in numbered] == ["Orla Venn", None]


def test_number_of_a_statement_does_not_depend_on_the_confidence_asked_for() -> None:
    later = Statement(id="later", cue=span(NESTED, "open"), mode="direct", confidence=0.95)
    reading = reading_of(NESTED, OUTER, INNER, later)
    assert [n.number for n in number_statements(reading, min_confidence=0.7)] == [1, 3]
    assert all(m.number != 2 for s in mark(reading, min_confidence=0.7) for m in s.marks)


def test_skipped_stretch_keeps_its_reason() -> None:
    text = "The port opened.\nPORT NEWS: READ MORE\nTrade resumed."
    aside = Skipped(**{**_fields(span(text, "PORT NEWS: READ MORE")), "why": "related-headline"})
    segments = mark(reading_of(text, skipped=(aside,)))
    assert [s.skipped for s in segments] == [None, "related-headline", None]


def test_empty_text_has_no_segments() -> None:
    assert mark(reading_of("")) == ()


def _fields(value: Span) -> dict[str, object]:
    return {"start": value.start, "end": value.end, "text": value.text}


def test_statements_of_one_source_are_numbered_in_the_order_of_their_cues() -> None:
    text = "Dorin condemned the raid, calling it a grave mistake."
    first = stmt(text, "the raid", source="Dorin", cue="condemned")
    second = stmt(text, "it a grave mistake", source="Dorin", cue="calling")
    numbered = number_statements(reading(text, second, first))
    assert [n.statement.id for n in numbered] == [first.id, second.id]
