"""When and where an event was: the phrases of its own clause, not those of who spoke of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.circumstances import Asked, date_events, locate_events
from onrecord.records import Interval, Location
from onrecord.sources.raw import RawDocument
from onrecord.text import Text, read_text
from onrecord.whereabouts import find_places

PUBLISHED = "2025-06-23"  # a Monday


def asked(text: str, trigger: str, *others: str, kind: str = "ASSAULT") -> tuple[Text, Asked]:
    read = read_text(RawDocument(data=text, published=PUBLISHED))
    at = text.index(trigger)
    sentence = next(s for s in read.sentences if s[0] <= at < s[1])
    spans = tuple((text.index(o), text.index(o) + len(o)) for o in others)
    return read, Asked(kind=kind, sentence=sentence, trigger=(at, at + len(trigger)), others=spans)


def dated(text: str, trigger: str, *others: str, kind: str = "ASSAULT") -> Interval | None:
    read, event = asked(text, trigger, *others, kind=kind)
    return date_events(read, [event])[0]


def day(text: str, trigger: str, *others: str, kind: str = "ASSAULT") -> str | None:
    interval = dated(text, trigger, *others, kind=kind)
    return interval.from_ if interval else None


def located(text: str, trigger: str, *others: str, kind: str = "ASSAULT") -> Location | None:
    read, event = asked(text, trigger, *others, kind=kind)
    return locate_events(read, [event]).locations[0]


def where(text: str, trigger: str, *others: str, kind: str = "ASSAULT") -> str | None:
    location = located(text, trigger, *others, kind=kind)
    return location.span.text if location else None


@pytest.mark.parametrize(
    ("text", "trigger", "others", "wanted"),
    [
        ("Gunboats shelled Port Lerin on Saturday.", "shelled", (), "2025-06-21"),
        ("On Saturday, after a night of talks, gunboats shelled Port Lerin.", "shelled", (), "2025-06-21"),
        (
            "The mayor said on Sunday that gunboats shelled the quay on Friday.",
            "shelled",
            ("said",),
            "2025-06-20",
        ),
        ("The mayor said on Sunday that gunboats had shelled the quay.", "shelled", ("said",), None),
        ("The mayor condemned Friday's shelling of the quay.", "shelling", ("condemned",), "2025-06-20"),
        ("The mayor condemned Friday's shelling of the quay.", "condemned", ("shelling",), None),
        ("Raiders struck a mill before dawn on Saturday.", "struck", (), "2025-06-21"),
        (
            "Troops left the ridge on Friday and returned in lorries.",
            "returned",
            ("left",),
            "2025-06-20",
        ),
        ("The raid, which took place on Friday, killed two.", "raid", (), "2025-06-20"),
        ("They fled after rebels, who seized the dam in May, burned a farm.", "burned", ("seized",), None),
        ("The mob is now burning the depot.", "burning", (), None),
    ],
)
def test_a_date_belongs_to_the_nearest_event(
    text: str, trigger: str, others: tuple[str, ...], wanted: str | None
) -> None:
    assert day(text, trigger, *others) == wanted


def test_an_event_done_by_words_does_not_take_the_day_that_it_asks_for() -> None:
    assert day("The regent ordered the fleet home by Friday.", "ordered", kind="REQUEST") is None
    assert day("The regent ordered the fleet home on Friday.", "ordered", kind="REQUEST") == "2025-06-20"


def test_a_date_that_cannot_be_read_keeps_its_words() -> None:
    text = "Gunboats shelled Port Lerin on Saturday."
    read = read_text(RawDocument(data=text))
    (interval,) = date_events(read, [Asked(kind="ASSAULT", sentence=(0, len(text)), trigger=(9, 16))])
    assert interval is not None
    assert (interval.from_, interval.precision) == (None, None)
    assert interval.expression is not None
    assert interval.expression.text == "Saturday"


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "wanted"),
    [
        ("Rebels attacked a patrol near Dresna on Friday.", "attacked", "ASSAULT", "Dresna"),
        ("The ministers met in the old customs house.", "met", "CONSULT", "the old customs house"),
        ("Two buses burned in an attack at a market in Kyoto.", "attack", "ASSAULT", "a market in Kyoto"),
        ("The fall of Kyoto ended the war.", "fall", "ASSAULT", "Kyoto"),
        ("Gunboats shelled the harbour of Kyoto.", "shelled", "ASSAULT", "the harbour of Kyoto"),
        ("The queen toured Nepal.", "toured", "CONSULT", "Nepal"),
        ("The queen will travel to Nepal in May.", "travel", "AGREE", "Nepal"),
        ("The queen gave money to Nepal.", "gave", "AID", None),
        ("The queen condemned the killings in Nepal.", "condemned", "ACCUSE", None),
        ("Guards held three men in northern Nepal.", "held", "COERCE", "northern Nepal"),
        ("In Nepal Minister Oriane Venn met two abbots.", "met", "CONSULT", "Nepal"),
        ("They met in March.", "met", "CONSULT", None),
        ("They met in good spirits.", "met", "CONSULT", None),
        ("They were tried in court and attacked in print.", "attacked", "ASSAULT", None),
        ("Raiders attacked a Nepal relief convoy.", "attacked", "ASSAULT", None),
    ],
)
def test_a_place_is_named_by_the_clause_of_the_trigger(
    text: str, trigger: str, kind: str, wanted: str | None
) -> None:
    assert where(text, trigger, kind=kind) == wanted


def test_a_place_of_the_tables_gives_its_coordinates_and_country() -> None:
    text = "Police arrested a courier in Kyoto."
    read, event = asked(text, "arrested", kind="COERCE")
    found = locate_events(read, [event])
    location, place = found.locations[0], found.places[0]
    assert location is not None
    assert location.place == place.id
    assert (place.name, place.country) == ("Kyoto", "JPN")
    assert (location.lat, location.lon) == (place.lat, place.lon)
    assert [m.text for m in place.mentions] == ["Kyoto"]


def test_a_site_is_known_by_its_name() -> None:
    location = located("Inspectors were beaten at Camp Humphreys on Friday.", "beaten")
    assert location is not None
    assert location.place == "local:camp-humphreys"


def test_a_name_that_no_table_has_keeps_its_words_without_a_place() -> None:
    location = located("Two shepherds were killed near Zemrallowa.", "killed")
    assert location is not None
    assert (location.span.text, location.place, location.lat) == ("Zemrallowa", None, None)


def test_nothing_is_asked_and_nothing_found_without_events() -> None:
    read = read_text(RawDocument(data="Rebels attacked a patrol near Dresna on Friday."))
    assert date_events(read, []) == ()
    assert locate_events(read, []).places == ()


def test_phrases_that_hang_on_each_other_are_one() -> None:
    text = "He hid in a barn near the port of Kyoto, Japan, and in a mill."
    assert [text[p.start : p.end] for p in find_places(text, 0, len(text))] == [
        "a barn near the port of Kyoto, Japan",
        "a mill",
    ]


_WORDS = st.sampled_from(
    "In in at near the on Friday 3 May Kyoto Nepal's port of , and that which said shelled “ ” ; to".split()
)


@given(st.lists(_WORDS, min_size=3, max_size=30), st.integers(0, 29), st.sampled_from(["ASSAULT", "CONSULT"]))
def test_what_is_found_lies_in_the_sentence(words: list[str], at: int, kind: str) -> None:
    text = " ".join(words)
    at = min(at, len(words) - 1)
    start = len(" ".join(words[:at])) + (1 if at else 0)
    event = Asked(kind=kind, sentence=(0, len(text)), trigger=(start, start + len(words[at])))
    read = read_text(RawDocument(data=text, published=PUBLISHED))
    date, location = date_events(read, [event])[0], locate_events(read, [event]).locations[0]
    spans = [s for s in (date and date.expression, location and location.span) if s]
    assert all(read.document.text[s.start : s.end] == s.text for s in spans)
    assert not any(s.text.strip(" ,.;") != s.text for s in spans)
