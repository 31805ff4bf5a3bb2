"""Annotated events, relations and stances -> what the relation model learns from."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_relations import vocabulary_of

from onrecord.relation_labels import KINDS, MARKS, MODALITIES, ROLE_LABELS, STANCES
from onrecord.words import Vocabulary, Words
from training.relation_examples import (
    MARGINAL,
    PAIRED,
    Example,
    Sentence,
    Trigger,
    event_examples,
    kinds_of,
    listed,
    read_sentences,
    relation_example,
    role_phrases,
    stance_example,
    swapped,
    whole,
)

TEXT = "It was calm. Norway shelled the ferry of Denmark, whose crew fled. Marr wept."
VOCABULARY = vocabulary_of(TEXT)


def at(words: str, text: str = TEXT) -> list[int]:
    start = text.index(words)
    return [start, start + len(words)]


def said(words: Words, numbers: Any, vocabulary: Vocabulary = VOCABULARY) -> list[str]:
    """The words with these numbers, as their first wordpieces tell them."""
    names = {n: piece for piece, n in vocabulary._ids.items()}
    return [names[words.pieces[n][0]] for n in numbers]


def labelled(t: Trigger, role: str) -> list[int]:
    return [w for w, label in sorted((t.roles or {}).items()) if ROLE_LABELS[label].endswith(role)]


def row(**fields: Any) -> dict[str, Any]:
    event = {
        "type": "ASSAULT", "modality": "actual", "trigger": at("shelled"), "actor": at("Norway"),
        "recipient": [at("the ferry of Denmark"), at("whose crew")],
    } | fields  # fmt: skip
    return {"document": "d1", "text": TEXT, "events": [event]}


def examples(**fields: Any) -> tuple[list[Example], list[Example]]:
    """What a text teaches of its sentences, and of its pairs."""
    found = list(event_examples(row(**fields), VOCABULARY))
    return [e for e in found if e.triggers is not None], [e for e in found if e.pair is not None]


def test_every_sentence_is_an_example_and_the_one_of_an_event_has_its_trigger() -> None:
    sentences, _ = examples()
    assert [len(e.triggers or ()) for e in sentences] == [0, 1, 0]
    (trigger,) = sentences[1].triggers or ()
    s = sentences[1].sentence
    assert said(s.words, [s.first + w for w in trigger.words]) == ["shelled"]
    assert trigger.kinds == (KINDS.index("ASSAULT"),)
    assert (trigger.modality, trigger.weight) == (MODALITIES.index("actual"), 1.0)


def test_roles_begin_at_the_first_word_of_each_span() -> None:
    (trigger,) = examples()[0][1].triggers or ()
    labels = {w: ROLE_LABELS[label] for w, label in (trigger.roles or {}).items()}
    assert labels == {
        0: "B-actor", 2: "B-recipient", 3: "I-recipient", 4: "I-recipient", 5: "I-recipient",
        7: "B-recipient", 8: "I-recipient",
    }  # fmt: skip


def test_a_second_trigger_has_roles_only_where_all_participants_stand_in_its_sentence() -> None:
    together = examples(other_triggers=[at("fled")])[0][1].triggers or ()
    assert [t.roles is not None for t in together] == [True, True]
    apart = examples(actor=at("Marr"), other_triggers=[at("fled")])[0]
    assert [t.roles is not None for t in apart[1].triggers or ()] == [True, False]
    elsewhere = examples(other_triggers=[at("wept")])[0][2].triggers or ()
    assert [t.roles for t in elsewhere] == [None]


def test_what_may_be_omitted_weighs_less_and_what_may_be_coded_otherwise_is_both() -> None:
    sentences, pairs = examples(marginal=True, alt={"type": "COERCE"})
    (trigger,) = sentences[1].triggers or ()
    assert trigger.weight == MARGINAL
    assert trigger.kinds == pairs[0].pair == (KINDS.index("ASSAULT"), KINDS.index("COERCE"))
    assert pairs[0].weight == PAIRED * MARGINAL
    assert kinds_of({"type": "AID", "alt": {"type": "AID"}}) == (KINDS.index("AID"),)


def test_participants_of_one_sentence_are_a_pair() -> None:
    _, (pair,) = examples()
    marks = pair.marks or {}
    assert {MARKS[m] for m in marks.values()} == {"actor", "recipient"}
    assert [w for w, m in marks.items() if MARKS[m] == "actor"] == [0]
    assert examples(actor=at("Marr"))[1] == []
    assert examples(recipient=None)[1] == []


def test_offsets_come_as_one_span_as_several_or_as_none() -> None:
    assert listed(None) == listed([]) == []
    assert listed([3, 5]) == [(3, 5)]
    assert listed([[3, 5], [7, 9]]) == [(3, 5), (7, 9)]


def test_a_text_is_cut_as_reading_cuts_it_and_a_sentence_is_not() -> None:
    assert len(read_sentences(TEXT, VOCABULARY)) == 3
    s = whole(TEXT, VOCABULARY)
    assert (s.first, s.last) == (0, len(s.words))


def given_row(**fields: Any) -> dict[str, Any]:
    text = "Norway shelled Denmark on Friday."
    sides = {"source": {"spans": [at("Norway", text)]}, "target": {"spans": [at("Denmark", text)]}}
    return {"id": "r1", "text": text, "gold_root": "ASSAULT"} | sides | fields


def test_a_relation_marks_its_two_sides_and_types_that_are_not_told_apart_are_both() -> None:
    vocabulary = vocabulary_of(given_row()["text"])
    e = relation_example(given_row(gold_root="YIELD"), vocabulary)
    assert e.marks == {0: MARKS.index("actor"), 2: MARKS.index("recipient")}
    assert e.pair == (KINDS.index("CONCEDE"), KINDS.index("RETREAT"))


@pytest.mark.parametrize(
    ("label", "turned"),
    [
        ("pos_p2q", "pos_q2p"), ("neg_p2q", "neg_q2p"), ("pos_q2p", "pos_p2q"), ("neg_q2p", "neg_p2q"),
        ("neutral", "neutral"),
    ],
)  # fmt: skip
def test_a_stance_told_the_other_way_round_is_the_same_stance(label: str, turned: str) -> None:
    sentence = "Marr praised Ostrow."
    p, q = ({"start": a, "end": b} for a, b in (at("Marr", sentence), at("Ostrow", sentence)))
    told = {"id": "s1", "sentence": sentence, "p": p, "q": q, "label5": label}
    vocabulary = vocabulary_of(sentence)
    straight, turned_round = (stance_example(told, vocabulary, turn=turn) for turn in (False, True))
    assert straight.stance == STANCES.index(label)
    assert straight.marks == {0: MARKS.index("actor"), 2: MARKS.index("recipient")}
    assert turned_round.stance == STANCES.index(turned)
    assert turned_round.marks == {2: MARKS.index("actor"), 0: MARKS.index("recipient")}


NUMBERED = " ".join(f"w{n}" for n in range(12))
OTHERS = "x0 x1 x2 x3 x4 x5"
NUMBERS = vocabulary_of(f"{NUMBERED} {OTHERS}")


@st.composite
def events(draw: st.DrawFn) -> tuple[Trigger, ...]:
    """Triggers over twelve words, each with stretches of roles that do not overlap within one trigger."""
    made = []
    for _ in range(draw(st.integers(1, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, 12), min_size=2, max_size=6)))
        roles: dict[int, int] = {}
        for first, last in zip(cuts[::2], cuts[1::2], strict=False):
            begin = draw(st.sampled_from((1, 3)))
            roles |= {w: begin + (w > first) for w in range(first, last)}
        start = draw(st.integers(0, 11))
        words = tuple(range(start, min(12, start + draw(st.integers(1, 2)))))
        kind = draw(st.sampled_from((1, 2)))
        made.append(Trigger(words, (kind,), 0, roles if draw(st.booleans()) else None, 0.5))
    return tuple(made)


def stretches(t: Trigger) -> list[tuple[str, list[int]]]:
    """The stretches of each role: a word that begins one, with those that go on from it."""
    found: list[tuple[str, list[int]]] = []
    for w, label in sorted((t.roles or {}).items()):
        prefix, role = ROLE_LABELS[label].split("-")
        if prefix == "B":
            found.append((role, [w]))
        else:
            assert found
            assert found[-1][0] == role
            assert found[-1][1][-1] == w - 1
            found[-1][1].append(w)
    return found


@given(events(), st.integers(0, 99))
def test_participants_named_anew_keep_their_roles_and_the_triggers_their_words(
    triggers: tuple[Trigger, ...], seed: int
) -> None:
    s = whole(f"“{NUMBERED}”", vocabulary_of(f"{NUMBERED} {OTHERS} “ ”"))
    s = Sentence(s.words, 1, 13)
    names = {n: piece for piece, n in vocabulary_of(f"{NUMBERED} {OTHERS} “ ”")._ids.items()}
    other = whole(OTHERS, vocabulary_of(f"{NUMBERED} {OTHERS} “ ”")).words
    e = Example(s, "d1", triggers=triggers, weight=0.7)
    made = swapped(e, [(other, 0, 1), (other, 1, 3), (other, 3, 6)], random.Random(seed))
    new = [names[p[0]] for p in made.sentence.words.pieces[made.sentence.first : made.sentence.last]]
    old = [f"w{n}" for n in range(12)]
    assert (made.weight, made.source) == (0.7, "d1")
    assert len(made.triggers or ()) == len(triggers)
    for before, after in zip(triggers, made.triggers or (), strict=True):
        assert [new[w] for w in after.words] == [old[w] for w in before.words]
        assert (after.kinds, after.modality, after.weight) == (before.kinds, before.modality, before.weight)
        assert (after.roles is None) == (before.roles is None)
        pairs = zip(stretches(before), stretches(after), strict=True)
        for (role, was), (role_now, now) in pairs:
            assert role == role_now
            kept, named = [old[w] for w in was], [new[w] for w in now]
            assert named in (kept, ["x0"], ["x1", "x2"], ["x3", "x4", "x5"])
    unheld = [n for n in range(12) if not any(n in (t.roles or {}) for t in triggers)]
    assert [w for w in new if w in {old[n] for n in unheld}] == [old[n] for n in unheld]
    if made is not e:
        words = made.sentence.words
        assert len(words.shapes) == len(words.quotes) == len(words.starts) == len(words.pieces) == len(new)
        assert set(words.quotes) == {1}, "new words stand in the quotation in which the old ones stood"


def test_some_participants_are_named_anew_and_some_are_not() -> None:
    e = examples()[0][1]
    other = whole("Marr wept", VOCABULARY).words
    made = [swapped(e, [(other, 0, 1)], random.Random(seed)) for seed in range(20)]
    sizes = {m.sentence.last - m.sentence.first for m in made}
    assert len(sizes) > 2
    assert any(m is e for m in made)


def test_a_participant_on_the_trigger_and_one_of_two_extents_stay() -> None:
    s = whole(NUMBERED, NUMBERS)
    other = whole(OTHERS, NUMBERS).words
    on_trigger = Trigger((3,), (1,), 0, {3: 1, 4: 2}, 1.0)
    wide, narrow = Trigger((0,), (1,), 0, {6: 1, 7: 2}, 1.0), Trigger((1,), (1,), 0, {7: 3}, 1.0)
    e = Example(s, "d1", triggers=(on_trigger, wide, narrow))
    assert all(swapped(e, [(other, 0, 6)], random.Random(seed)) is e for seed in range(20))


def test_the_phrases_are_those_of_all_participants() -> None:
    sentences, _ = examples()
    phrases = [said(words, range(first, last)) for words, first, last in role_phrases(sentences)]
    assert phrases == [["norway"], ["the", "ferry", "of", "denmark"], ["whose", "crew"]]
