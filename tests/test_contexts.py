"""What an event was about: cases for each context, and look-alikes that have none."""

from __future__ import annotations

import pytest

from onrecord.contexts import MOST, find_contexts
from onrecord.plover import CONTEXTS

TOLD = [
    ("military", "Two brigades of infantry crossed the ridge at dawn."),
    ("military", "The defence minister toured the trenches."),
    ("intelligence", "Morvania expelled three men for espionage."),
    ("intelligence", "The two allies agreed on intelligence sharing."),
    ("executive", "The governor ruled by presidential decree."),
    ("legislative", "Lawmakers rejected the regent's request."),
    ("election", "Observers praised the count at every polling station."),
    ("election", "The party demanded a referendum on the harbour."),
    ("political_institutions", "The generals handed power to a transitional council."),
    ("political_institutions", "Two parties agreed to form a government."),
    ("pro_democracy", "Students marched for free elections."),
    ("pro_autocracy", "The marshal abolished term limits and thanked the crowd."),
    ("economic", "Ostrow raised tariffs on Morvanian barley."),
    ("economic", "The fund granted a loan of nine million crowns."),
    ("legal", "A court sentenced the smuggler to six years."),
    ("legal", "Prosecutors indicted the harbourmaster."),
    ("reparations", "Morvania demanded reparations for the burnt villages."),
    ("reparations", "The museum handed over looted art to the valley."),
    ("human_rights", "The panel documented torture in two camps."),
    ("human_rights", "She accused the regiment of war crimes."),
    ("rights_freedoms", "Editors denounced the law as an attack on press freedom."),
    ("repression", "Riot police broke up the vigil."),
    ("repression", "The crackdown on the opposition went on for a month."),
    ("human_security", "Ostrow sent humanitarian aid to the delta."),
    ("human_security", "An aid convoy was let through to the old town."),
    ("gender", "Thousands marched against violence against women."),
    ("lgbt", "The mayor banned the Pride parade."),
    ("religion_ethnicity", "Arsonists attacked a synagogue in the port."),
    ("religion_ethnicity", "Elders accused the militia of ethnic cleansing of ethnic minorities."),
    ("inequality", "Marchers demanded a living wage and land reform."),
    ("diplomatic", "Morvania recalled its ambassador."),
    ("diplomatic", "The envoys resumed negotiations on Friday."),
    ("territory", "The marshal threatened to annex the delta."),
    ("territory", "Both states claim sovereignty over the reef."),
    ("peacekeeping", "Ghana pulled its peacekeepers out of the buffer zone."),
    ("health", "The health ministry asked for vaccines."),
    ("health", "Nuns treated cholera cases in the delta."),
    ("asylum", "Latvia granted asylum to the two pilots."),
    ("migration", "Coastguards turned back a boat of migrants."),
    ("disasters", "Rescue teams from Peru flew in after the earthquake."),
    ("natural_resource", "The two provinces signed an accord on river water."),
    ("natural_resource", "Rebels seized an oil terminal."),
    ("environment", "Villagers protested against pollution of the bay."),
    ("technology", "The two states will build a satellite together."),
    ("terrorism", "A suicide bomber killed four at the gate."),
    ("cbrn", "Inspectors found enriched uranium in the shed."),
    ("cbrn", "The army is accused of using nerve gas."),
    ("cyber", "Hackers took down the registry of ships."),
    ("misinformation", "The bureau ran fake accounts before the harvest fair."),
    ("crime", "A gang of forgers was arrested on the ferry."),
    ("corruption", "The treasurer resigned over bribes."),
    ("illegal_drugs", "Customs seized two tonnes of cocaine."),
    ("trafficking", "Nine men were held for human trafficking."),
]
NOTHING = [
    "The king granted the bakers an audience.",
    "The two men met in a garden and spoke of roses.",
    "She praised her deputy.",
    "The captain rejected the offer.",
    "He apologised for the delay.",
    "The bishop waited while the mayor spoke of the weather.",
    "Oquist will visit Ostrow in May.",
    "The mill was warned twice.",
    "Wardens thanked the choir.",
    "The admiral lifted the quarantine of the strait.",
]


@pytest.mark.parametrize(("context", "sentence"), TOLD)
def test_a_strong_word_tells_a_context(context: str, sentence: str) -> None:
    assert context in find_contexts(sentence)


def test_every_context_has_a_case() -> None:
    assert {context for context, _ in TOLD} == set(CONTEXTS)


@pytest.mark.parametrize("sentence", NOTHING)
def test_plain_sentences_have_none(sentence: str) -> None:
    assert find_contexts(sentence) == ()


def test_one_weak_word_is_not_enough_and_two_are() -> None:
    assert find_contexts("Fighters left the ridge.") == ()
    assert find_contexts("Fighters left the ridge after the battle.") == ("military",)


def test_one_weak_word_twice_is_one() -> None:
    assert find_contexts("The battle of the ridge was a battle for bread.") == ()


def test_the_paragraph_helps_a_weak_word_of_the_sentence() -> None:
    sentence = "Fighters left the ridge."
    paragraph = f"{sentence} The army had shelled it for a week with artillery."
    assert find_contexts(sentence, paragraph) == ("military",)


def test_the_paragraph_alone_tells_nothing() -> None:
    sentence = "The bishop praised the choir."
    paragraph = (
        f"{sentence} Soldiers, artillery and warplanes had crossed the border; the army stayed silent."
    )
    assert find_contexts(sentence, paragraph) == ()


def test_the_contexts_with_the_most_evidence_stand_first() -> None:
    sentence = "The ambassador and two envoys protested at the embassy to the army."
    assert find_contexts(sentence) == ("diplomatic", "military")


def test_a_longer_phrase_takes_the_place_of_its_parts() -> None:
    assert "illegal_drugs" in find_contexts("A drug cartel owns the pier.")
    assert "crime" not in find_contexts("A drug cartel owns the pier.")


def test_an_event_has_four_contexts_at_most() -> None:
    sentence = (
        "A court tried soldiers, spies, lawmakers, ambassadors and hackers for bribes, cocaine and murder."
    )
    assert len(find_contexts(sentence)) == MOST
