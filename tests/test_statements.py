"""From labels to statements, on annotations built by hand: no weights are needed."""

from __future__ import annotations

import pytest

from onrecord.candidates import Candidate, part_coordinate, settle
from onrecord.encoder import Annotation
from onrecord.quotes import find_quotations
from onrecord.records import Statement
from onrecord.sources.raw import RawDocument
from onrecord.statements import Weights, build_statements, confidence
from onrecord.text import Text, read_text
from onrecord.words import Vocabulary, Words, read_words

VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
WEIGHTS = Weights(bias=0.0, anchor=1.0, content=0.0, source=0.0, bare=-1.0)
EVIDENCE = {"content": 0.9, "source": 0.9}


def annotated(words: str) -> tuple[Text, Annotation]:
    text = read_text(RawDocument(data=words))
    read = read_words(words, [(0, len(words))], find_quotations(words), VOCABULARY)
    return text, Annotation(read, read.starts * 0, ())


def candidate(words: Words, text: str, *, chance: float = 0.9, **roles: str | tuple[str, ...]) -> Candidate:
    """A candidate whose roles are given as words of the text, a tuple where a role has gaps."""
    found = {}
    for role, given in roles.items():
        parts = (given,) if isinstance(given, str) else given
        starts = [(text.index(part), text.index(part) + len(part)) for part in parts]
        found[role] = tuple(
            (int((words.ends <= start).sum()), int((words.starts < end).sum())) for start, end in starts
        )
    first = found["cue"][0][0] if "cue" in found else found["content"][0][0]
    return Candidate(roles=found, first=first, anchor=chance, evidence=EVIDENCE)


def build(text: str, *given: dict[str, str | tuple[str, ...]]) -> tuple[Statement, ...]:
    doc, ann = annotated(text)
    return build_statements(doc, ann, [candidate(ann.words, text, **roles) for roles in given], WEIGHTS)


def test_a_quotation_split_by_its_cue_is_one_statement_with_two_spans() -> None:
    text = "“We will wait,” Orlova said. “We will not beg.”"
    (found,) = build(
        text, {"cue": "said", "source": "Orlova", "content": ("“We will wait,”", "“We will not beg.”")}
    )
    assert [s.text for s in found.content] == ["“We will wait,”", "“We will not beg.”"]
    assert found.mode == "direct"
    assert found.source is not None
    assert (found.source.text, found.source.actor, found.speaker) == ("Orlova", None, None)


@pytest.mark.parametrize(
    ("content", "mode"),
    [
        ("that it would wait", "indirect"),
        ("that it would “never” wait", "mixed"),
        ("“It will wait”", "direct"),
    ],
)
def test_the_mode_is_read_off_the_quotation_marks(content: str, mode: str) -> None:
    (found,) = build(
        f"The ministry said {content}.", {"cue": "said", "source": "The ministry", "content": content}
    )
    assert found.mode == mode


@pytest.mark.parametrize(
    ("text", "cue", "content", "mode"),
    [
        ("The prefect said: Bring the horses at six", "said", "Bring the horses at six", "direct"),
        ("The prefect said: Bring the “good” horses", "said", "Bring the “good” horses", "direct"),
        ("The board’s conclusion: the pilot slept", "conclusion", "the pilot slept", "indirect"),
        ("The prefect said the horses would come", "said", "the horses would come", "indirect"),
    ],
)
def test_a_block_behind_said_and_a_colon_is_verbatim(text: str, cue: str, content: str, mode: str) -> None:
    (found,) = build(text, {"cue": cue, "source": text[: text.index(cue) - 1], "content": content})
    assert found.mode == mode


def test_a_joint_between_two_quotations_is_no_part_of_what_was_said() -> None:
    text = "Orlova said they came “without a map” and “without a letter”"
    (found,) = build(
        text, {"cue": "said", "source": "Orlova", "content": ("“without a map”", "and", "“without a letter”")}
    )
    assert [span.text for span in found.content] == ["“without a map”", "“without a letter”"]


def test_a_statement_inside_anothers_content_has_it_as_parent() -> None:
    text = "Dorin said that Vale promised to leave."
    outer, inner = build(
        text,
        {"cue": "said", "source": "Dorin", "content": "that Vale promised to leave"},
        {"cue": "promised", "source": "Vale", "content": "to leave"},
    )
    assert inner.parent == outer.id
    assert outer.parent is None


def test_statements_that_only_share_words_are_no_parents() -> None:
    text = "Dorin said the port was shut, adding that it would open."
    first, second = build(
        text,
        {"cue": "said", "source": "Dorin", "content": "the port was shut"},
        {"cue": "adding", "source": "Dorin", "content": "that it would open"},
    )
    assert first.parent is None
    assert second.parent is None


def test_a_source_far_in_two_pieces_is_the_piece_nearest_to_the_cue() -> None:
    text = "Vale, who had flown in from the coast that night, as mayor said it was over."
    (found,) = build(text, {"cue": "said", "source": ("Vale", "mayor"), "content": "it was over"})
    assert found.source is not None
    assert found.source.text == "mayor"


def test_ids_depend_on_document_and_spans_alone() -> None:
    text = "Dorin said the port was shut."
    roles: dict[str, str | tuple[str, ...]] = {
        "cue": "said",
        "source": "Dorin",
        "content": "the port was shut",
    }
    doc, ann = annotated(text)
    sure, unsure = (candidate(ann.words, text, chance=c, **roles) for c in (0.9, 0.7))
    (a,), (b,) = (build_statements(doc, ann, [c], WEIGHTS) for c in (sure, unsure))
    assert a.id == b.id
    assert a.confidence > b.confidence
    assert build("Dorin said the port was shut!", roles)[0].id != a.id


def test_of_two_candidates_for_one_content_the_likelier_stays() -> None:
    text = "Dorin has said the port was shut."
    _, ann = annotated(text)
    both = [
        candidate(ann.words, text, chance=0.4, cue="said", source="Dorin", content="the port was shut"),
        candidate(ann.words, text, chance=0.6, cue="has said", source="Dorin", content="the port was shut"),
    ]
    assert [c.anchor for c in settle(both)] == [0.6]


def test_confidence_grows_with_the_anchor_and_falls_without_a_cue() -> None:
    text = "Dorin said the port was shut."
    _, ann = annotated(text)
    with_cue = candidate(ann.words, text, cue="said", content="the port was shut")
    without = candidate(ann.words, text, content="the port was shut")
    assert confidence(with_cue, WEIGHTS) == 0.9
    assert confidence(without, WEIGHTS) < 0.9


def test_a_statement_that_is_likelier_wrong_than_right_is_left_out() -> None:
    text = "Dorin said the port was shut."
    doc, ann = annotated(text)
    unsure = candidate(ann.words, text, chance=0.2, cue="said", source="Dorin", content="the port was shut")
    assert build_statements(doc, ann, [unsure], WEIGHTS) == ()
    assert len(build_statements(doc, ann, [unsure], WEIGHTS, least=0.0)) == 1


def test_a_participle_with_the_same_source_is_taken_out_of_the_content_before_it() -> None:
    text = "Dorin said the port was shut, promising that it would open."
    _, ann = annotated(text)
    said = candidate(
        ann.words, text, cue="said", source="Dorin", content="the port was shut, promising that it would open"
    )
    promising = candidate(ann.words, text, cue="promising", source="Dorin", content="that it would open")
    parted = part_coordinate([said, promising], ann.words)
    alone = candidate(ann.words, text, content="the port was shut")
    assert parted[0].words("content") == alone.words("content")
    assert parted[1] == promising


def test_a_statement_with_a_source_of_its_own_stays_inside_the_content() -> None:
    text = "Dorin said that Vale promised to leave."
    _, ann = annotated(text)
    outer = candidate(ann.words, text, cue="said", source="Dorin", content="that Vale promised to leave")
    inner = candidate(ann.words, text, cue="promised", source="Vale", content="to leave")
    assert part_coordinate([outer, inner], ann.words) == [outer, inner]
