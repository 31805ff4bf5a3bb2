"""Who is for or against whom, from events and from statements; the relation model is a table here."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from factory import event, mention, stmt

from onrecord.encoder import Annotation
from onrecord.records import Actor, Event, Stance, Statement
from onrecord.relation_labels import STANCES
from onrecord.relations import Relations
from onrecord.sources.raw import RawDocument
from onrecord.stances import LEAST_STANCE, OF_TYPES, find_stances
from onrecord.text import read_text
from onrecord.words import Words

TEXT = (
    "Marr accused Ostrow of shelling the ferry, and Brandt praised Lerin. Marr met Brandt.\n"
    "Ostrow regretted it. “Marr lies,” said Quill."
)


class Table:
    """Tells the stances between two places as a test wrote them down; keeps what it was asked."""

    def __init__(self, told: dict[tuple[str, str], dict[str, float]]) -> None:
        self.told = told
        self.asked: list[tuple[str, str]] = []
        self.sentences: list[tuple[int, int]] = []

    def stance_between(
        self, text: str, words: Words, first: int, last: int, p: tuple[int, int], q: tuple[int, int]
    ) -> dict[str, float]:
        pair = text[slice(*p)], text[slice(*q)]
        self.asked.append(pair)
        self.sentences.append((int(words.starts[first]), int(words.ends[last - 1])))
        return dict.fromkeys(STANCES, 0.0) | self.told.get(pair, {"neutral": 1.0})


def annotation(text: str) -> Annotation:
    """Words cut at white space; no windows."""
    starts = [n for n, c in enumerate(text) if not c.isspace() and (n == 0 or text[n - 1].isspace())]
    ends = [text.find(" ", s) if " " in text[s:] else len(text) for s in starts]
    zeros = np.zeros(len(starts), dtype=np.int64)
    words = Words(np.asarray(starts), np.asarray(ends), zeros, zeros, ((1,),) * len(starts))
    return Annotation(words, zeros, ())


ACTORS = tuple(
    Actor(
        id=name.lower(),
        name=name,
        mentions=tuple(mention(TEXT, name, nth, actor=name.lower()) for nth in range(TEXT.count(name))),
    )
    for name in ("Marr", "Ostrow", "Brandt", "Lerin", "Quill")
)


def stances(
    *found: Event | Statement, told: dict[tuple[str, str], dict[str, float]] | None = None
) -> tuple[Stance, ...]:
    table = Table(told or {})
    events = [f for f in found if isinstance(f, Event)]
    statements = [f for f in found if isinstance(f, Statement)]
    text = read_text(RawDocument(data=TEXT))
    return find_stances(text, annotation(TEXT), statements, events, ACTORS, cast(Relations, table))


def shelling(kind: str = "ASSAULT", **fields: object) -> Event:
    actor = (mention(TEXT, "Ostrow", actor="ostrow"),)
    return event(
        TEXT, "shelling", kind, actor=actor, recipient=(mention(TEXT, "the ferry", actor="ferry"),), **fields
    )


def accused(**fields: object) -> Statement:
    given = {"act": "accuse", "speaker": "marr", "id": "accused"} | fields
    content = "Ostrow of shelling the ferry, and Brandt praised Lerin"
    return stmt(TEXT, content, source="Marr", cue="accused", **given)


@pytest.mark.parametrize(
    ("kind", "polarity"),
    [("ASSAULT", "oppose"), ("ACCUSE", "oppose"), ("SUPPORT", "support"), ("AID", "support")],
)
def test_who_does_good_or_harm_to_somebody_is_for_or_against_him(kind: str, polarity: str) -> None:
    (found,) = stances(shelling(kind, statement="accused", confidence=0.7))
    assert (found.holder, found.target, found.polarity) == ("ostrow", "ferry", polarity)
    assert (found.evidence.text, found.statement, found.confidence) == ("shelling", "accused", 0.7)


@pytest.mark.parametrize("kind", ["CONSULT", "AGREE", "COOPERATE", "REQUEST", "MOBILIZE", "RETREAT"])
def test_a_meeting_or_a_request_tells_no_stance(kind: str) -> None:
    assert kind not in OF_TYPES
    assert stances(shelling(kind)) == ()


@pytest.mark.parametrize("modality", ["negated", "hypothetical"])
def test_what_was_not_done_tells_no_stance(modality: str) -> None:
    assert stances(shelling(modality=modality)) == ()


def test_what_is_to_come_or_long_past_tells_one() -> None:
    assert len(stances(shelling(modality="future"))) == len(stances(shelling(modality="historical"))) == 1


def test_nobody_is_for_or_against_himself_and_whoever_is_open_has_no_stance() -> None:
    marr, open_ = mention(TEXT, "Marr", actor="marr"), mention(TEXT, "Ostrow", actor=None)
    assert stances(event(TEXT, "praised", "SUPPORT", actor=(marr,), recipient=(marr,))) == ()
    assert stances(event(TEXT, "praised", "SUPPORT", actor=(marr,), recipient=(open_,))) == ()
    assert stances(event(TEXT, "praised", "SUPPORT", actor=(open_,), recipient=(marr,))) == ()


def test_every_actor_has_a_stance_to_every_recipient_once() -> None:
    sides = [
        tuple(mention(TEXT, n, actor=n.lower()) for n in ns)
        for ns in (("Marr", "Quill"), ("Ostrow", "Lerin"))
    ]
    twice = event(TEXT, "praised", "SUPPORT", actor=sides[0] + sides[0], recipient=sides[1])
    pairs = {(s.holder, s.target) for s in stances(twice)}
    assert pairs == {(p, q) for p in ("marr", "quill") for q in ("ostrow", "lerin")}
    assert len(stances(twice)) == 4


def test_the_surest_evidence_of_a_stance_is_kept_and_both_polarities_are() -> None:
    weak, strong = shelling(confidence=0.6), shelling("COERCE", confidence=0.9)
    against = stances(weak, strong)
    assert [(s.polarity, s.confidence) for s in against] == [("oppose", 0.9)]
    assert {s.polarity for s in stances(weak, shelling("AID"))} == {"oppose", "support"}


SURE = {"neg_p2q": 0.9, "neutral": 0.1}


def test_a_statement_that_judges_somebody_tells_the_speakers_stance() -> None:
    (found,) = stances(accused(), told={("Marr", "Ostrow"): SURE})
    assert (found.holder, found.target, found.polarity) == ("marr", "ostrow", "oppose")
    assert (found.statement, found.confidence) == ("accused", 0.9)
    assert found.evidence.text == "Ostrow of shelling the ferry, and Brandt praised Lerin"


def test_praise_is_support() -> None:
    (found,) = stances(accused(act="praise"), told={("Marr", "Ostrow"): {"pos_p2q": 0.8}})
    assert (found.target, found.polarity) == ("ostrow", "support")


@pytest.mark.parametrize("act", [None, "assert", "ask", "believe", "promise", "other"])
def test_other_acts_are_not_asked_about(act: str | None) -> None:
    assert stances(accused(act=act), told={("Marr", "Ostrow"): SURE}) == ()


def test_a_stance_that_is_not_likely_enough_is_not_told() -> None:
    told = {("Marr", "Ostrow"): {"neg_p2q": LEAST_STANCE - 0.01}}
    assert stances(accused(), told=told) == ()
    assert stances(accused(), told={("Marr", "Ostrow"): {"neg_q2p": 1.0}}) == (), (
        "the other's stance is no claim"
    )


def test_of_a_statement_only_the_first_other_actor_in_its_content_is_asked_about() -> None:
    table = Table({})
    text = read_text(RawDocument(data=TEXT))
    find_stances(text, annotation(TEXT), [accused()], [], ACTORS, cast(Relations, table))
    assert table.asked == [("Marr", "Ostrow")]
    assert {TEXT[slice(*s)] for s in table.sentences} == {TEXT[: TEXT.index(" Marr met")]}


def test_the_speaker_is_not_asked_about_himself_nor_anyone_in_another_sentence() -> None:
    table = Table({})
    text = read_text(RawDocument(data=TEXT))
    itself = stmt(TEXT, "“Marr lies,”", source="Marr", nth=2, act="accuse", speaker="marr")
    away = stmt(TEXT, "Ostrow regretted it.", source="Marr", act="accuse", speaker="marr")
    find_stances(text, annotation(TEXT), [itself, away], [], ACTORS, cast(Relations, table))
    assert table.asked == []


def test_a_statement_of_nobody_has_no_holder() -> None:
    told = {("Marr", "Ostrow"): SURE}
    assert stances(accused(speaker=None), told=told) == ()
    anonymous = stmt(TEXT, "Ostrow of shelling the ferry", cue="accused", act="accuse")
    assert stances(anonymous, told=told) == ()


def test_a_stance_of_an_event_and_of_a_statement_is_one() -> None:
    accusing = event(
        TEXT, "accused", "ACCUSE", confidence=0.95,
        actor=(mention(TEXT, "Marr", actor="marr"),), recipient=(mention(TEXT, "Ostrow", actor="ostrow"),),
    )  # fmt: skip
    (found,) = stances(accusing, accused(), told={("Marr", "Ostrow"): SURE})
    assert (found.evidence.text, found.confidence) == ("accused", 0.95)


def test_stances_come_in_the_order_of_their_evidence() -> None:
    told = {("Marr", "Ostrow"): SURE, ("Marr", "Lerin"): SURE}
    brandt, lerin = (mention(TEXT, name, actor=name.lower()) for name in ("Brandt", "Lerin"))
    refused = event(TEXT, "met", "REJECT", actor=(brandt,), recipient=(lerin,))
    found = [(s.holder, s.target) for s in stances(refused, accused(), told=told)]
    assert found == [("marr", "ostrow"), ("brandt", "lerin")]


def test_who_did_not_accuse_anybody_is_against_nobody() -> None:
    assert stances(accused(negated=True), told={("Marr", "Ostrow"): SURE}) == ()
    assert len(stances(accused(negated=False), told={("Marr", "Ostrow"): SURE})) == 1
