"""Linking: who held an office, whose name it is, which seat stands for whom (tests/cases/linking)."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.cast import Participant, role_words
from onrecord.evaluation.names import same_name
from onrecord.holders import Ground, find_holders, stated_offices
from onrecord.knowledge import Entity, Tenure, knowledge
from onrecord.linking import identify
from onrecord.records import Mention, Span, Statement
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.states import main_state, states_named, without_state
from onrecord.text import read_text
from onrecord.wording import find_state_body, spell_out_state, tidy_group, tidy_speaker

CASES = Path(__file__).parent / "cases" / "linking"


def lines_of(name: str) -> list[tuple[str, ...]]:
    found = []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            given, want = line.split(" => ")
            found.append((*given.split(" | "), want))
    return found


def ground(date: str | None = "2025-06-20", *, state: str | None = None, extra=()) -> Ground:
    return Ground(knowledge=knowledge(extra), published=None if date == "-" else date, state=state)


def stated(text: str, source: str, cue: str, content: str) -> Statement:
    def span(words: str, kind=Span, **more):
        start = text.index(words)
        return kind(start=start, end=start + len(words), text=words, **more)

    return Statement(
        id="0",
        source=span(source, Mention, form="nominal"),
        cue=span(cue),
        content=(span(content),),
        mode="indirect",
        confidence=0.9,
    )


def person(name: str, *roles: str) -> Participant:
    return Participant(
        number=0,
        name=name,
        kind="person",
        forms=[name],
        roles=list(roles),
        role_words=[*map(role_words, roles)],
    )


@pytest.mark.parametrize(("date", "words", "want"), lines_of("roles.txt"))
def test_an_office_at_a_date_is_whoever_held_it_then(date, words, want):
    held = find_holders(words, ground(date))
    assert len(held) == 1 or want == "?"
    assert (want == "?" and len(held) != 1) or same_name(held[0].name, want)


@pytest.mark.parametrize(("date", "name", "role", "want"), lines_of("names.txt"))
def test_a_name_is_the_one_actor_it_fits(date, name, role, want):
    who = identify(person(name, *([] if role == "-" else [role])), "name", ground(date))
    name, _, by = want.partition(", ")
    assert who.id is None if want == "?" else (who.by, same_name(who.name, name)) == (by, True)


@pytest.mark.parametrize(("date", "text", "source", "cue", "content", "want"), lines_of("metonyms.txt"))
def test_a_seat_that_speaks_is_who_sits_there_and_a_place_anywhere_else(
    date, text, source, cue, content, want
):
    found = identify_speakers(
        read_text(RawDocument(data=text, published=date)), [stated(text, source, cue, content)]
    )
    speaker = found.statements[0].speaker
    who = next((a for a in found.actors if a.id == speaker), None)
    name, _, by = want.rpartition(", ")
    assert (who.name if who else "?") == name
    if by == "place":
        assert not any(actor.kind == "country" for actor in found.actors)
    else:
        assert [a.linked_by for a in found.actors] == [by]


def test_two_people_of_one_name_stay_apart_and_an_office_tells_them_apart():
    two = [
        Entity(id=f"user:marr-{n}", name="Ilse Marr", kind="person", country="NOR", names=("Ilse Marr",))
        for n in (1, 2)
    ]
    held = Tenure(
        person="user:marr-2",
        office="foreign minister",
        of="NOR",
        title="Foreign Minister",
        start="2020",
        end="2030",
    )
    known = ground(extra=(*two, held))
    assert identify(person("Ilse Marr"), "name", known).id is None
    assert identify(person("Ilse Marr", "Norwegian Foreign Minister"), "name", known).id == "user:marr-2"


def test_a_person_of_another_state_is_somebody_else():
    marr = Entity(id="user:marr", name="Ilse Marr", kind="person", country="NOR", names=("Ilse Marr",))
    assert identify(person("Ilse Marr", "Danish minister"), "name", ground(extra=(marr,))).id is None


def test_a_misspelt_name_is_less_sure_than_a_name():
    sure = identify(person("Rafael Grossi"), "name", ground())
    unsure = identify(person("Rafael Gross", "head of the IAEA"), "name", ground())
    assert sure.id == unsure.id
    assert unsure.confidence < 0.9 <= sure.confidence


def test_a_role_stated_in_the_text_comes_before_the_one_in_the_table():
    assert (
        identify(person("Vladimir Putin", "host of the forum"), "name", ground()).role == "host of the forum"
    )
    assert identify(person("Vladimir Putin"), "name", ground()).role == "President of Russia"
    assert identify(person("Vladimir Putin"), "name", ground(None)).role is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Norway’s foreign ministry", "Ministry of Foreign Affairs of Norway"),
        ("the Norwegian Foreign Ministry", "Ministry of Foreign Affairs of Norway"),
        ("Ministry of Health of the Netherlands", "Ministry of Health of the Netherlands"),
        ("the Dutch ministry of health", "Ministry of Health of the Netherlands"),
        ("the Norwegian government", "Government of Norway"),
        ("Ministry of Health of the People’s Republic of China", "Ministry of Health of China"),
        ("the government", "Government"),
        ("Norwegian government officials", None),
        ("Danish and Norwegian governments", None),
        ("the harbour board", None),
    ],
)
def test_a_body_of_a_state_has_one_name_however_it_is_worded(words, name):
    body = find_state_body(words)
    assert (body.name() if body else None) == name


@pytest.mark.parametrize(
    ("words", "recorded"),
    [
        ("Officials in Kestrel County", "Kestrel County officials"),
        ("Health officials in Norway", "Norwegian health officials"),
        ("officials from the UN", "United Nations officials"),
        ("forces loyal to the OSR", "Osprey Sea Rescue forces"),
        ("Eyewitnesses in the area", "Eyewitnesses"),
        ("officials", "officials"),
    ],
)
def test_a_group_stands_behind_where_it_belongs(words, recorded):
    assert tidy_group(words, {"osr": "Osprey Sea Rescue"}) == recorded


def test_short_forms_and_titles_are_written_out():
    assert spell_out_state("US Embassy") == "United States Embassy"
    assert tidy_speaker("spokeswoman for the WHO") == "World Health Organization spokeswoman"
    assert tidy_speaker("Norwegian Premier Ilse Marr’s administration") == "Ilse Marr administration"
    assert tidy_speaker("The Kestrel State government") != "Government of Kestrel State"
    assert tidy_speaker("Kestrel State government") == "Government of Kestrel State"


def test_a_text_is_about_the_state_it_names_most():
    assert states_named("Oslo and the Norwegian fleet. Denmark.") == {"NOR": 2, "DNK": 1}
    assert main_state("Oslo and the Norwegian fleet. Denmark.") == "NOR"
    assert main_state("Norway met Denmark.") is None
    assert main_state("The fleet sailed.") is None


def test_offices_are_read_with_their_state():
    assert without_state("Prime Minister of the Netherlands") == ("NLD", "prime minister")
    assert [(o.office, o.of) for o in stated_offices("Norwegian Foreign Minister", ground())] == [
        ("foreign minister", "NOR")
    ]


@pytest.mark.parametrize(
    ("words", "by"), [("The Russian president", "role"), ("A Russian president", None), ("A president", None)]
)
def test_only_the_president_is_the_one_in_office(words, by):
    text = f"{words} said the roads would close."
    raw = RawDocument(data=text, published="2025-06-20")
    found = identify_speakers(read_text(raw), [stated(text, words, "said", "the roads would close")])
    (actor,) = found.actors
    assert actor.linked_by == by
    assert (actor.id == "Q7747") is (by == "role")
