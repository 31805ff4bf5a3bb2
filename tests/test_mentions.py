"""The names of a text, and what stands around each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.mentions import find_names, lay_out
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text


def names(words: str):
    text = read_text(RawDocument(data=words))
    return find_names(text, lay_out(text))


def texts(words: str) -> list[str]:
    return [n.text for n in names(words) if not n.all_role]


def test_a_name_is_found_without_its_role_and_the_role_is_kept():
    (name,) = (n for n in names("The Danish navy spokeswoman Oda Lunde said no.") if n.kind == "person")
    assert (name.text, name.role, name.gender) == ("Oda Lunde", "Danish navy spokeswoman", "female")


def test_an_apposition_gives_the_role():
    name = names("Tarik Belosh, Albania’s defence minister, said no.")[0]
    assert (name.text, name.kind, name.role) == ("Tarik Belosh", "person", "Albania’s defence minister")


def test_an_acronym_in_brackets_belongs_to_the_name_before_it():
    name = names("They heard of the Organisation for Sea Rescue (OSR) on the way.")[0]
    assert (name.text, name.acronym, name.kind) == ("Organisation for Sea Rescue", "OSR", "organization")


def test_possessors_and_complements_are_marked():
    marr, council = names("We heard Marr’s answer to the River Council on the way.")
    assert marr.possessive
    assert council.governed


def test_the_first_word_of_a_sentence_is_no_name_for_that():
    assert texts("Thanking everybody, the crew left. Officials waited. Meanwhile rain fell.") == []


def test_a_nationality_alone_is_no_name():
    assert texts("The crew of Norwegian sailors and Danish pilots slept.") == []


def test_a_headline_is_not_scanned():
    assert texts("Ferry Crews Left Waiting As Harbour Closes\nThe harbour closed.") == []


def test_two_people_joined_by_and_are_two_names():
    assert texts("The talks of Ilse Marr and Otto Brandvik failed.") == ["Ilse Marr", "Otto Brandvik"]


def test_a_body_keeps_its_of():
    assert texts("The crew met the Ministry of Health in the rain.") == ["Ministry of Health"]


@given(st.text(max_size=200))
def test_every_name_is_its_own_slice_of_any_text(words):
    text = read_text(RawDocument(data="Begin. " + words))
    for name in find_names(text, lay_out(text)):
        assert name.text == " ".join(text.document.text[name.start : name.end].split())
        assert name.lead <= name.start < name.end
