"""Why a statement is as it is: what is said, what stands behind it, and what is called not stored."""

from __future__ import annotations

import msgspec
import pytest
from factory import mention, reading, span, stmt
from rich.console import Console

from onrecord import provenance
from onrecord.errors import UsageError
from onrecord.explained import render_explanation
from onrecord.identities import ActorDecision, know_with
from onrecord.knowledge import Entity, Knowledge, Tenure
from onrecord.reasons import Explanation, Reason, explain
from onrecord.records import Actor, Interval, Note, Place, Reading, Venue
from onrecord.verify import walk

TEXT = (
    "The dam is safe, Orla Venn said.\nAt the Harbour Hall she told the press on Monday, according to the "
    "Varn Agency, that “it will hold”. An official warned of floods."
)
VENN = Entity(
    id="user:orla-venn", name="Orla Venn", kind="person", country="FRA", names=("Orla Venn",), as_of="2031-01"
)
TERM = Tenure(
    person=VENN.id, office="foreign minister", of="FRA", title="Foreign Minister", start="2030", end="2032"
)


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return know_with(
        (
            ActorDecision(kind="entity", actor=VENN.id, entity=VENN, decided_at=""),
            ActorDecision(kind="tenure", actor=VENN.id, tenure=TERM, decided_at=""),
        )
    )


def one(**fields: object) -> Reading:
    hall = span(TEXT, "the Harbour Hall")
    safe = stmt(TEXT, "The dam is safe", source="Orla Venn", cue="said", id="safe", speaker=VENN.id)
    hold = stmt(
        TEXT, "“it will hold”", cue="told", id="hold", speaker=VENN.id, parent="safe",
        via=(mention(TEXT, "the Varn Agency"),), addressee=mention(TEXT, "the press", form="nominal"),
        venue=Venue(start=hall.start, end=hall.end, text=hall.text, place="local:hall"),
        said_on=Interval(
            from_="2031-03-03", to="2031-03-03", precision="day", expression=span(TEXT, "Monday")
        ),
    )  # fmt: skip
    hold = msgspec.structs.replace(hold, source=mention(TEXT, "she", form="pronoun", actor=VENN.id))
    floods = stmt(TEXT, "of floods", cue="warned", id="floods")
    floods = msgspec.structs.replace(floods, source=mention(TEXT, "An official", form="nominal"))
    actor = Actor(
        id=VENN.id, name="Orla Venn", kind="person", country="FRA", role="Foreign Minister of France",
        linked_by="name", confidence=0.9, mentions=(mention(TEXT, "Orla Venn", actor=VENN.id),),
    )  # fmt: skip
    note = Note(code="unresolved-speaker", message="No speaker named: an official.", statement="floods")
    parts = {
        "actors": (actor,), "notes": (note,), "published": "2031-03-04", "published_from": "dateline",
        "places": (Place(id="local:hall", name="Harbour Hall", country="FRA", lat=48.5, lon=-4.5),),
    }  # fmt: skip
    return reading(TEXT, safe, hold, floods, **(parts | fields))


def part(found: Explanation, name: str) -> Reason:
    return next(reason for reason in found.reasons if reason.part == name)


def says(reason: Reason) -> str:
    return "\n".join(step.says for step in reason.steps)


def test_a_name_leads_to_the_row_of_the_table_with_its_source_and_its_day(known: Knowledge) -> None:
    speaker = part(explain(one(), "safe", known=known), "speaker")
    assert speaker.found == "Orla Venn (Foreign Minister of France, FRA; user:orla-venn)"
    assert "linked by name, confidence 0.90" in says(speaker)
    rows = [step.row for step in speaker.steps if step.row]
    assert (rows[0].says, rows[0].source, rows[0].as_of) == ("Orla Venn, person, FRA", "user", "2031-01")
    assert rows[1].says == "Foreign Minister, 2030 to 2032 (foreign minister of FRA)"


def test_a_pronoun_leads_to_the_nearest_name_and_the_step_between_is_called_not_stored(
    known: Knowledge,
) -> None:
    speaker = part(explain(one(), "hold", known=known), "speaker")
    assert [s.words.text for s in speaker.steps if s.words][:2] == ["she", "Orla Venn"]
    assert "is not stored" in says(speaker)


def test_every_circumstance_has_its_words_and_how_its_value_came_about(known: Knowledge) -> None:
    found = explain(one(), "hold", known=known)
    assert (
        says(part(found, "via")) == "“the Varn Agency” is a name\ntied to nobody: the words stand as they are"
    )
    assert part(found, "addressee").words[0].text == "the press"
    assert "Harbour Hall (local:hall, FRA, 48.50 -4.50)" in says(part(found, "venue"))
    assert "counted from the document's date, 4 March 2031: read off the dateline" in says(
        part(found, "said_on")
    )
    assert "reported inside what Orla Venn said: safe" in says(part(found, "within"))


def test_without_a_date_of_the_document_the_words_stay_and_no_value_is_made_up(known: Knowledge) -> None:
    undated = one(published=None, published_from=None)
    hold = msgspec.structs.replace(
        undated.statements[1],
        said_on=Interval(from_=None, to=None, precision=None, expression=span(TEXT, "Monday")),
    )
    undated = msgspec.structs.replace(undated, statements=(undated.statements[0], hold))
    date = part(explain(undated, "hold", known=known), "said_on")
    assert date.found is None
    assert "the document has no date" in says(date)
    assert says(date).endswith("no value")


def test_an_open_speaker_has_the_note_that_says_why(known: Knowledge) -> None:
    found = explain(one(), "floods", known=known)
    assert part(found, "speaker").found is None
    assert "No speaker named: an official." in says(part(found, "speaker"))
    silent = part(explain(one(notes=()), "floods", known=known), "speaker")
    assert "the reason is not stored" in says(silent)


def test_an_actor_outside_the_table_is_said_to_be_so(known: Knowledge) -> None:
    lone = Actor(id="local:x", name="Xenia Qvarn", linked_by="name", mentions=(mention(TEXT, "Orla Venn"),))
    safe = msgspec.structs.replace(one().statements[0], speaker="local:x")
    made = msgspec.structs.replace(one(), actors=(lone,), statements=(safe,))
    assert "the table has nobody called “Xenia Qvarn”" in says(
        part(explain(made, "safe", known=known), "speaker")
    )
    same = msgspec.structs.replace(made, actors=(msgspec.structs.replace(lone, name="Orla Venn"),))
    assert "not linked: the table has Orla Venn (user:orla-venn)" in says(
        part(explain(same, "safe", known=known), "speaker")
    )


def test_the_words_of_every_step_stand_in_the_text(known: Knowledge) -> None:
    for stmt_id in ("safe", "hold", "floods"):
        found = explain(one(), stmt_id, known=known)
        spans = [value for _, value in walk(found) if hasattr(value, "start")]
        assert spans
        assert all(TEXT[s.start : s.end] == s.text for s in spans)


def test_an_unknown_statement_is_an_error_that_says_where_ids_are(known: Knowledge) -> None:
    with pytest.raises(UsageError, match="onrecord search"):
        explain(one(), "none", known=known)


def test_the_tree_shows_the_sentence_marked_and_needs_no_colour(known: Knowledge) -> None:
    console = Console(width=90, record=True, force_terminal=False, file=None)
    with console.capture() as shown:
        console.print(render_explanation(explain(one(), "hold", known=known), one(), console))
    assert "*she* _told_ the press on Monday" in shown.get()
    assert "⟦“it will hold”⟧¹" in shown.get()
    assert "The dam is safe, Orla" not in shown.get()
    assert "└── Confidence: 0.90" in shown.get()


def test_a_seat_of_another_state_is_not_passed_off_as_the_reason(
    known: Knowledge,
) -> None:
    text = "Moscow said no."
    for actor_id, wanted in ((known.seat("Moscow").stands_for, ""), ("local:old", ", not The Union: ")):
        state = known.state(actor_id)
        chosen = state.id if state else actor_id
        actor = Actor(id=chosen, name="The Union", kind="country", linked_by="metonym",
                      mentions=(mention(text, "Moscow"),))  # fmt: skip
        steps = list(provenance.find_seat_steps(actor, known))
        assert steps[0].row.says.startswith(f"Moscow stands for RUS{wanted}")
        assert ("not stored" in steps[0].row.says) == bool(wanted)
