"""Sentences -> events: the whole stage around a relation model whose answers are written here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from factory import stmt
from sample_relations import answering

from onrecord.contexts import find_contexts
from onrecord.encoder import Annotation
from onrecord.events import LEAST_EVENT, Found, _paragraph, complete_events, draft_events, find_events
from onrecord.partakers import without_selves
from onrecord.participants import Participants
from onrecord.pipeline import Engine, read
from onrecord.plover import quad_of
from onrecord.records import Event, Mention, Statement
from onrecord.relation_labels import LONGEST
from onrecord.relations import Relations
from onrecord.sightings import Sighted
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.supposing import is_supposed
from onrecord.text import Text, read_text
from onrecord.verify import verify_reading
from onrecord.words import read_words

TEXT = (
    "Norway shelled Denmark on Friday. The sea was calm.\n"
    "Marr said that Denmark had shelled Norway. Norway blockaded Denmark and shelled Sweden."
)
KINDS = {"shelled": ("ASSAULT", 0.9), "blockaded": ("COERCE", 0.7)}
ROLES = {"norway": "B-actor", "denmark": "B-recipient", "sweden": "B-recipient"}


class Read:
    """A text opened as far as its events are read."""

    def __init__(self, text: str, *statements: Statement, **fields: Any) -> None:
        self.text: Text = read_text(RawDocument(data=text, **fields))
        self.statements = statements

    def annotate(self, relations: Relations) -> tuple[Annotation, list[Sighted]]:
        """The words, and every sentence as one that may hold an event."""
        whole, cut = self.text.document.text, self.text.paragraphs
        words = read_words(whole, cut, self.text.quotations, relations.vocabulary)
        bounds = [np.searchsorted(words.starts, s) for s in self.text.sentences]
        sentences = zip(self.text.sentences, bounds, strict=True)
        sighted = [Sighted(*s, int(a), int(b)) for s, (a, b) in sentences if b > a]
        return Annotation(words, words.quotes, ()), sighted

    def participants(self) -> Participants:
        found = identify_speakers(self.text, self.statements)
        return Participants(register=found.register, statements=self.statements)

    def find(self, relations: Relations, *, least: float = LEAST_EVENT) -> Found:
        ann, sighted = self.annotate(relations)
        return find_events(
            self.text, ann, sighted, relations, self.statements, self.participants(), least=least
        )


def events(text: str = TEXT, *statements: Statement, least: float = LEAST_EVENT, **told: Any) -> list[Event]:
    relations = answering(text, **({"kinds": KINDS, "roles": ROLES} | told))
    found = Read(text, *statements).find(relations, least=least)
    return list(found.events)


def words(event: Event) -> tuple[list[str], str, list[str]]:
    return [m.text for m in event.actor], event.trigger.text, [m.text for m in event.recipient]


SAID = stmt(TEXT, "Denmark had shelled Norway", source="Marr", cue="said", id="said")


def test_a_trigger_with_its_participants_is_an_event() -> None:
    (event,) = events("Norway shelled Denmark on Friday.")
    assert words(event) == (["Norway"], "shelled", ["Denmark"])
    assert (event.type, event.quad, event.modality) == ("ASSAULT", quad_of("ASSAULT"), "actual")
    assert event.sentence.text == "Norway shelled Denmark on Friday."
    assert [m.actor for m in (*event.actor, *event.recipient)] == ["Q20", "Q35"]
    assert event.date is not None
    assert event.date.expression is not None
    assert event.date.expression.text == "Friday"


def test_every_offset_is_of_the_document() -> None:
    for event in events(TEXT, SAID):
        for span in (event.trigger, event.sentence, *event.actor, *event.recipient, *event.other_triggers):
            assert TEXT[span.start : span.end] == span.text
        assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end


def test_an_event_is_as_sure_as_it_is_judged() -> None:
    found = {e.trigger.text: e.confidence for e in events()}
    assert found == {"shelled": pytest.approx(0.9, abs=1e-3), "blockaded": pytest.approx(0.7, abs=1e-3)}


def test_what_is_not_sure_enough_is_no_event() -> None:
    assert {e.trigger.text for e in events(least=0.75)} == {"shelled"}
    assert events(least=0.95) == []
    assert events(kinds={"shelled": ("ASSAULT", LEAST_EVENT - 0.01)}) == []


def test_whoever_is_in_an_event_that_is_not_sure_enough_is_not_looked_up() -> None:
    read, relations = (
        Read("Norway shelled Denmark."),
        answering("Norway shelled Denmark.", kinds=KINDS, roles=ROLES),
    )
    (ann, (sentence,)), cast = read.annotate(relations), read.participants()
    assert list(draft_events(ann, sentence, relations, cast, 0.95)) == []
    assert cast.found == {}
    assert len(list(draft_events(ann, sentence, relations, cast, 0.5))) == 1
    assert len(cast.found) == 2


def test_an_event_without_any_participant_is_left_out() -> None:
    assert events("It was shelled on Friday.", roles={}) == []
    (one_sided,) = events("Norway was shelled.", roles={"norway": "B-recipient"})
    assert words(one_sided) == ([], "shelled", ["Norway"])


def test_who_asserts_an_event_is_told_for_each() -> None:
    found = events(TEXT, SAID)
    by_sentence = {e.sentence.text.split()[0]: e.statement for e in found}
    assert by_sentence == {"Norway": None, "Marr": "said"}


def test_participants_are_lists_in_the_order_of_the_text() -> None:
    (event,) = events(
        "Norway, Denmark and Sweden shelled Poland.",
        roles={"norway": "B-actor", "denmark": "B-actor", "sweden": "B-actor", "poland": "B-recipient"},
    )
    assert words(event) == (["Norway", "Denmark", "Sweden"], "shelled", ["Poland"])


def test_a_stretch_that_names_two_is_two_participants() -> None:
    (event,) = events(
        "Norway and Denmark shelled Poland.",
        roles={"norway": "B-actor", "and": "I-actor", "denmark": "I-actor", "poland": "B-recipient"},
    )
    assert words(event) == (["Norway", "Denmark"], "shelled", ["Poland"])


def test_ids_are_unique_and_the_same_on_every_reading() -> None:
    first, again = events(TEXT, SAID), events(TEXT, SAID)
    assert [e.id for e in first] == [e.id for e in again]
    assert len({e.id for e in first}) == len(first) == 4
    assert all(len(e.id) == 16 for e in first)


def test_ids_differ_by_type_by_words_and_by_document() -> None:
    text = "Norway shelled Denmark."
    ids = {
        told.id
        for told in (
            *events(text),
            *events(text, kinds={"shelled": ("COERCE", 0.9)}),
            *events(text, roles={"norway": "B-actor"}),
            *events(text, kinds={"shelled": ("ASSAULT", 0.9), "denmark": ("ASSAULT", 0.9)}),
            *events(text + " The sea was calm."),
        )
    }
    assert len(ids) == 5


def test_an_id_stays_when_the_reading_is_surer_or_better_dated() -> None:
    text = "Norway shelled Denmark on Friday."
    (first,), (surer,) = events(text), events(text, kinds={"shelled": ("ASSAULT", 0.99)})
    relations = answering(text, kinds=KINDS, roles=ROLES)
    (dated,) = Read(text, published="2033-05-19").find(relations).events
    assert first.id == surer.id == dated.id
    assert first.confidence != surer.confidence
    assert first.date != dated.date


def test_contexts_are_told_by_the_paragraph_that_the_sentence_stands_in() -> None:
    text = (
        "A court met.\nNorway shelled Denmark. A court sentenced two spies to prison.\nNorway shelled Sweden."
    )
    read, relations = Read(text), answering(text, kinds=KINDS, roles=ROLES)
    ann, sighted = read.annotate(relations)
    cast = read.participants()
    drafts = [d for s in sighted for d in draft_events(ann, s, relations, cast, 0.5)]
    found, _ = complete_events(read.text, drafts, ())
    assert [_paragraph(read.text, d.sentence) for d in drafts] == text.split("\n")[1:]
    expected = [find_contexts(e.sentence.text, p) for e, p in zip(found, text.split("\n")[1:], strict=True)]
    assert [e.context for e in found] == expected


def test_reports_of_one_event_are_one() -> None:
    text = "Norway shelled Denmark. The sea was calm. Norway shelled Denmark."
    (event,) = events(text)
    assert [t.start for t in event.other_triggers] == [text.rindex("shelled")]


def test_a_trigger_behind_what_is_read_at_once_is_found_where_it_stands() -> None:
    text = "The sea " + "and the sea " * LONGEST + "was calm and Norway shelled Denmark."
    (event,) = events(text)
    assert words(event) == (["Norway"], "shelled", ["Denmark"])
    assert event.trigger.start == text.index("shelled")
    assert event.sentence.text == text


def test_a_document_without_sightings_has_no_events() -> None:
    read, relations = Read("The sea was calm."), answering("The sea was calm.")
    ann, _ = read.annotate(relations)
    found = find_events(read.text, ann, [], relations, (), read.participants())
    assert found == Found()


def test_the_modality_is_the_models() -> None:
    (event,) = events("Norway shelled Denmark.", modality="negated")
    assert event.modality == "negated"


def test_other_events_of_the_sentence_keep_their_dates() -> None:
    text = "Norway blockaded Denmark on Monday and shelled Sweden on Friday."
    dates = {e.trigger.text: e.date.expression.text for e in events(text) if e.date and e.date.expression}
    assert dates == {"blockaded": "Monday", "shelled": "Friday"}


NEWS = (
    "Rebels attacked Tarvian troops near Lerin on Friday.\n"
    "Foreign Minister Ilse Varga said that Orvania had attacked a Tarvian garrison on Thursday.\n"
    "Norway imposed sanctions on Orvania."
)


def test_news_is_read_into_events_with_the_shipped_weights(engine: Engine) -> None:
    reading = read(RawDocument(data=NEWS, published="2033-05-21"), engine=engine)
    found = {(e.type, e.sentence.text.split()[0]): e for e in reading.events}
    assert list(verify_reading(reading)) == []
    told, claimed = found["ASSAULT", "Rebels"], found["ASSAULT", "Foreign"]
    assert words(told) == (["Rebels"], "attacked", ["Tarvian troops"])
    assert told.statement is None
    assert told.date is not None
    assert (told.date.from_, told.date.to) == ("2033-05-20", "2033-05-20")
    (statement,) = [s for s in reading.statements if s.id == claimed.statement]
    assert {a.name for a in reading.actors if a.id == statement.speaker} == {"Ilse Varga"}
    names = {a.id: a.name for a in reading.actors}
    sanctioned = found["SANCTION", "Norway"]
    assert [names[m.actor or ""] for m in (*sanctioned.actor, *sanctioned.recipient)] == ["Norway", "Orvania"]
    assert ("Norway", "oppose", "Orvania") in {
        (names[s.holder], s.polarity, names[s.target]) for s in reading.stances
    }


def test_an_event_behind_a_long_list_is_found_with_the_shipped_weights(engine: Engine) -> None:
    text = (
        "The ministers of Norway and of the towns on the coast, " + "and of the islands in the north, " * 60
    )
    text += "said that rebels attacked Tarvian troops near Lerin on Friday."
    any_confidence = Engine(
        engine.encoder, engine.coreference, engine.sighting, engine.relations, least_event=0
    )
    reading = read(RawDocument(data=text), engine=any_confidence)
    assert list(verify_reading(reading)) == []
    attacks = [words(e) for e in reading.events if e.type == "ASSAULT"]
    assert attacks == [(["rebels"], "attacked", ["Tarvian troops"])]


def test_weather_is_no_event_with_the_shipped_weights(engine: Engine) -> None:
    text = "The leaves of the tree were green and the sea was calm all morning."
    assert read(RawDocument(data=text), engine=engine).events == ()


def test_an_engine_can_ask_for_surer_events_only(engine: Engine) -> None:
    parts = engine.encoder, engine.coreference, engine.sighting, engine.relations
    text = "Rebels attacked Tarvian troops near Lerin on Friday."
    confidences = [
        e.confidence for e in read(RawDocument(data=text), engine=Engine(*parts, least_event=0)).events
    ]
    assert confidences
    surer = Engine(*parts, least_event=max(confidences) + 0.0001)
    assert read(RawDocument(data=text), engine=surer).events == ()


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("It is unlikely that any shelling will follow.", True),
        ("Nobody knows whether the shelling has begun.", True),
        ("The army could resume shelling on Friday.", True),
        ("The rebels began the shelling on Friday.", False),
        ("If nobody pays, the rebels say, the shelling goes on.", False),
    ],
)
def test_what_the_words_before_a_trigger_only_suppose_is_no_fact(text: str, supposed: bool) -> None:
    start = text.index("shelling")
    assert is_supposed(text, (0, len(text)), (start, start + len("shelling"))) is supposed


def test_nobody_but_himself_is_asked_by_himself() -> None:
    def who(text: str, actor: str | None) -> Mention:
        return Mention(start=0, end=len(text), text=text, form="pronoun", actor=actor)

    acting = (who("He", "marr"),)
    assert [m.actor for m in without_selves(acting, (who("him", "marr"), who("her", "lind")))] == [
        None,
        "lind",
    ]
    assert without_selves(acting, (who("himself", "marr"),))[0].actor == "marr"
    assert without_selves((who("They", None),), (who("him", None),))[0].actor is None
