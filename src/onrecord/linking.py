"""Participants of a document -> who they are: actors of the knowledge table, or of this document alone.

The seam between reading and knowing: ``identify`` takes what the text shows of a participant (names, roles,
country) and the document's date, and asks the table for the one actor they fit. It never guesses: where
the table offers two, where an office and its holder contradict each other, or where a role would need a
date that the document lacks, the participant stays a local actor under the fullest name of the text.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import msgspec

from onrecord.cast import Participant, nationality
from onrecord.holders import Ground, Office, only, stated_offices
from onrecord.knowledge import Entity, Tenure, office_named
from onrecord.knowledge.table import state_then
from onrecord.names import alike, name_words, same_person
from onrecord.ontology import fold, ontology
from onrecord.records import Kind, LinkedBy
from onrecord.sectors import sector_of
from onrecord.states import state_called, state_in_full
from onrecord.wording import (
    StateBody,
    find_state_body,
    spell_out_state,
    tidy_group,
    tidy_speaker,
    well_known,
)

CONFIDENCE: dict[LinkedBy | None, float] = {
    "name": 0.97,
    "metonym": 0.97,
    "role": 0.97,
    "coreference": 0.8,
    "spelling": 0.8,
    None: 0.8,
}
"""How often the speaker of a matched statement was right by the name test of the evaluation, by the evidence
that links the actor to the table (None: as worded), on the annotated articles and passages, train and dev,
the long article and the project's dispatches, over the shipped weights: by name 351 of 358, by role 31 of 31,
as worded 119 of 144. By metonym 6 of 7, too few to say: the project's own cases are all right. By spelling 6
of 6, too few to say: set well below."""
_LOCAL: dict[Kind | None, float] = {"person": 0.94, None: 0.94, "organization": 0.78}
"""The same for actors named in the text whom the table does not know: persons 157 of 164, names of unknown
kind 66 of 69, organisations 53 of 67 (most misses are other forms of the right name)."""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who a participant is. ``id`` is None for one whom only this document knows."""

    id: str | None
    name: str
    kind: Kind | None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    by: LinkedBy | None = None
    confidence: float


def identify(whose: Participant, by: LinkedBy | None, ground: Ground) -> Identity:
    """Who a participant is, with the evidence and how sure that is."""
    if whose.worded:
        return _described(whose, ground)
    found, how = _find_entity(whose, by, ground)
    if found is not None:
        return _known(whose, found, how, ground)
    return _local(whose, by, ground)


def _find_entity(whose: Participant, by: LinkedBy | None, ground: Ground) -> tuple[Entity | None, LinkedBy]:
    """The one entity of the table that a named participant fits, and by what."""
    if whose.kind == "country":
        return only(ground.knowledge.find(whose.name), "country"), "metonym" if by == "metonym" else "name"
    if whose.kind in ("person", None):
        entity, how = _find_person(whose, ground)
        if entity is not None or whose.kind == "person":
            return entity, how
    body = _find_body(whose, ground)
    return (body, "name") if body is not None else (_find_sitting(whose, ground), "metonym")


def _find_sitting(whose: Participant, ground: Ground) -> Entity | None:
    """Who sits where a name says, if that is one body, or a state's whole government: "Whitehall"."""
    seat = next((s for form in whose.forms if (s := ground.knowledge.seat(form)) is not None), None)
    if seat is None or seat.office is not None:
        return None
    if len(seat.stands_for) == len("GBR"):
        then = state_then(seat.stands_for, ground.published) if ground.published else seat.stands_for
        return ground.knowledge.state(then)
    return ground.knowledge.entity(seat.stands_for)


def _find_body(whose: Participant, ground: Ground) -> Entity | None:
    """The body that any form of a name means, the fullest first; None where a form means several."""
    for form in sorted({whose.name, *whose.forms}, key=len, reverse=True):
        found = [e for e in ground.knowledge.find(form) if e.kind in ("organization", "group")]
        if found:
            return only(found)
    return None


def _find_person(whose: Participant, ground: Ground) -> tuple[Entity | None, LinkedBy]:
    """The person who bears a full name, or holds the stated office under a surname alone or misspelt."""
    full = " " in whose.name
    named = [
        e for form in (whose.name, *whose.forms) if " " in form or not full
        for e in ground.knowledge.find(form) if e.kind == "person" and not _contradicts(whose, e)
    ]  # fmt: skip
    if named:
        return only(named) or only(e for e in named if _holds_stated(whose, e, ground)), "name"
    held = only(e for e in _stated_holders(whose, ground) if same_person(whose.name, e.name))
    held = held or _holder_anywhere(whose, ground)
    if held is not None:
        return held, "role"
    near = _find_misspelt(whose, ground)
    return near, "role" if near is not None and same_person(whose.name, near.name) else "spelling"


def _holder_anywhere(whose: Participant, ground: Ground) -> Entity | None:
    """The one holder, in any state, of an office given without its state: "President Marr"."""
    if ground.published is None:
        return None
    offices = {office for role in whose.roles if nationality(role) is None and (office := office_named(role))}
    return only(
        e
        for office in offices & _OF_ONE
        for e in ground.knowledge.near(whose.name, of=None, office=office, on=ground.published)
        if e.kind == "person" and same_person(whose.name, e.name)
    )


_OF_ONE = frozenset(("president", "prime minister", "monarch", "supreme leader", "foreign minister"))


def _contradicts(whose: Participant, entity: Entity) -> bool:
    """Whether the text gives a person to another state than the table does."""
    own = {w[1:] for role in whose.roles if (w := nationality(role))}
    return bool(own) and entity.country is not None and len(entity.country) == 3 and entity.country not in own


def _stated(whose: Participant, ground: Ground) -> set[tuple[str, str]]:
    """The offices that the text gives a person, and whose they are."""
    return {(o.office, o.of) for o in _offices(whose, ground)}


def _offices(whose: Participant, ground: Ground) -> list[Office]:
    return [office for role in whose.roles for office in stated_offices(role, ground)]


def _stated_holders(whose: Participant, ground: Ground) -> list[Entity]:
    """Those who held one of a person's stated offices when the document was published."""
    return [
        ground.knowledge.entity(person)
        for office in _offices(whose, ground)
        for person in office.holders(ground)
    ]


def _ever_holders(whose: Participant, ground: Ground) -> list[Entity]:
    """Those who ever held one of a person's stated offices: for a document without a date."""
    return [
        ground.knowledge.entity(tenure.person)
        for office in _offices(whose, ground)
        for tenure in ground.knowledge.ever(office.office, office.of)
        if not office.title
    ]


def _holds_stated(whose: Participant, entity: Entity, ground: Ground) -> bool:
    return entity.id in {e.id for e in _stated_holders(whose, ground)}


def _find_misspelt(whose: Participant, ground: Ground) -> Entity | None:
    """The one holder of a stated office whose name is spelt nearly so."""
    found = [
        e
        for office, state in _stated(whose, ground)
        for e in ground.knowledge.near(whose.name, of=state, office=office, on=ground.published)
    ]
    holders = _stated_holders(whose, ground) if ground.published else _ever_holders(whose, ground)
    found += [e for e in holders if _spelt_alike(whose.name, e.name)]
    return only(e for e in found if e.kind == "person")


def _spelt_alike(a: str, b: str) -> bool:
    """Whether two names are spellings of one if one office is both's: a given name or the surname differs."""
    first, second = name_words(a), name_words(b)
    if first[-1] == second[-1]:
        return alike(a, b)
    near = first[-1][0] == second[-1][0] and SequenceMatcher(None, first[-1], second[-1]).ratio() >= _NEAR
    return near and (len(first) == 1 or len(second) == 1 or first[0] == second[0])


_NEAR = 0.8
"""Likeness of two surnames from which an office held by both makes them one: "Kruschev" and "Khrushchev"
reach 0.89. Of 13,847 pairs of people of the table who held one office of one state, 6 come so near, one
of them twice the same man."""


def _known(whose: Participant, entity: Entity, by: LinkedBy | None, ground: Ground) -> Identity:
    stated = whose.roles[0] if whose.roles and entity.kind == "person" else None
    return Identity(
        id=entity.id,
        name=_full_name(entity),
        kind=entity.kind,
        country=_state_of(entity, ground) or whose.country,
        sector=entity.sector,
        role=stated or held_role(entity, ground),
        by=by,
        confidence=CONFIDENCE[by],
    )


def _state_of(entity: Entity, ground: Ground) -> str | None:
    """An entity's state; of a body called by its seat the state that sat there then."""
    seat = ground.knowledge.seat(entity.name, ground.published) if entity.kind == "organization" else None
    return seat.stands_for if seat is not None and seat.stands_for.isupper() else entity.country


def _full_name(entity: Entity) -> str:
    """An entity's name; a state's ministry in the form in which all are recorded."""
    body = find_state_body(entity.name) if entity.kind == "organization" else None
    return body.name() if body is not None and body.state else entity.name


def held_role(entity: Entity, ground: Ground) -> str | None:
    """The office that somebody held when the document was published, the highest, as news words it."""
    if entity.kind != "person" or ground.published is None:
        return None
    held = ground.knowledge.offices(entity.id, ground.published)
    highest = sorted(held, key=lambda t: _HIGHEST.index(t.office) if t.office in _HIGHEST else len(_HIGHEST))
    return _worded_office(highest[0], ground) if highest else None


_HIGHEST = ("supreme leader", "monarch", "president", "prime minister", "vice president", "foreign minister")


def _worded_office(tenure: Tenure, ground: Ground) -> str:
    if " of " in tenure.title and tenure.office not in ("prime minister", "president"):
        return tenure.title
    of = state_in_full(tenure.of)
    if of is None and tenure.of.startswith(("Q", "onrecord:")):
        of = ground.knowledge.entity(tenure.of).name
    return f"{tenure.title} of {of}" if of else tenure.title


def _local(whose: Participant, by: LinkedBy | None, ground: Ground) -> Identity:
    """A named participant that the table does not know: its fullest name, a state's body in one form."""
    name, country = whose.name, whose.country
    seat = ground.knowledge.seat(name) if whose.kind == "organization" else None
    if seat is not None and seat.office is not None:  # the Blue House: an office's, by the name of its seat
        country = country or seat.stands_for
    body = find_state_body(name) if whose.kind in ("organization", None) else None
    if body is not None:
        country = body.state or whose.country or ground.state
        name = body.name(country)
    elif whose.kind == "organization":
        of = state_in_full(country) if country and fold(name) in _EVERY_STATES else None
        name = f"{name} of {of}" if of else spell_out_state(name)
    sector = "GOV" if body or seat else sector_of(name) if whose.kind == "organization" else None
    kind = "organization" if body else whose.kind
    if kind == "person" and name.isupper() and len(name) > len("JFK"):
        name = name.title()  # a heading's capitals are no part of a name
    role = whose.roles[0] if whose.roles and kind in ("person", None) else None
    linked = by if by == "metonym" else "name"
    return Identity(
        id=None, name=name, kind=kind, country=country, sector=sector, role=role, by=linked,
        confidence=CONFIDENCE["metonym"] if linked == "metonym" else _LOCAL.get(kind, _LOCAL[None]),
    )  # fmt: skip


_EVERY_STATES = frozenset(
    "senate|parliament|congress|supreme court|constitutional court|national assembly|cabinet".split("|")
)
"""Names of bodies of which every state has its own: the state is part of the name."""


def _described(whose: Participant, ground: Ground) -> Identity:
    """One whom the text only describes: who held the office then, a state's body, or called as worded.

    "A president" is not the one in office: ``holder`` is set for definite descriptions alone (bodies.py).
    """
    if whose.holder is not None:
        return _known(whose, ground.knowledge.entity(whose.holder), "role", ground)
    if (
        whose.kind != "person"
        and not whose.plural
        and (entity := _body_called(whose.name, ground)) is not None
    ):
        return _known(whose, entity, "name", ground)
    body = find_state_body(whose.name)
    if body is not None and (body.state or ground.state):
        return _state_body(body, ground)
    if whose.final:
        name = whose.name
    else:
        name = tidy_group(whose.name, ground.short) if whose.plural else tidy_speaker(whose.name)
        name = whose.full_name or name
        name = well_known(name) or name
    return Identity(
        id=None,
        name=name,
        kind=whose.kind,
        country=whose.country,
        sector=sector_of(name),
        by=None,
        confidence=CONFIDENCE[None],
    )


def _body_called(words: str, ground: Ground) -> Entity | None:
    """The body that goes by a description: "the UN humanitarian agency", "China's official news agency"."""
    agency = _STATE_AGENCY.fullmatch(words)
    if agency is not None and (iso3 := state_called(agency["state"])) is not None:
        return only(ground.knowledge.find(f"{ontology().country_names[iso3]} news agency"), "organization")
    return only(ground.knowledge.find(words), "organization") or only(
        ground.knowledge.find(spell_out_state(words.replace("’s ", " ").replace("'s ", " "))), "organization"
    )


_STATE_AGENCY = re.compile(
    r"(?P<state>[A-Z].*?)(?:['’]s?)?\s(?:(?:official|government|national|state(?:-(?:run|owned))?)\s)*news\sagency"
)
"""A state's news agency by description; the table has it as "Norway news agency" where there is one."""


def _state_body(body: StateBody, ground: Ground) -> Identity:
    state = body.state or ground.state
    name = body.name(state)
    known = only(ground.knowledge.find(name), "organization")
    return Identity(
        id=known.id if known else None,
        name=name,
        kind="organization",
        country=state,
        sector="GOV",
        by="name" if body.state else None,
        confidence=CONFIDENCE["name" if body.state else None],
    )
