"""What a name is, told from its words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.names import fullest, initials, kind_of, name_words, same_person, split_name


def lead(words: str) -> str:
    parts = tuple(words.replace(" of ", " ").replace(" for ", " ").split())
    joined = tuple(f" of {w}" in words or f" for {w}" in words for w in parts)
    return " ".join(parts[split_name(parts, joined).lead :])


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Norwegian President Ilse Marr", "Ilse Marr"),
        ("Secretary of State Otto Brandvik", "Otto Brandvik"),
        ("President of Norway Michael Brandvik", "Michael Brandvik"),
        ("Lt. Gen. Jonas Hald", "Jonas Hald"),
        ("Grand Ayatollah Yusuf Rahmat", "Yusuf Rahmat"),
        ("Minister for Fisheries", ""),
        ("Foreign Secretary", ""),
        ("Otto Major", "Otto Major"),
        ("General Motors", "General Motors"),
        ("Ilse Marr", "Ilse Marr"),
    ],
)
def test_titles_and_roles_come_off_the_front(run, name):
    assert lead(run) == name


def test_a_title_tells_the_gender():
    assert split_name(("Mrs", "Marr"), (False, False)).gender == "female"
    assert split_name(("Mr", "Marr"), (False, False)).gender == "male"
    assert split_name(("Dr", "Marr"), (False, False)).gender is None


@pytest.mark.parametrize(
    ("a", "b"),
    [("Marr", "Ilse Marr"), ("I. Marr", "Ilse Marr"), ("Ilse K. Marr", "Ilse Marr"),
     ("Serrat", "Khalid al-Serrat"), ("Han", "Han Seo-jun"), ("Mike Brandvik", "Michael Brandvik")],
)  # fmt: skip
def test_two_forms_of_one_name_can_be_one_person(a, b):
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("Otto Marr", "Ilse Marr"), ("Ilse Marr", "Ilse Brandvik"), ("Hald", "Ilse Marr")]
)
def test_other_given_names_and_other_surnames_are_other_people(a, b):
    assert not same_person(a, b)


@given(st.text(min_size=1, max_size=30).filter(name_words), st.text(min_size=1, max_size=30))
def test_being_one_person_is_reflexive_and_symmetric(a, b):
    assert same_person(a, a)
    assert same_person(a, b) == same_person(b, a)


def test_the_fullest_form_has_most_words():
    assert fullest(["Marr", "Ilse Marr", "I. Marr"]) == "Ilse Marr"


def test_initials_leave_small_words_out():
    assert initials("Office for the Survey of Coasts") == "osc"


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Norway", "country"), ("Oslo", "place"), ("River Commission", "organization"), ("OSR", "organization"),
     ("Maria Lunde", "person"), ("Brandvik", None), ("Reuters", "organization")],
)  # fmt: skip
def test_a_bare_name_tells_its_kind_or_nothing(words, kind):
    assert kind_of(tuple(words.split()), after_the=False) == kind
