"""Place names -> places of the table, in the light of the text around them."""

from __future__ import annotations

import time

import pytest
from factory import reading, span, stmt

from onrecord.evaluation import places as task
from onrecord.gazetteer import gazetteer, name_key
from onrecord.locations import UNRESOLVED, locate_statements
from onrecord.places import outlet_country, resolve_place, resolve_places
from onrecord.records import Document, Venue
from onrecord.text import Text
from onrecord.toponyms import find_bearers, find_names, find_toponyms


def place_in(text: str, name: str) -> tuple[str | None, str | None]:
    """The country and state's name of what ``name`` means in ``text``."""
    at = (text.index(name), text.index(name) + len(name))
    choice = resolve_places(text, [at]).get(at)
    if choice is None:
        return None, None
    state = choice.entry.state
    return choice.entry.country, gazetteer().name(state) if state is not None else None


@pytest.mark.parametrize(
    ("written", "key"),
    [("St. Petersburg", "saint petersburg"), ("The Hague", "hague"), ("São Paulo", "sao paulo"), ("", "")],
)
def test_names_are_compared_without_accents_marks_and_articles(written: str, key: str) -> None:
    assert name_key(written) == key


def test_every_bearer_of_a_name_is_found_biggest_first() -> None:
    found = gazetteer().find("Paris")
    assert found[0].country == "FRA"
    assert found[0].kind == "capital"
    assert {e.country for e in found} >= {"FRA", "USA", "CAN"}
    assert [e.people for e in found] == sorted((e.people for e in found), reverse=True)


@pytest.mark.parametrize(("name", "kind", "country"), [("Kiev", "capital", "UKR"), ("Texas", "state", "USA")])
def test_older_names_and_divisions_are_in_the_table(name: str, kind: str, country: str) -> None:
    assert (gazetteer().find(name)[0].kind, gazetteer().find(name)[0].country) == (kind, country)


def test_a_name_that_nobody_bears_has_no_place() -> None:
    assert gazetteer().find("Xyzzyville") == ()
    assert gazetteer().find("") == ()
    assert resolve_place("Xyzzyville") is None


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("Ind.", "state", "Indiana"),
        ("W.Va.", "state", "West Virginia"),
        ("L.A.", "city", "Los Angeles"),
        ("downtown Nairobi", "capital", "Nairobi"),
        ("Georgia’s", "state", "Georgia"),
        ("Canadians", "country", "Canada"),
    ],
)
def test_short_forms_frames_and_peoples_lead_to_the_place(words: str, kind: str, name: str) -> None:
    entry = find_bearers(words)[0]
    assert (entry.kind, gazetteer().name(entry.row)) == (kind, name)


def test_an_acronym_is_no_village() -> None:
    assert find_bearers("EU") == ()


def test_the_state_behind_a_town_decides() -> None:
    assert place_in("The mayor of Paris, Texas, opened the fair.", "Paris") == ("USA", "Texas")
    assert place_in("The mayor of Paris, Ill., opened the fair.", "Paris") == ("USA", "Illinois")


def test_a_great_city_needs_no_context() -> None:
    assert place_in("Talks went on in Paris until midnight.", "Paris")[0] == "FRA"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Washington", "capital"), ("New York", "city"), ("Kyiv", "capital"), ("Texas", "state")],
)
def test_where_something_was_said_is_the_town_and_not_its_state(name: str, kind: str) -> None:
    text = f"He spoke in {name} on Monday."
    found = resolve_places(text, [(12, 12 + len(name))], towns=True)
    assert [c.entry.kind for c in found.values()] == [kind]


def test_a_capital_s_namesake_among_its_neighbours_is_no_capital() -> None:
    text = "At a fair in Athens near Marietta and Lancaster, Ohio, farmers from Chillicothe and Columbus met."
    at = text.index("Athens")
    found = resolve_places(text, [(at, at + 6)], towns=True)
    assert all(choice.entry.country == "USA" for choice in found.values())


def test_neighbours_in_the_text_decide() -> None:
    text = "Crews from Lebanon and Xenia fought the blaze; Dayton and Cincinnati in Ohio sent engines."
    assert place_in(text, "Lebanon") == ("USA", "Ohio")
    text = "Lebanon closed its border after shells fell from Syria, officials in Beirut and Damascus said."
    assert place_in(text, "Lebanon")[0] == "LBN"


def test_one_name_is_one_place_in_one_text() -> None:
    text = "The council of Athens, Georgia, met on Monday. Athens will vote again in May."
    spans = [(15, 21), (text.rindex("Athens"), text.rindex("Athens") + 6)]
    assert len({choice.entry.id for choice in resolve_places(text, spans).values()}) == 1


def test_two_told_areas_are_two_places() -> None:
    text = "The twin towns of Paris, Texas, and Paris, France, exchanged gifts."
    first, second = text.index("Paris"), text.rindex("Paris")
    found = resolve_places(text, [(first, first + 5), (second, second + 5)])
    assert {choice.entry.country for choice in found.values()} == {"USA", "FRA"}


def test_what_is_not_sure_is_left_out() -> None:
    text = "A man from Springfield won the lottery."
    assert resolve_places(text, [(11, 22)]) == {}
    assert resolve_places(text, [(11, 22)], sure=0.0)


def test_a_long_list_of_names_is_cut_and_still_read() -> None:
    names = sorted(set("Oslo Bergen Paris London Springfield Richmond Athens Troy".split()))
    text = " and ".join(f"{name} near {other}" for name in names for other in names) * 3
    spans = [(t.start, t.end) for t in find_toponyms(text, [])]
    assert spans
    assert (0, len("Athens")) in resolve_places(text, spans, sure=0.0)


@pytest.mark.parametrize(
    ("url", "country"), [("https://a.co.uk/x", "GBR"), ("https://a.com", None), (None, None)]
)
def test_an_address_tells_the_country_of_its_outlet(url: str | None, country: str | None) -> None:
    assert outlet_country(url) == country


def located(words: str, venue: str) -> tuple[str | None, list[str], list[str]]:
    """The venue's place, the places of the reading and the codes of the notes."""
    v = span(words, venue)
    made = stmt(
        words, "the fleet would stay", source="Marlow", venue=Venue(start=v.start, end=v.end, text=v.text)
    )
    text = Text(document=Document(id="x", text=words))
    found = locate_statements(text, [made])
    placed = found.statements[0].venue
    assert placed is not None
    for place in found.places:
        assert all(words[m.start : m.end] == m.text for m in place.mentions)
    return placed.place, [p.name for p in found.places], [n.code for n in found.notes]


def test_a_venue_gets_the_place_behind_its_preposition() -> None:
    words = (
        "Marlow said at a forum in St. Petersburg, before Russia and Finland met, that the fleet would stay."
    )
    place, names, notes = located(words, "a forum in St. Petersburg")
    assert place is not None
    assert names == ["Saint Petersburg"]
    assert notes == []


def test_a_venue_that_names_no_place_stays_without() -> None:
    words = "Marlow told a news conference that the fleet would stay."
    assert located(words, "a news conference") == (None, [], [])


def test_a_venue_of_many_bearers_is_left_open_with_a_note() -> None:
    words = "Marlow said at a rally in Springfield that the fleet would stay."
    assert located(words, "a rally in Springfield") == (None, [], [UNRESOLVED])


def test_a_venue_that_is_an_authored_site_gets_the_site() -> None:
    words = "Marlow said in a speech at Bagram Airfield that the fleet would stay."
    place, names, notes = located(words, "a speech at Bagram Airfield")
    assert place == "local:bagram-airfield"
    assert names == ["Bagram Airfield"]
    assert notes == []


def test_a_statement_without_venue_is_untouched() -> None:
    words = "Marlow said the fleet would stay."
    made = stmt(words, "the fleet would stay", source="Marlow")
    found = locate_statements(Text(document=reading(words, made).document), [made])
    assert found.statements == (made,)
    assert found.places == ()


def test_the_task_counts_ids_exactly_and_points_by_distance() -> None:
    text = "Rain fell in Oslo and in Xyzzyville and in Bergen."
    oslo = next(e for e in gazetteer().find("Oslo") if e.kind == "capital")
    bergen = gazetteer().find("Bergen")[0]
    at = {name: (text.index(name), text.index(name) + len(name)) for name in ("Oslo", "Xyzzyville", "Bergen")}

    def gold(name: str, **fields: object) -> dict[str, object]:
        return {"start": at[name][0], "end": at[name][1], "text": name, **fields}

    ids = task.PlacedText(
        id="1",
        corpus="ids",
        text=text,
        toponyms=(
            task.GoldToponym(**gold("Oslo", geonameid=oslo.id.removeprefix("geonames:"))),  # type: ignore[arg-type]
            task.GoldToponym(**gold("Bergen", geonameid="1")),  # type: ignore[arg-type]
            task.GoldToponym(**gold("Xyzzyville", geonameid="2")),  # type: ignore[arg-type]
        ),
    )
    points = task.PlacedText(
        id="2",
        corpus="points",
        text=text,
        toponyms=(
            task.GoldToponym(**gold("Bergen", lat=bergen.lat + 1, lon=bergen.lon)),  # type: ignore[arg-type]
            task.GoldToponym(**gold("Oslo", lat=0.0, lon=0.0)),  # type: ignore[arg-type]
            task.GoldToponym(**gold("Xyzzyville")),  # type: ignore[arg-type]
        ),
    )
    figures = task.figures([ids, points])
    assert (figures["ids"]["right"], figures["ids"]["answered"]) == (50.0, 66.7)
    assert (figures["points"]["right"], figures["points"]["toponyms"]) == (50.0, 2)
    assert task.primary(figures, [ids, points]) == pytest.approx(50.0)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert task.kilometres(0, 0, 1, 0) == pytest.approx(111.2, abs=0.1)


def test_an_address_that_is_none_tells_no_country() -> None:
    assert outlet_country("http://[not-an-address") is None


def test_a_long_run_of_names_is_read_in_no_time() -> None:
    started = time.process_time()
    assert list(find_names("Marr " * 100_000)) == []
    assert (
        time.process_time() - started < 2
    )  # with every run cut out again for each word it was seven seconds
