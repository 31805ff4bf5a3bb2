"""The knowledge table: names, office holders by date, seats, near spellings, a user's rows, broken rows.

The shipped table is tested with facts; how it is read, with tables made here. No real person is
given words; invented persons have invented names.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from importlib import resources
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import knowledge as package
from onrecord.errors import KnowledgeError
from onrecord.knowledge import (
    OFFICES,
    Entity,
    Knowledge,
    Tenure,
    covers,
    knowledge,
    office_named,
    read_user_rows,
)
from onrecord.knowledge.rows import ENTITY_COLUMNS, SEAT_COLUMNS, TENURE_COLUMNS, Table
from onrecord.knowledge.spelling import apart, near_names
from onrecord.knowledge.table import plain
from onrecord.knowledge.terms import GRACE_DAYS
from onrecord.ontology import ontology

HERE = resources.files(package)
TERRITORIES = set(
    "ABW AIA ALA ASM BES BLM BMU COK CUW CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG IMN JEY MAC MAF MNP MSR"
    " MTQ MYT NCL NIU PRI PYF REU SHN SPM TCA VGB VIR WLF".split()
)
NO_MEMBERS = {"SUN", "YUG", "CSK", "DDR", "TWN", "KOS"}  # gone, or not in the United Nations
OBSERVERS = {"VAT", "PSE"}


def names(entities) -> list[str]:
    return [entity.name for entity in entities]


def held(office: str, of: str, on: str) -> list[str]:
    return [knowledge().entity(row.person).name for row in knowledge().holders(office, of, on)]


def table(entities: str = "", tenures: str = "", seats: str = "", extra=()) -> Knowledge:
    """A knowledge table of these lines (no header)."""
    return Knowledge(
        (Table(name="e.csv", lines=entities.splitlines()),),
        lambda: (Table(name="t.csv", lines=tenures.splitlines()),),
        lambda: Table(name="s.csv", lines=seats.splitlines()),
        extra,
    )


MADE_UP = """\
onrecord:one,Orla Venn,person,IRL,GOV,Orla M. Venn,test,2020-01-01
onrecord:two,Tibor Kalmanek,person,SVK,GOV,,test,2020-01-01
onrecord:three,Orla Venn,person,ISL,MED,,test,2020-01-01
onrecord:board,Lantern Board,organization,IGO,,The Board,test,2020-01-01"""
TERMS = """\
onrecord:one,prime minister,IRL,Taoiseach,2010-03-01,2014-06-30,test,2020-01-01
onrecord:two,prime minister,SVK,Prime Minister,2015,2018,test,2020-01-01
Tibor Kalmanek,head,Lantern Board,Chairman,2019-02,,test,2020-01-01"""


# --- the shipped table ------------------------------------------------------------------------------


def test_no_row_of_the_shipped_files_is_left_out() -> None:
    assert package._with(()).problems == ()


def test_every_shipped_file_is_there_with_its_columns() -> None:
    columns = {"entities": ENTITY_COLUMNS, "tenures": TENURE_COLUMNS, "seats": SEAT_COLUMNS}
    for name in (*package.ENTITY_FILES, *package.TENURE_FILES, "seats.csv"):
        header = (HERE / name).read_text(encoding="utf-8").splitlines()[0]
        assert tuple(header.split(",")) == columns[name.removesuffix(".csv").removeprefix("authored_")]


def test_the_files_are_small() -> None:
    sizes = [len(file.read_bytes()) for file in HERE.iterdir() if file.name.endswith(".csv")]
    assert sum(sizes) <= 2_500_000


def test_every_member_and_observer_of_the_united_nations_is_a_state_with_identifier_and_demonym() -> None:
    members = {code for code in ontology().country_names if code not in TERRITORIES | NO_MEMBERS}
    assert len(members) == 193 + len(OBSERVERS)
    with (resources.files("onrecord.ontology") / "countries.csv").open(encoding="utf-8") as lines:
        demonyms = {row["iso3"]: row["demonyms"] for row in csv.DictReader(lines)}
    for code in members:
        state = knowledge().state(code)
        assert re.fullmatch(r"Q\d+", state.id if state else ""), code
        assert demonyms[code], code


def test_ids_are_unique_within_a_file_and_authored_identifiers_stand_in_the_facts() -> None:
    files = {
        name: list(csv.DictReader((HERE / name).read_text("utf-8").splitlines()))
        for name in package.ENTITY_FILES
    }
    for name, rows in files.items():
        doubled = [id_ for id_, count in Counter(row["id"] for row in rows).items() if count > 1]
        assert not doubled, name
    facts = {row["id"] for row in files["entities.csv"]}
    assert [
        row["id"] for row in files["authored_entities.csv"] if row["id"][0] == "Q" and row["id"] not in facts
    ] == []


@pytest.mark.parametrize(
    ("office", "of", "on", "name"),
    [
        ("president", "USA", "1962-10-22", "John F. Kennedy"),
        ("foreign minister", "USA", "1962-10-22", "Dean Rusk"),
        ("prime minister", "SUN", "1962-10-22", "Nikita Khrushchev"),
        ("foreign minister", "SUN", "1962-10-22", "Andrei Gromyko"),
        ("prime minister", "GBR", "1962-10-22", "Harold Macmillan"),
        ("un ambassador", "SUN", "1962-10-25", "Valerian Zorin"),
        ("un ambassador", "USA", "1962-10-25", "Adlai Stevenson"),
        ("president", "FRA", "1962-10-22", "Charles de Gaulle"),
        ("foreign minister", "USA", "2003-02-05", "Colin Powell"),
        ("prime minister", "JPN", "2009-08-01", "Tarō Asō"),
        ("president", "RUS", "2010-05-01", "Dmitry Medvedev"),
        ("prime minister", "GBR", "2022-09-20", "Liz Truss"),
        ("supreme leader", "IRN", "2015-07-14", "Ali Khamenei"),
        ("head", "Q41984", "2025-06-10", "Rafael Grossi"),
    ],
)
def test_the_holder_of_an_office_on_a_day_is_known(office: str, of: str, on: str, name: str) -> None:
    assert held(office, of, on) == [name]


def test_what_is_not_known_is_nobody() -> None:
    assert knowledge().holders("president", "USA", None) == ()
    assert knowledge().holders("president", "USA", "1850-01-01") == ()
    assert knowledge().holders("president", "ZZZ", "2020-01-01") == ()
    assert knowledge().find("Nobody Of That Name") == ()
    assert knowledge().seat("a house somewhere") is None


def test_two_people_of_one_name_remain_two() -> None:
    found = [e for e in knowledge().entities() if e.kind == "person"]
    shared = [e for e in found if len(knowledge().find(e.name)) > 1]
    assert shared, "the facts hold namesakes"
    assert len({e.id for e in shared}) == len(shared)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("VLADIMIR PUTIN", "Vladimir Putin"),
        ("the U.N.", "United Nations"),
        ("IAEA", "International Atomic Energy Agency"),
        ("Donald J. Trump", "Donald Trump"),
        ("Côte d’Ivoire", "Ivory Coast"),
        ("USSR", "Soviet Union"),
    ],
)
def test_a_name_is_found_in_any_of_its_forms(name: str, found: str) -> None:
    assert names(knowledge().find(name)) == [found]


def test_seats_and_capitals_stand_for_their_state_or_body() -> None:
    for name, of in (("Kremlin", "RUS"), ("the Kremlin", "RUS"), ("Foggy Bottom", "USA"), ("Moscow", "RUS")):
        seat = knowledge().seat(name)
        assert seat is not None
        assert of in (seat.stands_for, knowledge_state(seat.stands_for)), name


def knowledge_state(stands_for: str) -> str | None:
    try:
        return knowledge().entity(stands_for).country
    except KnowledgeError:
        return None


def test_a_misspelt_name_is_near_the_holder_of_the_same_office() -> None:
    near = knowledge().near("Rafael Gross", of="Q41984", office="head", on="2025-06-23")
    assert names(near) == ["Rafael Grossi"]
    assert names(knowledge().near("Gross", of="Q41984", office="head", on="2025-06-23")) == ["Rafael Grossi"]


def test_a_spelling_alone_proves_nothing() -> None:
    assert knowledge().near("Rafael Gross", of=None, office=None, on="2025-06-23") == ()
    assert knowledge().near("Rafael Gross", of="FRA", office=None, on="2025-06-23") == ()
    assert knowledge().near("Hilda Gross", of="Q41984", office="head", on="2025-06-23") == ()
    assert knowledge().near("Rafael Grossi", of="Q41984", office="head", on="2025-06-23") == ()


def test_two_ministers_of_one_state_and_day_are_seldom_near_each_other() -> None:
    """The measure behind the limits of spelling.py: how many pairs would be taken for one another."""
    pairs = close = 0
    for state in ("USA", "GBR", "FRA", "RUS", "CHN", "IRN", "ISR", "TUR", "IND", "JPN"):
        offices = ("president", "prime minister", "foreign minister", "defence minister", "interior minister")
        on = [row.person for office in offices for row in knowledge().holders(office, state, "2015-06-01")]
        for one, other in combinations(sorted(set(on)), 2):
            pairs += 1
            names_ = (knowledge().entity(one).name, knowledge().entity(other).name)
            close += near_names(plain(names_[0]), plain(names_[1])) is not None
    assert pairs > 30
    assert close == 0


def test_the_kinds_countries_and_offices_are_those_of_the_contract() -> None:
    for entity in knowledge().entities():
        assert entity.country is None or re.fullmatch("[A-Z]{3}", entity.country), entity
        assert entity.name == entity.names[0], entity
        assert entity.source, entity
    assert {"president", "un ambassador", "head"} <= set(OFFICES)


def test_names_in_the_files_have_single_spaces() -> None:
    for name in package.ENTITY_FILES:
        assert "  " not in (HERE / name).read_text("utf-8"), name


def test_nothing_is_read_before_it_is_asked_for() -> None:
    code = (
        "from onrecord.knowledge import knowledge as k; print('_index' in vars(k()), '_lines' in vars(k()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# --- reading ----------------------------------------------------------------------------------------


def test_names_of_persons_and_bodies_in_tenures_become_ids() -> None:
    (row,) = table(MADE_UP, TERMS).holders("head", "onrecord:board", "2019-05-01")
    assert (row.person, row.title) == ("onrecord:two", "Chairman")


def test_namesakes_are_both_found_and_no_tenure_goes_to_either_by_name() -> None:
    made = table(MADE_UP, "Orla Venn,minister,IRL,Minister,2001,2002,test,2020")
    assert [e.id for e in made.find("orla venn")] == ["onrecord:one", "onrecord:three"]
    assert made.problems == (
        "t.csv:2: 'Orla Venn' is not one entity; add it, or write an id (row left out).",
    )


@pytest.mark.parametrize(
    ("on", "holder"),
    [
        ("2010-02-28", 0), ("2010-03-01", 1), ("2014-06-30", 1), ("2014-07-01", 0),
    ],
)  # fmt: skip
def test_both_days_of_a_term_belong_to_it(on: str, holder: int) -> None:
    assert len(table(MADE_UP, TERMS).holders("prime minister", "IRL", on)) == holder


def test_a_partial_date_covers_its_whole_year() -> None:
    made = table(MADE_UP, TERMS)
    assert [
        len(made.holders("prime minister", "SVK", on)) for on in ("2014-12-31", "2015-01-01", "2018-12-31")
    ] == [0, 1, 1]


def test_an_open_term_answers_for_a_while_after_it_was_known_and_not_for_ever() -> None:
    row = Tenure(person="x", office="head", of="y", title="", start="2019", as_of="2020-01-01")
    assert GRACE_DAYS == 45
    assert covers(row, "2020-02-15")
    assert not covers(row, "2020-02-16")


def test_an_open_term_ends_where_another_source_knows_the_end() -> None:
    tenures = """\
onrecord:one,president,IRL,President,2011,,older,2015-01-01
onrecord:one,president,IRL,President,2011-11-11,2014-12-20,newer,2020-01-01"""
    assert table(MADE_UP, tenures).holders("president", "IRL", "2014-12-30") == ()


def test_an_open_term_gives_way_to_a_successor_told_later() -> None:
    tenures = """\
onrecord:one,president,IRL,President,2011,,older,2015-01-01
onrecord:two,president,IRL,President,2015-01-20,,newer,2020-01-01"""
    (row,) = table(MADE_UP, tenures).holders("president", "IRL", "2015-02-01")
    assert row.person == "onrecord:two"


def test_rivals_in_one_office_are_both_returned() -> None:
    tenures = """\
onrecord:one,president,IRL,President,2011,2014,a,2015
onrecord:two,president,IRL,President,2012,2013,b,2015"""
    assert len(table(MADE_UP, tenures).holders("president", "IRL", "2012-05-05")) == 2


def test_an_authored_row_hides_built_ones_on_the_days_it_surely_covers() -> None:
    tenures = """\
onrecord:one,president,IRL,President,2011-05-01,2014-03-02,built,2015
onrecord:two,president,IRL,President,2013-06-01,2014,authored,2015"""
    made = table(MADE_UP, tenures)

    def in_office(on: str) -> list[str]:
        return sorted(row.person for row in made.holders("president", "IRL", on))

    assert in_office("2012-01-01") == ["onrecord:one"]
    assert in_office("2013-06-01") == ["onrecord:two"]
    assert in_office("2014-02-01") == ["onrecord:one", "onrecord:two"]  # "2014" may be January
    assert made.offices("onrecord:one", "2013-06-01") == ()


def test_a_minister_who_has_left_is_not_named_beside_the_successor() -> None:
    assert held("foreign minister", "FRA", "2016-06-01") == ["Jean-Marc Ayrault"]


def test_a_seat_of_old_is_the_state_s_that_sat_there_then() -> None:
    known = knowledge()
    for name in ("Moscow", "Kremlin"):
        told = [it.stands_for for on in (None, "1962-10-22", "1991-12-26") if (it := known.seat(name, on))]
        assert told == ["RUS", "SUN", "RUS"]


def test_the_offices_of_a_person_come_in_order_and_by_day() -> None:
    made = table(MADE_UP, TERMS)
    assert [row.office for row in made.offices("onrecord:two")] == ["prime minister", "head"]
    assert [row.office for row in made.offices("onrecord:two", "2019-12-01")] == ["head"]
    assert made.offices("onrecord:nobody") == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("onrecord:one,juggler,IRL,Juggler,2001,2002,test,2020", "office is 'juggler'"),
        ("onrecord:one,minister,IRL,Minister,2001-13,2002,test,2020", "YYYY-MM-DD"),
        ("onrecord:one,minister,IRL,Minister,2003,2002,test,2020", "before it starts"),
        ("onrecord:one,minister,IRL,Minister,2003", "5 cells, not 8"),
        ('onrecord:one,minister,IRL,"Minister,2001,2002,test,2020', "4 cells, not 8"),
        ("onrecord:gone,minister,IRL,Minister,2001,2002,test,2020", "is not one entity"),
        ("onrecord:one", "1 cells, not 8"),
    ],
)
def test_a_broken_tenure_is_named_and_the_rest_is_used(line: str, told: str) -> None:
    made = table(MADE_UP, line + "\n" + TERMS)
    (problem,) = made.problems
    assert problem.startswith("t.csv:2: ")
    assert told in problem
    assert len(made.holders("prime minister", "IRL", "2012-01-01")) == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("onrecord:four,Ebba Lind,wizard,SWE,,,test,2020", "kind is 'wizard'"),
        ("onrecord:four,,person,SWE,,,test,2020", "without id or name"),
        ("onrecord:four,Ebba Lind,person,SWE", "4 cells, not 8"),
        ('onrecord:four,"Ebba Lind,person,SWE,,,test,2020', "cells, not 8"),
    ],
)
def test_a_broken_entity_is_named_and_the_rest_is_used(line: str, told: str) -> None:
    made = table(line + "\n" + MADE_UP)
    (problem,) = made.problems
    assert problem.startswith("e.csv:2: ")
    assert told in problem
    assert made.find("Ebba Lind") == ()
    assert names(made.find("Tibor Kalmanek")) == ["Tibor Kalmanek"]


def test_a_row_in_two_files_has_the_names_of_both_and_the_rest_of_the_later() -> None:
    twice = Knowledge(
        (
            Table(name="a.csv", lines=["Q0,Old Form,person,IRL,GOV,Older Form,facts,2019"]),
            Table(name="b.csv", lines=["Q0,Usual Form,person,ISL,MIL,,authored,2020"]),
        ),
        tuple,
        lambda: Table(name="s.csv", lines=[]),
    )
    (found,) = twice.find("older form")
    assert found.names == ("Usual Form", "Old Form", "Older Form")
    assert (found.country, found.source) == ("ISL", "authored")


def test_a_seat_may_stand_for_a_body_by_name_or_for_an_office() -> None:
    made = table(MADE_UP, "", "Lamp Street,Lantern Board,,test\nThe Old Mill,IRL,prime minister,test")
    street, mill = made.seat("Lamp Street"), made.seat("Old Mill")
    assert street is not None
    assert street.stands_for == "onrecord:board"
    assert mill is not None
    assert mill.office == "prime minister"


def test_an_unknown_id_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(KnowledgeError, match=r"no entity 'Q-1'.*onrecord actors"):
        knowledge().entity("Q-1")


# --- a user's rows ----------------------------------------------------------------------------------


def test_a_users_entity_wins_over_the_shipped_one_of_its_name() -> None:
    mine = Entity(id="onrecord:mine", name="Tibor Kalmanek", kind="person", names=("Tibor Kalmanek", "T. K."))
    made = table(MADE_UP, TERMS, extra=[mine])
    assert [e.id for e in made.find("Tibor Kalmanek")] == ["onrecord:mine"]
    assert made.find("T.K.") == () or made.find("T. K.")[0].id == "onrecord:mine"
    assert made.entity("onrecord:two").source == "test"


def test_a_users_entity_wins_over_the_shipped_one_of_its_id() -> None:
    mine = Entity(
        id="onrecord:two", name="Tibor Kalmánek", kind="person", country="CZE", names=("Tibor Kalmánek",)
    )
    made = table(MADE_UP, TERMS, extra=[mine])
    assert made.entity("onrecord:two").country == "CZE"
    assert made.find("Tibor Kalmanek") == (mine,)
    assert made.holders("prime minister", "SVK", "2016-01-01")[0].person == "onrecord:two"


def test_a_users_tenure_hides_the_shipped_ones_of_that_office_on_its_days_only() -> None:
    mine = Tenure(
        person="onrecord:three",
        office="prime minister",
        of="IRL",
        title="Taoiseach",
        start="2012",
        end="2013",
    )
    made = table(MADE_UP, TERMS, extra=[mine])
    assert made.holders("prime minister", "IRL", "2012-06-01") == (mine,)
    assert made.holders("prime minister", "IRL", "2011-06-01")[0].person == "onrecord:one"
    assert mine in made.offices("onrecord:three")


def test_a_users_dates_of_a_person_replace_the_shipped_ones() -> None:
    mine = Tenure(
        person="onrecord:one", office="prime minister", of="IRL", title="Taoiseach", start="2010", end="2011"
    )
    made = table(MADE_UP, TERMS, extra=[mine])
    assert made.holders("prime minister", "IRL", "2012-06-01") == ()


def test_user_rows_are_read_from_a_file_and_its_broken_rows_named(tmp_path) -> None:
    file = tmp_path / "mine.csv"
    header = ",".join(ENTITY_COLUMNS)
    file.write_text(
        f"{header}\nx:1,Ebba Lind,person,SWE,GOV,E. Lind,me,2024\nx:2,Nils Berg,troll,SWE,,,me,2024\n",
        "utf-8",
    )
    (row,), (problem,) = read_user_rows(file)
    assert isinstance(row, Entity)
    assert row.names == ("Ebba Lind", "E. Lind")
    assert problem.startswith("mine.csv:3: kind is 'troll'")
    file.write_text(",".join(TENURE_COLUMNS) + "\nx:1,minister,SWE,Minister,2020,,me,2024\n", "utf-8")
    (term,), problems = read_user_rows(file)
    assert isinstance(term, Tenure)
    assert problems == ()
    assert knowledge([row, term]).offices("x:1", "2021-01-01") == (term,)


def test_a_user_file_without_the_columns_is_refused_with_the_columns(tmp_path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(KnowledgeError, match="must name the columns id,name,kind"):
        read_user_rows(file)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_user_rows(tmp_path / "missing.csv")


# --- offices and spelling ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "of", "office"),
    [
        ("Secretary of State", "USA", "foreign minister"),
        ("Secretary of State", "FRA", None),
        ("Minister of Foreign Affairs", "IRN", "foreign minister"),
        ("Minister for Foreign Affairs and Trade", "NZL", "foreign minister"),
        ("Minister of State for Foreign Affairs", "GBR", "minister"),
        ("Secretary of State for Defence", "GBR", "defence minister"),
        ("Chancellor", "DEU", "prime minister"),
        ("Chancellor", "GBR", "finance minister"),
        ("chancellor", None, None),
        ("Press Secretary", "RUS", "spokesperson"),
        ("Minister of Foreign Trade", "BRA", "minister"),
        ("Secretary of the Interior", "USA", "minister"),
        ("Taoiseach", "IRL", "prime minister"),
        ("Foreign Secretary", "GBR", "foreign minister"),
        ("Foreign Secretary", "IND", "deputy foreign minister"),
        ("goalkeeper", "IRL", None),
    ],
)
def test_a_title_names_its_office(title: str, of: str | None, office: str | None) -> None:
    assert office_named(title, of) == office


def test_every_title_names_an_office_of_the_table() -> None:
    from onrecord.knowledge.offices import _titles

    told = _titles()
    only = [office for titles in told.only.values() for office in titles.values()]
    assert {*told.anywhere.values(), *told.portfolios.values(), *only} <= set(OFFICES)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("rafael gross", "rafael grossi", 1),
        ("gross", "rafael grossi", 1),
        ("sergei larvov", "sergei lavrov", 1),
        ("r gross", "rafael grossi", 1),
        ("kim", "kin", None),
        ("rafael gross", "roberta grossi", None),
        ("marco rubio", "mario rubin", None),
        ("", "grossi", None),
    ],
)
def test_near_names(one: str, other: str, near: int | None) -> None:
    assert near_names(one, other) == near


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_the_distance_of_words_is_symmetric_and_nought_for_the_same(one: str, other: str) -> None:
    assert apart(one, other, 9) == apart(other, one, 9)
    assert (apart(one, other, 9) == 0) == (one == other)
    assert apart(one, other, 1) in (None, 0, 1)


@given(st.text(max_size=30))
def test_any_words_may_be_asked_for(words: str) -> None:
    made = table(MADE_UP, TERMS)
    made.find(words)
    made.seat(words)
    made.near(words, of="IRL", office=None, on=None)
