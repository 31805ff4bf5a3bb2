"""Figures worked out by hand on small gold; the reference scorer gives the same ones."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from factory import mention, reading, span, stmt
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError, WireError
from onrecord.evaluation import TASKS, Score, evaluate, run
from onrecord.evaluation.calibration import Judged, calibration
from onrecord.evaluation.names import same_name
from onrecord.evaluation.roles import mode_of, quoted_characters, read_words, runs_of
from onrecord.evaluation.tokens import label_spans
from onrecord.records import Actor, Event, Interval, Mention, Reading, Span, Statement, Venue
from onrecord.sources.raw import RawDocument
from onrecord.wire import write_line

TEXT = (
    "“The port stays open,” Minister Edda Morland said.\n"
    "The union denied that talks had failed, and Harald Voss called it “a farce” at noon."
)


def at(words: str, nth: int = 0, text: str = TEXT) -> list[int]:
    found = span(text, words, nth)
    return [found.start, found.end]


ATTRIBUTIONS = [
    {
        "source": [at("Minister Edda Morland")],
        "source_head": at("Morland"),
        "cue": [at("said")],
        "content": [at("“The port stays open,”")],
    },
    {
        "source": [at("The union")],
        "source_head": at("union"),
        "cue": [at("denied")],
        "content": [at("that talks had failed")],
    },
    {
        "source": [at("Harald Voss")],
        "source_head": None,
        "cue": [at("called")],
        "content": [at("it “a farce”")],
    },
]
POLNEAR = {
    "id": "harbour",
    "publisher": "Desk",
    "date": "2031-05-02",
    "text": TEXT,
    "attributions": ATTRIBUTIONS,
}

MORLAND = stmt(TEXT, "“The port stays open,”", source="Minister Edda Morland", cue="said", confidence=0.95)
UNION = stmt(TEXT, "talks had failed", source="The union", cue="denied", confidence=0.7)
NOON = msgspec.structs.replace(
    stmt(TEXT, "noon", source="Harald Voss", confidence=0.4), cue=span(TEXT, "at", 1)
)
NESTED = stmt(TEXT, "a farce", cue="called", parent=UNION.id, confidence=0.2)
READING = reading(TEXT, MORLAND, UNION, NOON, NESTED, given_id="harbour")


def reader_of(*made: Reading) -> Any:
    """A reader that knows its answers by text."""
    by_text = {r.document.text: r for r in made}

    def read_many(raws: Iterable[RawDocument]) -> Iterator[Reading]:
        for raw in raws:
            yield by_text[str(raw.data)]

    return read_many


def write_gold(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def polnear(tmp_path: Path) -> Path:
    return write_gold(tmp_path / "dev.jsonl", POLNEAR)


def test_attribution_figures_are_those_counted_by_hand(polnear: Path) -> None:
    figures = evaluate("attribution", polnear, reader=reader_of(READING)).to_dict()
    # Words that are more than a mark: gold 4 + 4 + 3, predicted 4 + 3 + 1, shared 7.
    assert figures["content.token"] == {"P": 87.5, "R": 63.6, "F1": 73.7}
    assert figures["source.token"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert figures["cue.token"] == {"P": 66.7, "R": 66.7, "F1": 66.7}
    assert figures["content.exact"] == {"P": 33.3, "R": 33.3, "F1": 33.3}
    assert figures["source.exact"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert figures["cue.exact"] == {"P": 66.7, "R": 66.7, "F1": 66.7}
    assert figures["statement.exact"] == {"P": 33.3, "R": 33.3, "F1": 33.3}
    assert figures["statement.partial"] == {"P": 66.7, "R": 66.7, "F1": 66.7}
    assert figures["statement.content50"] == {"P": 66.7, "R": 66.7, "F1": 66.7}
    assert figures["recall"] == {
        "content50.direct": 100.0,
        "content50.indirect": 100.0,
        "content50.mixed": 0.0,
        "exact.direct": 100.0,
        "exact.indirect": 0.0,
        "exact.mixed": 0.0,
        "partial.direct": 100.0,
        "partial.indirect": 100.0,
        "partial.mixed": 0.0,
    }
    assert figures["documents"] == 1
    assert figures["documents_without_reading"] == 0
    assert figures["parented_share"] == 25.0


def test_primary_of_attribution_is_the_partial_f1_between_0_and_1(polnear: Path) -> None:
    assert evaluate("attribution", polnear, reader=reader_of(READING)).primary == 0.667


def test_an_article_without_a_reading_counts_as_missed(polnear: Path, tmp_path: Path) -> None:
    other = tmp_path / "readings.jsonl"
    other.write_bytes(write_line(reading("Another text.")) + b"\n")
    figures = run("attribution", polnear, readings=other)
    assert figures["documents_without_reading"] == 1
    assert figures["statement.partial"] == {"P": 0.0, "R": 0.0, "F1": 0.0}


def test_a_source_is_right_only_where_it_touches_the_head(polnear: Path) -> None:
    title_only = stmt(TEXT, "“The port stays open,”", source="Minister Edda", cue="said")
    figures = evaluate("attribution", polnear, reader=reader_of(reading(TEXT, title_only))).figures
    assert figures["statement.content50"]["P"] == 100.0
    assert figures["statement.partial"]["P"] == 0.0


def test_statements_below_the_confidence_asked_for_are_not_scored(polnear: Path) -> None:
    score = evaluate("attribution", polnear, reader=reader_of(READING), min_confidence=0.9)
    assert score.statements == 1
    assert score.figures["statement.partial"] == {"P": 100.0, "R": 33.3, "F1": 50.0}


def test_readings_from_a_file_score_like_readings_made_afresh(polnear: Path, tmp_path: Path) -> None:
    file = tmp_path / "readings.jsonl"
    file.write_bytes(write_line(READING) + b"\n")
    afresh = evaluate("attribution", polnear, reader=reader_of(READING))
    stored = evaluate("attribution", polnear, readings=file)
    assert stored.figures == afresh.figures
    assert stored.seconds is None
    assert afresh.seconds is not None


def test_what_came_with_the_article_is_given_to_the_reader(polnear: Path) -> None:
    seen: list[RawDocument] = []

    def read_many(raws: Iterable[RawDocument]) -> Iterator[Reading]:
        seen.extend(raws)
        yield READING

    evaluate("attribution", polnear, reader=read_many)
    assert [(r.given_id, r.outlet, r.published, r.published_from) for r in seen] == [
        ("harbour", "Desk", "2031-05-02", "input")
    ]


def test_confidence_table_says_how_much_is_kept_and_how_much_of_it_is_right(polnear: Path) -> None:
    table = evaluate("attribution", polnear, reader=reader_of(READING)).confidence["partial"]
    assert (table["output"], table["gold"]) == (3, 3)
    assert table["at_least"]["0.5"] == {"output": 2, "share": 66.7, "precision": 100.0, "recall": 66.7}
    assert table["at_least"]["0.9"] == {"output": 1, "share": 33.3, "precision": 100.0, "recall": 33.3}


def test_calibration_error_is_the_distance_of_confidence_from_what_came_right() -> None:
    judged = [Judged(0.95, True)] * 9 + [Judged(0.95, False)] + [Judged(0.3, False)] * 10
    found = calibration(judged, gold=12)
    # Bins: 10 at 0.95 of which 0.9 right (distance 0.05), 10 at 0.3 of which none (0.3); the mean is 0.175.
    assert found["expected_calibration_error"] == 17.5
    assert found["bins"]["0.9-1.0"] == {"output": 10, "confidence": 95.0, "right": 90.0}
    assert found["at_least"]["0.9"] == {"output": 10, "share": 50.0, "precision": 90.0, "recall": 75.0}


def test_calibration_of_no_output_leaves_open_what_cannot_be_known() -> None:
    found = calibration([], gold=3)
    assert found["expected_calibration_error"] is None
    assert found["at_least"]["0.5"] == {"output": 0, "share": None, "precision": None, "recall": 0.0}


def test_faults_show_the_words_of_both_sides(polnear: Path, tmp_path: Path) -> None:
    readings, errors = tmp_path / "readings.jsonl", tmp_path / "errors.jsonl"
    wrong_cue = stmt(
        TEXT, "“The port stays open,”", source="Minister Edda Morland", cue="open", confidence=0.6
    )
    readings.write_bytes(write_line(reading(TEXT, wrong_cue, UNION, NOON)) + b"\n")
    figures = run("attribution", polnear, readings=readings, errors=errors)
    faults = [json.loads(line) for line in errors.read_text(encoding="utf-8").splitlines()]
    assert [(f["kind"], f["why"]) for f in faults] == [
        ("mismatched", ["cue"]),
        ("missed", []),
        ("spurious", []),
    ]
    assert faults[0]["gold"]["cue"] == ["said"]
    assert faults[0]["predicted"]["cue"] == ["open"]
    assert faults[0]["predicted"]["confidence"] == 0.6
    assert faults[1]["gold"]["content"] == ["it “a farce”"]
    assert "called it “a farce”" in faults[1]["around"]
    assert figures["faults"] == 3


# --- tokens -------------------------------------------------------------------------------------


def instance(sentence: str, labels: str) -> dict[str, Any]:
    """An instance with one label for each word and mark of a sentence of TEXT."""
    begin = TEXT.index(sentence)
    words = read_words(sentence)
    tokens = [[begin + s, begin + e] for s, e in zip(words.starts, words.ends, strict=True)]
    names = {"O": "O", "S": "B-source", "s": "I-source", "C": "B-cue", "T": "B-content", "t": "I-content"}
    assert len(labels) == len(tokens)
    return {"article": "harbour", "tokens": tokens, "labels": [names[x] for x in labels]}


INSTANCES = [
    instance("“The port stays open,” Minister Edda Morland said.", "TttttttSssCO"),
    instance(
        "The union denied that talks had failed, and Harald Voss called it “a farce” at noon.",
        "SsCTtttOOSsCTttttOOO",
    ),
]


def test_token_figures_are_those_counted_by_hand(tmp_path: Path, polnear: Path) -> None:
    gold = write_gold(tmp_path / "labels.jsonl", *INSTANCES)
    figures = evaluate("tokens", gold, reader=reader_of(READING)).figures
    assert figures["source.exact"] == {"P": 100.0, "R": 100.0, "F1": 100.0}
    assert figures["cue.exact"] == {"P": 66.7, "R": 66.7, "F1": 66.7}
    assert figures["content.exact"] == {"P": 33.3, "R": 33.3, "F1": 33.3}
    assert figures["content.begin"] == {"P": 33.3, "R": 33.3, "F1": 33.3}
    assert figures["articles_without_reading"] == 0


def test_primary_of_tokens_is_the_mean_of_three_exact_f1(tmp_path: Path, polnear: Path) -> None:
    gold = write_gold(tmp_path / "labels.jsonl", *INSTANCES)
    assert evaluate("tokens", gold, reader=reader_of(READING)).primary == 0.666667


def test_article_texts_may_be_named(tmp_path: Path, polnear: Path) -> None:
    gold = write_gold(tmp_path / "elsewhere.jsonl", *INSTANCES)
    texts = polnear.rename(tmp_path / "texts.jsonl")
    with pytest.raises(UsageError, match="--texts FILE"):
        evaluate("tokens", gold, reader=reader_of(READING))
    assert evaluate("tokens", gold, reader=reader_of(READING), texts=texts).documents == 1


def test_readings_that_no_article_names_are_refused(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "labels.jsonl", *INSTANCES)
    readings = tmp_path / "readings.jsonl"
    readings.write_bytes(write_line(reading(TEXT, given_id="another")) + b"\n")
    with pytest.raises(UsageError, match="given_id"):
        evaluate("tokens", gold, readings=readings)


def test_faults_of_labels_are_not_offered(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "labels.jsonl", *INSTANCES)
    with pytest.raises(UsageError, match="--errors"):
        run("tokens", gold, errors=tmp_path / "errors.jsonl")


def test_an_inside_label_without_a_beginning_opens_a_span() -> None:
    labels = ["I-cue", "I-cue", "I-source", "B-source", "O", "B-content"]
    assert label_spans(labels) == {("cue", 0, 2), ("source", 2, 3), ("source", 3, 4), ("content", 5, 6)}


# --- intl ---------------------------------------------------------------------------------------

NEWS = (
    "Premier Ilse Tarn accused Ostmark of firing on fishermen, according to the Nordwire agency. "
    "She told reporters in Halle on Monday that Ostmark had promised to “leave the strait.” "
    "It was said the fleet had sailed. Analysts expect more."
)


def in_news(words: str, nth: int = 0) -> list[int]:
    return at(words, nth, NEWS)


def gold_statement(
    content: str, source: str | None, cue: str, speaker: str | None, **fields: Any
) -> dict[str, Any]:
    fields = {
        "mode": "indirect",
        "via": [],
        "addressee": None,
        "venue": None,
        "said_on": None,
        "parent": None,
        **fields,
    }
    return {
        "content": [in_news(content)],
        "source": in_news(source) if source else None,
        "cue": in_news(cue),
        "speaker": speaker,
        **fields,
    }


OUTER = "that Ostmark had promised to “leave the strait.”"
INTL = {
    "document": "strait",
    "text": NEWS,
    "published": "2031-05-02",
    "statements": [
        gold_statement(
            "Ostmark of firing on fishermen", "Premier Ilse Tarn", "accused", "Ilse Tarn", via=["Nordwire"]
        ),
        gold_statement(
            OUTER,
            "She",
            "told",
            "Ilse Tarn",
            mode="mixed",
            addressee=in_news("reporters"),
            venue=in_news("in Halle"),
            said_on="2031-04-28",
        ),
        gold_statement("to “leave the strait.”", None, "promised", "Ostmark", mode="mixed", parent=1)
        | {"source": in_news("Ostmark", 1)},
        gold_statement("the fleet had sailed", None, "said", None),
        gold_statement("more", "Analysts", "expect", "Analysts", marginal=True),
    ],
    "events": [
        {
            "type": "ACCUSE",
            "trigger": in_news("accused"),
            "actor_name": ["Ilse Tarn"],
            "recipient_name": ["Ostmark"],
            "modality": "actual",
            "asserted_by": None,
        },
        {
            "type": "ASSAULT",
            "alt": {"type": "COERCE", "mode": None},
            "trigger": in_news("firing"),
            "other_triggers": [],
            "actor_name": ["Ostmark"],
            "recipient_name": ["fishermen"],
            "modality": "historical",
            "asserted_by": "Ilse Tarn",
        },
        {
            "type": "RETREAT",
            "trigger": in_news("leave"),
            "actor_name": ["Ostmark"],
            "recipient_name": [],
            "modality": "future",
            "asserted_by": "Ostmark",
        },
    ],
}
ACTORS = (
    Actor(id="local:tarn", name="Tarn"),
    Actor(id="local:ostmark", name="Ostmark"),
    Actor(id="local:fleet", name="the fleet"),
)


def news_reading() -> Reading:
    tarn = stmt(
        NEWS,
        "Ostmark of firing on fishermen",
        source="Premier Ilse Tarn",
        cue="accused",
        speaker="local:tarn",
        via=(mention(NEWS, "the Nordwire agency"),),
        confidence=0.9,
    )
    told = stmt(
        NEWS,
        OUTER,
        source="She",
        cue="told",
        speaker="local:ostmark",
        mode="mixed",
        addressee=mention(NEWS, "reporters"),
        venue=Venue(**msgspec.structs.asdict(span(NEWS, "Monday"))),
        said_on=Interval(from_="2031-04-28", to="2031-04-28", precision="day"),
    )
    leave = stmt(NEWS, "to “leave the strait.”", cue="promised", speaker="local:ostmark", parent=told.id)
    sailed = stmt(NEWS, "the fleet had sailed", cue="said", speaker="local:fleet")
    more = stmt(NEWS, "more", source="Analysts", cue="expect", speaker=None)
    spurious = stmt(NEWS, "Halle on", cue="Monday", speaker=None)
    events = (
        event("ACCUSE", "accused", [mention(NEWS, "Premier Ilse Tarn")], [mention(NEWS, "Ostmark")]),
        event(
            "COERCE",
            "firing",
            [mention(NEWS, "Ostmark", actor="local:ostmark")],
            [],
            modality="historical",
            statement=tarn.id,
        ),
        event("ACCUSE", "sailed", [], []),
    )
    return reading(NEWS, tarn, told, leave, sailed, more, spurious, actors=ACTORS, events=events)


def event(type_: str, trigger: str, actor: list[Any], recipient: list[Any], **fields: Any) -> Event:
    return Event(
        id=trigger,
        type=type_,
        quad=3,
        actor=tuple(actor),
        recipient=tuple(recipient),
        trigger=span(NEWS, trigger),
        sentence=Span(start=0, end=len(NEWS), text=NEWS),
        **{"modality": "actual", "confidence": 0.9, **fields},
    )


@pytest.fixture
def intl_score(tmp_path: Path) -> Score:
    return evaluate("intl", write_gold(tmp_path / "dev.jsonl", INTL), reader=reader_of(news_reading()))


def test_statement_figures_are_those_counted_by_hand(intl_score: Score) -> None:
    figures = intl_score.figures["statements"]
    # Four of four firm ones match; the marginal one is left out with what matches it; one is spurious.
    assert figures["content"] == {"P": 80.0, "R": 100.0, "F1": 88.9, "gold": 4}
    assert figures["speaker_right"] == 66.7  # Tarn and Ostmark of the three named
    assert figures["speaker_wrong"] == 50.0  # "She" as Ostmark, and anyone for what nobody said
    assert figures["mode_right"] == 75.0  # the nested one was taken as indirect
    assert figures["parent_right"] == 100.0
    assert figures["date_right"] == 100.0
    assert figures["via"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 1}
    assert figures["addressee"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "gold": 1}
    assert figures["venue"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "gold": 1}
    counts = {"matched": 4, "missed": 0, "spurious": 1, "named": 3, "right": 2, "unnamed": 1, "wrong": 2}
    assert figures["counts"] == counts | {
        "dated": 1,
        "date_right": 1,
        "acts": 0,  # no act is annotated: tests/test_acts.py has some
        "act_right": 0,
        "mode": 3,
        "nested": 1,
        "parent_right": 1,
    }
    assert intl_score.primary == 0.889


def test_event_figures_are_those_counted_by_hand(intl_score: Score) -> None:
    figures = intl_score.figures["events"]
    assert figures["trigger"] == {"P": 66.7, "R": 66.7, "F1": 66.7, "gold": 3}
    assert figures["typed"] == {"P": 66.7, "R": 66.7, "F1": 66.7, "gold": 3}
    assert figures["right"] == {"P": 33.3, "R": 33.3, "F1": 33.3, "gold": 3}  # the fishermen are missing
    assert figures["modality_right"] == 100.0
    assert figures["asserter_right"] == 100.0
    counts = {"found": 2, "typed": 2, "right": 1, "modality": 2, "asserter": 2, "missed": 1, "extra": 1}
    assert figures["counts"] == counts


def test_faults_name_the_parts_that_differ(intl_score: Score) -> None:
    assert [(f.kind, f.why) for f in intl_score.faults] == [
        ("mismatched", ("venue", "speaker")),
        ("spurious", ()),
        ("mismatched", ("source", "mode")),
        ("mismatched", ("speaker",)),
    ]


def test_confidence_of_what_matches_a_marginal_statement_is_not_judged(intl_score: Score) -> None:
    assert intl_score.confidence["content"]["output"] == 5
    assert intl_score.confidence["content"]["at_least"]["0.9"]["precision"] == 80.0
    assert intl_score.confidence["partial"]["at_least"]["0.9"]["precision"] == 60.0  # one lacks its source


def test_a_gold_article_without_its_reading_is_refused(tmp_path: Path) -> None:
    readings = tmp_path / "readings.jsonl"
    readings.write_bytes(write_line(reading(NEWS + " ")) + b"\n")
    with pytest.raises(UsageError, match=r"1 articles, the first strait.*unchanged"):
        evaluate("intl", write_gold(tmp_path / "dev.jsonl", INTL), readings=readings)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Kennedy", "John F. Kennedy", True),
        ("John Kennedy", "John F. Kennedy", True),
        ("Kennedy", "Kennedy Airport", False),
        ("the U.S.", "United States", True),
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Ilse Tarn", "Otto Morland", False),
        ("Northern League", "Northern League of Fishermen", True),
        ("Northern League", "Northern League Fishermen", False),
        ("O’Hara", "O'Hara", True),
        ("", "", False),
    ],
)
def test_names_stand_for_one_actor_where_a_reader_would_say_so(a: str, b: str, same: bool) -> None:
    assert same_name(a, b) is same


# --- input that does not fit --------------------------------------------------------------------


def test_an_unknown_task_is_refused_with_the_known_ones(polnear: Path) -> None:
    with pytest.raises(UsageError, match="attribution, tokens, intl"):
        evaluate("quotes", polnear)


@pytest.mark.parametrize("task", TASKS)
def test_gold_that_does_not_exist_is_refused(task: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can be read"):
        evaluate(task, tmp_path / "none.jsonl")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("line", [b"{}", b"not json", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b"[1]"])
def test_gold_of_another_layout_is_refused_with_its_line(task: str, line: bytes, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(b"\n" + line + b"\n")
    with pytest.raises(UsageError, match=r"gold\.jsonl:2: .*docs/evaluation\.md") as caught:
        evaluate(task, gold)
    assert "\n" not in str(caught.value)


def test_gold_without_a_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no gold"):
        evaluate("intl", write_gold(tmp_path / "dev.jsonl"))


def test_readings_that_are_none_are_refused_with_their_line(polnear: Path) -> None:
    with pytest.raises(WireError, match=r"dev\.jsonl:1"):
        evaluate("attribution", polnear, readings=polnear)


# --- properties ---------------------------------------------------------------------------------

anything = st.text(alphabet='ab1é “”«»„"_,\n', max_size=40)


@given(anything)
def test_quoted_characters_never_run_over_a_paragraph(text: str) -> None:
    inside = quoted_characters(text)
    assert len(inside) == len(text)
    for paragraph_end in (n for n, c in enumerate(text) if c == "\n"):
        assert not inside[paragraph_end]


@given(anything, st.integers(0, 40), st.integers(0, 40))
def test_words_are_covered_where_a_character_is_shared(text: str, start: int, length: int) -> None:
    words = read_words(text)
    wanted = {
        n
        for n, (s, e) in enumerate(zip(words.starts, words.ends, strict=True))
        if any(s <= char < e for char in range(start, start + length))
    }
    assert not length or words.covered([(start, start + length)]) == wanted


@given(st.frozensets(st.integers(0, 30)))
def test_runs_hold_exactly_the_words_they_come_from(words: frozenset[int]) -> None:
    runs = runs_of(words)
    assert {n for first, last in runs for n in range(first, last)} == words
    assert not {last for _, last in runs} & {first for first, _ in runs}


def test_a_content_is_mixed_where_only_some_words_are_quoted() -> None:
    inside = quoted_characters(TEXT)
    assert mode_of(TEXT, [(0, 22)], inside) == "direct"
    assert mode_of(TEXT, [tuple(at("it “a farce”"))], inside) == "mixed"  # type: ignore[list-item]
    assert mode_of(TEXT, [tuple(at("talks"))], inside) == "indirect"  # type: ignore[list-item]


spans_in_text = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 40)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], len(TEXT)))
)
attributions = st.lists(
    st.fixed_dictionaries(
        {role: st.lists(spans_in_text, min_size=1, max_size=2) for role in ("source", "cue", "content")}
    ),
    min_size=1,
    max_size=5,
)


@given(attributions)
def test_a_reading_that_repeats_the_gold_scores_full_marks(found: list[dict[str, Any]]) -> None:
    # One span for source and cue, as a statement holds one of each.
    gold = [{**a, "source": a["source"][:1], "cue": a["cue"][:1]} for a in found]
    row = {"id": "x", "text": TEXT, "attributions": gold}
    made = reading(TEXT, *(repeat(a, n) for n, a in enumerate(gold)))
    figures = score_in_memory(row, made)
    # A span of nothing but spaces covers no word; gold without cue and content is not scored.
    marked = any(words_in(a[role]) for a in gold for role in ("cue", "content"))
    assert figures["statement.exact"]["R"] == figures["statement.partial"]["R"] == (100.0 if marked else 0.0)


def repeat(attribution: dict[str, Any], n: int) -> Statement:
    def spans(role: str) -> list[Span]:
        return [Span(start=s, end=e, text=TEXT[s:e]) for s, e in attribution[role]]

    source = spans("source")[0]
    return Statement(
        id=str(n),
        source=Mention(**msgspec.structs.asdict(source), form="name"),
        cue=spans("cue")[0],
        content=tuple(spans("content")),
        mode="indirect",
        confidence=0.5,
    )


def words_in(spans: list[tuple[int, int]]) -> frozenset[int]:
    return read_words(TEXT).covered(spans)


def score_in_memory(row: dict[str, Any], made: Reading) -> dict[str, Any]:
    from onrecord.evaluation import attribution
    from onrecord.evaluation.gold import AttributedText

    gold = msgspec.convert(row, AttributedText)
    return attribution.figures(attribution.compare([gold], [made]), [made])


def test_a_speaker_by_another_of_its_names_is_the_same_participant_and_not_the_canonical_one() -> None:
    from onrecord.evaluation.speakers import AttributedClause, GoldSpeaker, Judgement

    norton = Judgement(wanted="Emperor Marr", found="Otto Marr", called=("Otto Marr", "the emperor"))
    assert (norton.right, norton.same_participant) == (False, True)
    assert not Judgement(wanted="Emperor Marr", found="Ilse Lund", called=("Otto Marr",)).same_participant
    noted = GoldSpeaker(canonical="Otto%20Marr (philosopher)")
    assert AttributedClause(content=(), speaker=noted).name == "Otto Marr"
