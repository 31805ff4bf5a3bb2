"""The mode of an event, from its trigger and the words around; a case for each mode."""

from __future__ import annotations

import pytest

from onrecord.modes import find_mode
from onrecord.plover import MODES

CASES = [
    ("CONSULT", "spoke", "The premier spoke by telephone with the king of Morvania.", "phone"),
    ("CONSULT", "mediated", "Two monks mediated between the crews.", "third-party"),
    ("CONSULT", "toured", "The minister toured the flooded mills of Ostrow.", "visit"),
    ("CONSULT", "met", "Finance ministers from six states met in Port Lerin.", "multilateral"),
    ("CONSULT", "met", "The mayor met the bishop in a garden.", None),
    ("RETREAT", "pulled back", "The garrison pulled back behind the canal.", "withdraw"),
    ("RETREAT", "were freed", "Nine hostages were freed at noon.", "release"),
    ("RETREAT", "laid down", "The last company laid down its rifles.", "disarm"),
    ("RETREAT", "held", "The truce held for a second night.", "ceasefire"),
    ("RETREAT", "let", "Morvania let inspectors into the foundry.", "access"),
    ("RETREAT", "quit", "The harbour minister quit over the leak.", "resign"),
    ("REQUEST", "asked", "Ostrow asked its neighbours for grain and medicines.", "assist"),
    ("REQUEST", "demand", "Teachers demand a reform of the school law.", "change"),
    ("REQUEST", "urged", "She urged the rebels to release the pilots.", "yield"),
    ("REQUEST", "called for", "He called for talks with the islanders.", "meet"),
    ("ACCUSE", "deplored", "The duke deplored the ruling.", "disapprove"),
    ("ACCUSE", "are investigating", "Magistrates are investigating the ferry line.", "investigate"),
    ("ACCUSE", "charged", "A prosecutor charged the banker with fraud.", "allege"),
    ("REJECT", "refused", "The province refused the offer of rescue boats.", "assist"),
    ("REJECT", "ruled out", "The regent ruled out an amendment to the charter.", "change"),
    ("REJECT", "rejected", "Morvania rejected the demand to withdraw from the ridge.", "yield"),
    ("REJECT", "called off", "The envoy called off his trip.", "meet"),
    ("THREATEN", "threatened", "The port threatened to close its docks to tankers.", "restrict"),
    ("THREATEN", "warned", "The sheriff warned that squatters would be arrested.", "arrest"),
    ("THREATEN", "threatened", "Ostrow threatened to leave the river pact.", "relations"),
    ("THREATEN", "threatened", "Ostrow threatened to expel the consul.", "expel"),
    ("THREATEN", "threatened", "The marshal threatened to annex the delta.", "territory"),
    ("THREATEN", "warned", "The captain warned that his guns would bombard the quay.", "violence"),
    ("PROTEST", "marched", "Nurses marched through Port Lerin.", "demo"),
    ("PROTEST", "rioted", "Fans rioted after the vote.", "riot"),
    ("PROTEST", "downed tools", "Welders downed tools for a day.", "strike"),
    ("PROTEST", "fasting", "Six prisoners are fasting against the new rules.", "hunger"),
    ("PROTEST", "boycotted", "Students boycotted the lectures.", "boycott"),
    ("PROTEST", "blocked", "Farmers blocked the motorway with hay.", "obstruct"),
    ("PROTEST", "daubed", "Somebody daubed slogans on the town hall.", "vandalize"),
    ("SANCTION", "sentenced", "A court sentenced the smuggler to six years.", "convict"),
    ("SANCTION", "expelled", "Morvania expelled two diplomats.", "expel"),
    ("SANCTION", "recalled", "Morvania recalled its ambassador.", "withdraw"),
    ("SANCTION", "froze", "The union froze the assets of the airline.", "discontinue"),
    ("MOBILIZE", "massed", "Infantry massed along the ridge.", "troops"),
    ("MOBILIZE", "moved", "The navy moved two destroyers to the sound.", "weapons"),
    ("MOBILIZE", "posted", "The town posted more policemen at the gates.", "police"),
    ("MOBILIZE", "armed", "The chief armed a village militia.", "militia"),
    ("COERCE", "confiscated", "Customs confiscated the yacht.", "seize"),
    ("COERCE", "banned", "The governor banned travel between the valleys.", "restrict"),
    ("COERCE", "blocked", "The regulator blocked two newspapers.", "censor"),
    ("COERCE", "ordered", "The mayor ordered a curfew for the old town.", "curfew"),
    ("COERCE", "declared", "The junta declared martial law.", "martial-law"),
    ("COERCE", "was detained", "A poet was detained at the airport.", "arrest"),
    ("COERCE", "deported", "Ostrow deported ninety pickers.", "deport"),
    ("COERCE", "withheld", "The treasury withheld the wages of the clerks.", "withhold"),
    ("COERCE", "spread", "The bureau spread a false story about the harvest.", "misinformation"),
    ("COERCE", "hacked", "Agents hacked the servers of the tax office.", "cyber"),
    ("ASSAULT", "kidnapped", "Bandits kidnapped a vet.", "abduct"),
    ("ASSAULT", "flogged", "Guards flogged two sailors.", "beat"),
    ("ASSAULT", "tortured", "The colonel tortured his captives.", "torture"),
    ("ASSAULT", "raped", "Soldiers raped a nurse.", "sexual"),
    ("ASSAULT", "assassinated", "A judge was assassinated on the ferry.", "targeted"),
    ("ASSAULT", "burned down", "Raiders burned down a mill.", "destroy"),
    ("ASSAULT", "stabbed", "A guard was stabbed in the yard.", "primitive"),
    ("ASSAULT", "opened fire", "Sentries opened fire on a cart.", "firearms"),
    ("ASSAULT", "killed", "A roadside bomb killed a farmer.", "explosives"),
    ("ASSAULT", "blew himself up", "A man blew himself up in the queue.", "suicide-attack"),
    ("ASSAULT", "attacked", "Warplanes attacked the bridge.", "aerial"),
    ("ASSAULT", "strike", "A drone strike hit the depot.", "drone"),
    ("ASSAULT", "shelled", "The battery shelled the quay.", "heavy-weapons"),
    ("ASSAULT", "fired", "Constables fired tear gas at the crowd.", "crowd-control"),
    ("ASSAULT", "released", "The retreating army released chlorine over a trench.", "unconventional"),
]


def mode(kind: str, trigger: str, sentence: str) -> str | None:
    return find_mode(kind, trigger, sentence, sentence.index(trigger))


@pytest.mark.parametrize(("kind", "trigger", "sentence", "wanted"), CASES)
def test_a_mode_is_told_by_the_words(kind: str, trigger: str, sentence: str, wanted: str | None) -> None:
    assert mode(kind, trigger, sentence) == wanted


def test_every_mode_has_a_case() -> None:
    assert {(kind, wanted) for kind, _, _, wanted in CASES if wanted} == {
        (kind, name) for kind, names in MODES.items() for name in names
    }


@pytest.mark.parametrize(
    ("kind", "trigger", "sentence"),
    [
        ("ASSAULT", "attacked", "The enemy attacked at dawn."),
        ("REQUEST", "asked", "He asked her for an answer."),
        ("COERCE", "oppressed", "The old dynasty oppressed the coast."),
    ],
)
def test_nothing_is_guessed_where_no_word_tells(kind: str, trigger: str, sentence: str) -> None:
    assert mode(kind, trigger, sentence) is None


def test_a_type_without_modes_has_none() -> None:
    assert mode("AID", "gave", "Ostrow gave drones to its ally.") is None


def test_what_another_clause_tells_is_not_the_triggers() -> None:
    sentence = "Rebels attacked a convoy, and the navy later moved missiles, rockets and drones to the coast."
    assert mode("ASSAULT", "attacked", sentence) is None


def test_the_weapon_outweighs_what_came_of_it() -> None:
    assert mode("ASSAULT", "destroyed", "Jets destroyed the granary.") == "aerial"
    assert mode("ASSAULT", "destroyed", "The column destroyed the granary.") == "destroy"
