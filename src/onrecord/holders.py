"""Offices as a text words them -> which office of which state or body, and who held it on a day.

"the Norwegian foreign minister" names an office and a state; "the IAEA chief" a body and its head. An office
of the past or of a deputy ("former", "then", "acting deputy") is another office, and nobody is named for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from onrecord.knowledge import Entity, Knowledge, office_named
from onrecord.ontology import fold, ontology
from onrecord.records import Kind
from onrecord.states import without_state

_LEADING = ("supreme leader", "president", "prime minister", "monarch", "party leader")
"""The offices that "leader" can mean in a state of which the tables do not say which."""
_BODY_HEADS = (
    "director general", "director-general", "secretary general", "secretary-general", "secretary-general's",
    "high commissioner", "president", "chief", "head", "boss", "leader", "chairman", "chairwoman", "chair",
    "commissioner", "director",
)  # fmt: skip
_ENVOYS = frozenset("envoy delegate ambassador representative".split())
_MANY = frozenset(("minister", "deputy minister", "ambassador", "envoy", "governor", "member", "judge"))
"""Offices that a state has many of: only the whole title tells which."""
_COMMON = frozenset(("speaker", "attorney general", "press secretary", "vice president", "vice-president"))
"""What many are called in a state besides the one in its office: at a rally, in a company, in each of fifty
states. Without the state beside it nobody is named."""
_SPOKES = frozenset(("spokesman", "spokeswoman", "spokesperson"))
"""What every ministry, army and company has: alone, even with a state, it is no office of one person."""
_UNITED_NATIONS = "United Nations"


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What a document's participants are told by: the table, and what the document is about.

    ``published`` is its day, ``state`` the one state it is about, ``at_un`` whether it names the United
    Nations, ``short`` the short forms that it explains, folded.
    """

    knowledge: Knowledge
    published: str | None
    state: str | None
    at_un: bool = False
    short: Mapping[str, str] = {}


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """An office and whose: a state's (ISO 3166-1) or a body's (id of the table)."""

    office: str
    of: str
    title: str = ""  # of one among many of its kind: "ambassador to China", "minister of health"

    def holders(self, ground: Ground) -> list[str]:
        """The ids of those who held it on the day the document was published."""
        held = ground.knowledge.holders(self.office, self.of, ground.published)
        return [t.person for t in held if not self.title or _title(t.title) == _title(self.title)]


def _title(words: str) -> frozenset[str]:
    """A title by its words: "Minister of Health" and "health minister" are one."""
    return frozenset(fold(words).replace("defense", "defence").split()) - {"of", "for", "the", "and"}


def find_holders(role: str, ground: Ground, *, stated_only: bool = False) -> list[Entity]:
    """Those who can have held a described office on the day the document was published; none without a day.

    Several where "leader" can be the president or the prime minister. Where the words name no state
    the one that the document is about is meant, unless ``stated_only``.
    """
    if ground.published is None:
        return []
    title = without_state(role)[1]
    if title in _SPOKES:
        return []
    stated_only = stated_only or title in _COMMON
    for group in _readings(role, ground, stated_only=stated_only):
        people = {person for office in group for person in office.holders(ground)}
        if people:
            held = [ground.knowledge.entity(person) for person in sorted(people)]
            return [entity for entity in held if _goes_with(entity.name, title)]
    return []


def _goes_with(name: str, title: str) -> bool:
    """Whether the gender of a title's last word is that of a given name, as far as both tell.

    >>> _goes_with("Maria Marr", "foreign ministry spokesman"), _goes_with("Maria Marr", "minister")
    (False, True)
    """
    known = ontology()
    told, own = known.roles.get(title.rpartition(" ")[2]), known.given.get(fold(name).partition(" ")[0])
    return told is None or own is None or told == own


def ever_held(entity: Entity, role: str, ground: Ground) -> bool:
    """Whether somebody held a described office of a named state or body at any time that the table knows."""
    wanted = [o for group in _readings(role, ground, stated_only=True) for o in group]
    held = ground.knowledge.offices(entity.id) if wanted else ()
    return any((t.office, t.of) == (o.office, o.of) and not o.title for t in held for o in wanted)


def stated_offices(role: str, ground: Ground) -> list[Office]:
    """Every office that a role held by a named person can be."""
    return [o for group in _readings(role, ground, stated_only=False) for o in group]


def _readings(role: str, ground: Ground, *, stated_only: bool) -> Iterator[list[Office]]:
    """What a role can mean, group by group: the first group with a holder decides."""
    state, words = without_state(role)
    yield from ([o] for o in _of_body(words, state, ground))
    where = state or (None if stated_only else ground.state)
    if where is None or not words:
        return
    if words == "leader":
        yield from ([Office(office=o, of=where) for o in offices] for offices in _leading(where))
        return
    if words in _ENVOYS and ground.at_un and state:
        yield [Office(office="un ambassador", of=where)]
        return
    for part in dict.fromkeys((words, words.rpartition(" and ")[2])):
        office = office_named(part, where) or ("minister" if part.endswith(" minister") else None)
        office = office or ("ambassador" if part.startswith("ambassador to ") else None)
        if office:
            yield [Office(office=office, of=where, title=part if office in _MANY else "")]


def _leading(state: str) -> tuple[tuple[str, ...], ...]:
    """The offices that "the leader" of a state can mean, group by group."""
    office = ontology().leaders.get(state, "president")
    return (_LEADING,) if office == "several" else (("supreme leader",), (office,))


def _of_body(words: str, state: str | None, ground: Ground) -> Iterator[Office]:
    """The headship of a body: "IAEA chief", "head of the European Commission", "acting Secretary General"."""
    words = words.removeprefix("acting ")
    for head in _BODY_HEADS:
        if words.endswith(" " + head):
            body = words.removesuffix(" " + head).removesuffix("'s")
        elif words.startswith(f"{head} of "):
            body = words.removeprefix(f"{head} of ").removeprefix("the ")
        elif words == head and head.startswith("secretary") and ground.at_un and state is None:
            body = _UNITED_NATIONS
        else:
            continue
        found = only(ground.knowledge.find(body), "organization")
        if found is not None:
            yield Office(office="head", of=found.id)
        return


def only(found: Iterable[Entity], kind: Kind | None = None) -> Entity | None:
    """The one entity of a kind among those found; None for none or several."""
    fitting = list({e.id: e for e in found if kind is None or e.kind == kind}.values())
    return fitting[0] if len(fitting) == 1 else None
