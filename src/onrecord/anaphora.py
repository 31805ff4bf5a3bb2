"""Pronouns that act or are acted upon -> whom they stand for.

The rules for pronouns that are sources hold (antecedents.py); a first person is the speaker of the words
around it. Coreference has the first word where it is sure of a name, and the last where the rules leave a
pronoun open.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.affiliations import find_behalf
from onrecord.antecedents import find_antecedent
from onrecord.cast import Participant
from onrecord.clusters import cluster_at
from onrecord.linking import identify
from onrecord.ontology import ontology
from onrecord.phrases import Phrase
from onrecord.records import Mention, Statement
from onrecord.scene import Link, Scene, distinct
from onrecord.stage import Stage


def find_meant(
    stage: Stage, phrase: Phrase, start: int, end: int, named: Callable[[int, int], Participant | None]
) -> Link:
    """Whom a pronoun stands for; ``named`` tells whom other words of the text do."""
    own = (s for s in stage.statements if s.source and (s.source.start, s.source.end) == (start, end))
    source = next(own, None)  # a source "his spokesman" begins with a pronoun that is another's
    around = stage.around(start, end)
    if phrase.pronoun in ("i", "we"):
        by_whom = source if source is not None and source.speaker else around
        speaker = stage.participant(by_whom.speaker) if by_whom and by_whom.speaker else _only_speaker(stage)
        if speaker is not None:
            side = _side(stage, speaker) if phrase.pronoun == "we" else speaker
            return Link(whose=side, by="coreference")
    elif source is not None and source.speaker is not None:
        return Link(whose=stage.participant(source.speaker), by="coreference")
    if (sure := _by_cluster(stage, start, end, phrase, named, sure=True)) is not None:
        return sure
    link = find_antecedent(stage.scene, phrase, _as_statement(stage.scene, around, start, end))
    return link if link.whose is not None else _by_cluster(stage, start, end, phrase, named) or link


def _only_speaker(stage: Stage) -> Participant | None:
    """The one who speaks in a text so far, else the one person who does."""
    spoke = distinct(t.whose for t in stage.scene.turns if not t.nested)
    people = [whose for whose in spoke if whose.kind == "person" and not whose.worded]
    return spoke[0] if len(spoke) == 1 else people[0] if len(people) == 1 else None


def _as_statement(scene: Scene, around: Statement | None, start: int, end: int) -> Statement:
    """A statement that stands for an event, for the rules that look back from a statement's source."""
    words = scene.layout.text[start:end]
    return Statement(
        id="", source=Mention(start=start, end=end, text=words, form="pronoun"), mode="indirect",
        parent=around.id if around else None, confidence=0.0,
    )  # fmt: skip


def _side(stage: Stage, speaker: Participant) -> Participant:
    """For whom somebody says "we": the state or the body whose office it is; else the speaker."""
    scene = stage.scene
    if speaker.is_person() and (behalf := find_behalf(scene, speaker)) is not None:
        who = identify(behalf.whose, "name", scene.ground)
        of_state = who.sector == "GOV" and who.country in ontology().country_names
        return scene.cast.country(who.country) if of_state and who.country else behalf.whose
    members = stage.register.entered.get(speaker.number)
    if speaker.kind == "person" and members is not None and members.who.sector == "GOV":
        country = members.who.country
        if country in ontology().country_names:
            return scene.cast.country(country)
    return speaker


SURE = 0.4
"""How certain coreference must be of a name. Where the rules leave a pronoun of the training passages open,
3 of 4 names are right from here up, 1 of 4 below; descriptions, which have no certainty, are right for 3 of 5
whose number agrees. Where the rules and such a name differ, the name is right 3 times of 4, the rules never
(training passages, intl train and dev)."""


def _by_cluster(
    stage: Stage,
    start: int,
    end: int,
    phrase: Phrase,
    named: Callable[[int, int], Participant | None],
    *,
    sure: bool = False,
) -> Link | None:
    """Whom coreference takes a pronoun for: the nearest name before it, else the nearest description.

    Where it must be ``sure`` it is a name or nobody.
    """
    cluster = cluster_at(tuple(stage.clusters), start, end)
    if cluster is None or phrase.pronoun not in ("he", "she", "it", "they"):
        return None
    at = next(n for n, m in enumerate(cluster.mentions) if (m.start, m.end) == (start, end))
    before = [m for m in reversed(cluster.mentions[:at]) if m.form != "pronoun"]
    names = [m for m in before if m.form == "name"]
    if (names or sure) and (not names or cluster.certainty[at] < SURE):
        return None
    for m in names or (before if cluster.kind is not None else []):
        whose = named(m.start, m.end)
        if whose is not None and _agrees(whose, phrase.pronoun):
            return Link(whose=whose, by="coreference")
    return None


def _agrees(whose: Participant, pronoun: str) -> bool:
    """Whether a participant is one, several or a person as a pronoun says."""
    if pronoun in ("he", "she"):
        return whose.is_person()
    if pronoun == "they":
        return whose.plural or (whose.kind in ("organization", "group") and not whose.worded)
    return not whose.plural and whose.kind != "person"
