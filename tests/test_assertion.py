"""Who asserts an event: a statement around it, or the article."""

from __future__ import annotations

import msgspec
import pytest
from factory import mention, span, stmt

from onrecord.assertion import find_asserter
from onrecord.clauses import find_neighbours
from onrecord.records import Statement

TOLD = "Rebels shelled the ferry. Ostrow denied its guns had shelled it, but Marr said they had fired twice."
QUOTED = "“We condemn the raid, which killed two,” Marr said in Lerin, and Ostrow condemned it."


def asserter(
    text: str, trigger: str, kind: str, *statements: Statement, actor: tuple[str, ...] = (), nth: int = 0
) -> str | None:
    at = span(text, trigger, nth)
    acting = [mention(text, words) for words in actor]
    return find_asserter(find_neighbours(statements), (at.start, at.end), kind, acting)


DENIED = stmt(TOLD, "its guns had shelled it", source="Ostrow", cue="denied", id="denied")
FIRED = stmt(TOLD, "they had fired twice", source="Marr", cue="said", id="said")


def test_what_no_statement_holds_the_article_asserts() -> None:
    assert asserter(TOLD, "shelled", "ASSAULT", DENIED, FIRED) is None
    assert asserter(TOLD, "shelled", "ASSAULT") is None


def test_what_stands_in_a_content_its_statement_asserts() -> None:
    assert asserter(TOLD, "shelled", "ASSAULT", DENIED, FIRED, nth=1) == "denied"
    assert asserter(TOLD, "fired", "ASSAULT", DENIED, FIRED) == "said"


def test_of_nested_statements_the_innermost_asserts() -> None:
    text = "Marr said that Ostrow claimed the guns had fired, and that the ferry burned."
    outer = stmt(
        text,
        "Ostrow claimed the guns had fired, and that the ferry burned",
        source="Marr",
        cue="said",
        id="o",
    )
    inner = stmt(text, "the guns had fired", source="Ostrow", cue="claimed", id="i", parent="o")
    for order in ((outer, inner), (inner, outer)):
        assert asserter(text, "fired", "ASSAULT", *order) == "i"
        assert asserter(text, "burned", "ASSAULT", *order) == "o"


def test_a_trigger_across_the_edge_of_a_content_is_not_in_it() -> None:
    assert asserter(TOLD, "shelled it, but Marr said they", "ASSAULT", FIRED) is None
    half = stmt(TOLD, "fired twice", source="Marr", id="half")
    assert asserter(TOLD, "had fired", "ASSAULT", half) is None


def test_what_an_utterance_performs_its_reporter_asserts() -> None:
    assert asserter(TOLD, "denied", "REJECT", DENIED, FIRED) is None
    child = stmt(QUOTED, "it", source="Ostrow", cue="condemned", id="child", parent="above")
    assert asserter(QUOTED, "condemned", "ACCUSE", child) == "above"


def test_a_trigger_of_several_words_performs_where_one_is_the_cue() -> None:
    text = "Ostrow flatly denied the raid."
    denied = stmt(text, "the raid", source="Ostrow", cue="denied", id="denied")
    assert asserter(text, "flatly denied", "REJECT", denied) is None
    assert asserter(text, "raid", "ASSAULT", denied) == "denied"


SAID = stmt(QUOTED, "“We condemn the raid, which killed two,”", source="Marr", cue="said", id="said")


@pytest.mark.parametrize(
    ("trigger", "kind", "actor", "told"),
    [
        ("condemn", "ACCUSE", ("We",), None),  # the speaker condemns by saying so
        ("condemn", "ACCUSE", (), "said"),
        ("condemn", "ACCUSE", ("Ostrow",), "said"),  # says that others condemn
        ("condemn", "ACCUSE", ("We", "Ostrow"), "said"),
        ("killed", "ASSAULT", ("We",), "said"),  # deeds are claimed, whoever did them
    ],
)
def test_who_acts_by_speaking_is_reported_to_do_so(
    trigger: str, kind: str, actor: tuple[str, ...], told: str | None
) -> None:
    assert asserter(QUOTED, trigger, kind, SAID, actor=actor) == told


def test_what_a_quoted_speaker_performs_the_statement_around_asserts() -> None:
    text = "Ostrow claimed that Marr had said: “We condemn the raid.”"
    outer = stmt(text, "Marr had said: “We condemn the raid.”", source="Ostrow", cue="claimed", id="outer")
    inner = stmt(text, "“We condemn the raid.”", source="Marr", cue="said", id="inner", parent="outer")
    assert asserter(text, "condemn", "ACCUSE", outer, inner, actor=("We",)) == "outer"
    assert asserter(text, "raid", "ASSAULT", outer, inner) == "inner"


def test_of_contents_in_pieces_each_piece_holds() -> None:
    text = "“The guns fired,” Marr said. “The ferry burned.”"
    said = stmt(text, "“The guns fired,”", "“The ferry burned.”", source="Marr", cue="said", id="said")
    assert asserter(text, "fired", "ASSAULT", said) == "said"
    assert asserter(text, "burned", "ASSAULT", said) == "said"


@pytest.mark.parametrize(
    ("text", "content", "cue", "act", "trigger", "told"),
    [
        ("Marr condemned the raid.", "the raid", "condemned", "accuse", "raid", None),
        ("Marr welcomed Ostrow’s truce.", "Ostrow’s truce", "welcomed", "praise", "truce", None),
        ("Marr urged an end to the raids.", "an end to the raids", "urged", "request", "raids", None),
        # who is asked for a deed does not say that it was done
        ("Marr urged the release of two.", "the release of two", "urged", "request", "release", "it"),
        ("Marr accused Ostrow of raids.", "Ostrow of raids", "accused", "accuse", "raids", "it"),
        ("Marr said he deplores the raid.", "he deplores the raid", "said", "accuse", "raid", "it"),
        ("Marr hailed that Ostrow freed two.", "that Ostrow freed two", "hailed", "praise", "freed", "it"),
        ("Marr denied the raid.", "the raid", "denied", "deny", "raid", "it"),
    ],
)
def test_what_is_judged_is_taken_for_granted_and_what_is_claimed_is_not(
    text: str, content: str, cue: str, act: str, trigger: str, told: str | None
) -> None:
    judged = stmt(text, content, source="Marr", cue=cue, act=act, id="it")
    assert asserter(text, trigger, "ASSAULT", judged) == told


def test_what_a_first_person_agrees_to_do_he_claims_and_what_he_condemns_he_does() -> None:
    text = "“We stand ready to dredge the harbour, and we condemn the raid,” Marr said."
    said = stmt(
        text,
        "We stand ready to dredge the harbour, and we condemn the raid",
        source="Marr",
        cue="said",
        mode="direct",
        id="s",
    )
    assert asserter(text, "stand ready to dredge", "AGREE", said, actor=("We",)) == "s"
    assert asserter(text, "condemn", "ACCUSE", said, actor=("we",)) is None


def test_what_somebody_does_beside_saying_something_is_not_in_his_words() -> None:
    text = "Vela replied by saying it would leave the pact, as well as by shelling the port."
    saying = stmt(
        text,
        "it would leave the pact, as well as by shelling the port",
        source="Vela",
        cue="saying",
        id="s",
    )
    assert asserter(text, "leave", "REJECT", saying) == "s"
    assert asserter(text, "shelling", "ASSAULT", saying) is None


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "claims"),
    [
        (
            "Asked whether Tarvia had shelled it, he left.",
            "he",
            "Asked",
            "whether Tarvia had shelled it",
            False,
        ),
        ("The council voted to lift the ban.", "The council", "voted", "to lift the ban", False),
        ("The council said it would lift the ban.", "The council", "said", "it would lift the ban", True),
    ],
)
def test_what_is_asked_or_decided_is_nobody_s_claim(
    text: str, source: str, cue: str, content: str, claims: bool
) -> None:
    act = "ask" if cue == "Asked" else "assert"
    told = msgspec.structs.replace(stmt(text, content, source=source, cue=cue, id="s"), act=act)
    trigger = "shelled" if "shelled" in text else "lift"
    assert (asserter(text, trigger, "CONCEDE", told) == "s") is claims


def test_whose_remarks_are_reported_does_what_they_do() -> None:
    text = "According to reports of his remarks, Marr blasted Tarvia."
    told = stmt(text, "Marr blasted Tarvia", source="reports of his remarks", cue="According to", id="s")
    assert asserter(text, "blasted", "ACCUSE", msgspec.structs.replace(told, speaker=None)) is None
    assert asserter(text, "blasted", "ACCUSE", msgspec.structs.replace(told, speaker="a1")) == "s"
