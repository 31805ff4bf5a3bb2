"""Why an event is as it is: every part with its words, and what is called not stored."""

from __future__ import annotations

import msgspec
import pytest
from factory import event, mention, reading, stmt
from sample_events import EVENTS, MARR, TEXT, make_events

from onrecord.errors import UsageError
from onrecord.event_reasons import EventExplanation, explain_event
from onrecord.identities import know_with
from onrecord.knowledge import Knowledge
from onrecord.reasons import Reason
from onrecord.records import Reading
from onrecord.verify import walk

KNOWN = know_with(())


def why(event_id: str, made: Reading | None = None, known: Knowledge = KNOWN) -> EventExplanation:
    return explain_event(made or make_events(), event_id, known=known)


def part(found: EventExplanation, name: str) -> Reason:
    return next(reason for reason in found.reasons if reason.part == name)


def says(reason: Reason) -> str:
    return "\n".join(step.says for step in reason.steps)


def test_the_type_has_its_words_all_reports_and_the_meaning_of_the_manual() -> None:
    kind = part(why("e-shelled"), "type")
    assert kind.found == "ASSAULT · heavy-weapons"
    assert [s.text for s in kind.words] == ["shelled", "shelling"]
    assert "so does “shelling”: the same event, reported again" in says(kind)
    assert "material conflict, score -9.5" in says(kind)


def test_every_span_of_an_explanation_is_words_of_the_text() -> None:
    for made in EVENTS:
        for _, value in walk(why(made.id)):
            if hasattr(value, "start"):
                assert TEXT[value.start : value.end] == value.text  # type: ignore[attr-defined]


def test_parties_lead_to_who_they_are_and_one_that_is_nobody_stays_as_worded() -> None:
    assert part(why("e-shelled"), "actor").found == "Vastria (VST; Q900020)"
    ship = part(why("e-fired"), "actor")
    assert ship.found is None
    assert "tied to nobody" in says(ship)


def test_a_missing_recipient_says_whether_the_manual_asks_for_one() -> None:
    assert "does not ask for one" in says(part(why("e-closing"), "recipient"))
    text = "Ruvia sent grain."
    aid = event(text, "sent", "AID", id="e", actor=(mention(text, "Ruvia"),))
    assert "PLOVER asks for one here" in says(part(why("e", reading(text, events=(aid,))), "recipient"))


def test_who_says_so_leads_to_the_statement_its_source_and_its_words() -> None:
    who = part(why("e-shelled"), "asserter")
    assert who.found == "Ilse Marr"
    assert "claimed in the statement s-shelled" in says(who)
    assert "“President Ilse Marr” makes it" in says(who)
    assert part(why("e-condemned"), "asserter").found == "the article"


def test_a_claim_inside_a_claim_names_everybody_in_between() -> None:
    text = "Brandt said Lund had told her that Ruvia raided the port."
    outer = stmt(
        text, "Lund had told her that Ruvia raided the port", source="Brandt", cue="said", id="outer"
    )
    inner = stmt(text, "that Ruvia raided the port", source="Lund", cue="told", id="inner", parent="outer")
    raid = event(text, "raided", "ASSAULT", id="e", statement="inner")
    found = why("e", reading(text, outer, inner, events=(raid,)))
    assert part(found, "asserter").found == "Lund"
    assert "reported inside what Brandt said: outer" in says(part(found, "within"))


def test_an_act_that_is_done_by_saying_it_is_tied_to_its_statement() -> None:
    text = "Brandt urged Ruvia to wait."
    urging = event(text, "urged", "REQUEST", id="e", actor=(mention(text, "Brandt"),))
    said = stmt(text, "Ruvia to wait", source="Brandt", cue="urged", id="s", act="request")
    found = says(part(why("e", reading(text, said, events=(urging,))), "type"))
    assert "done by saying it: the statement s, which is to request" in found


@pytest.mark.parametrize(
    ("event_id", "modality", "words"),
    [("e-meet", "future", "still to come"), ("e-fired", "negated", "did not happen")],
)
def test_modality_is_put_in_words(event_id: str, modality: str, words: str) -> None:
    found = part(why(event_id), "modality")
    assert found.found == modality
    assert words in says(found)


def test_day_and_place_have_their_words_or_say_what_stands_in_for_them() -> None:
    assert "“Thursday”" in says(part(why("e-meet"), "date"))
    assert "tied to no place" in says(part(why("e-meet"), "location"))
    assert "searches take the document's, 2031-05-06" in says(part(why("e-shelled"), "date"))
    assert "Keldra (local:keldra, NRL)\nat 1.50 2.50" in says(part(why("e-shelled"), "location"))
    undated = make_events(published=None)
    assert "the document has none either" in says(part(why("e-shelled", undated), "date"))


def test_words_outside_the_sentence_are_called_so() -> None:
    far = msgspec.structs.replace(EVENTS[5], actor=(mention(TEXT, "President Ilse Marr", actor=MARR),))
    found = part(why("e-meet", make_events(events=(far,))), "actor")
    assert "these words stand outside the sentence" in says(found)


def test_an_event_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UsageError, match="take an id that `onrecord events` shows"):
        why("e-nowhere")
