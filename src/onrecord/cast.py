"""Names -> the cast of a document: its participants, each with all the names that are theirs.

A surname alone joins the one person who bears it. Two bearers are kept apart:
the name then belongs to nobody, unless its title, role or gender decides.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from difflib import SequenceMatcher

import msgspec

from onrecord.mentions import Name
from onrecord.names import alike, fullest, initials, name_words, same_person
from onrecord.ontology import Gender, fold, ontology
from onrecord.records import Kind, LinkedBy


class Participant(msgspec.Struct, kw_only=True, eq=False):
    """One participant while the document is being read; speakers.py makes an Actor of it in the end."""

    number: int
    name: str
    kind: Kind | None = None
    gender: Gender | None = None
    country: str | None = None
    roles: list[str] = []
    role_words: list[frozenset[str]] = []
    forms: list[str] = []
    names: list[Name] = []
    linked_by: LinkedBy | None = None
    plural: bool = False
    full_name: str | None = None  # of a well-known body, whatever the text calls it
    worded: bool = False  # not named: a local actor as the text words it
    holder: str | None = None  # who held the office described, as the table's id
    final: bool = False  # worded as it is to be recorded: not put into another form

    def add(self, name: Name) -> None:
        """Take a name of the text as this participant's."""
        self.names.append(name)
        self.forms.append(name.text)
        self.gender = self.gender or name.gender
        self.kind = self.kind or name.kind
        if name.role:
            self.roles.append(name.role)
            self.role_words.append(role_words(name.role))
            self.country = self.country or (country_in(name.role) if self.kind == "person" else None)

    def is_person(self) -> bool:
        """Whether "he" or "she" may stand for it."""
        return self.kind in ("person", None) and not self.plural

    def has_full_name(self) -> bool:
        """Whether the text names it as it names people: known for a person, or two words, not in capitals."""
        if self.kind is not None:
            return self.kind == "person" and not self.worded
        return " " in self.name and not self.name.isupper()


class Cast(msgspec.Struct, kw_only=True, eq=False):
    """The participants of a document, found by any of their names."""

    people: list[Participant] = []
    by_word: dict[str, list[Participant]] = {}
    by_form: dict[str, Participant] = {}
    of_name: dict[tuple[int, int], Participant] = {}  # where a name stands -> whose it is
    short: dict[str, Participant] = {}  # a surname alone -> whom it stood for first

    def new(self, name: str, kind: Kind | None) -> Participant:
        """A further participant."""
        created = Participant(number=len(self.people), name=name, kind=kind)
        self.people.append(created)
        return created

    def country(self, iso3: str) -> Participant:
        """The participant that is a country, new if the document had not named it."""
        name = ontology().country_names[iso3]
        found = self.by_form.get(f"={iso3}")
        if found is None:
            found = self.by_form[f"={iso3}"] = self.new(name, "country")
            found.country = iso3
        return found

    def find(self, name: Name) -> Participant | None:
        """Whose name it is, None if it may be several people's."""
        return self.of_name.get((name.start, name.end))


def assemble(names: Iterable[Name]) -> Cast:
    """The cast of a document: full names first, so that short ones find them wherever they stand."""
    cast = Cast()
    listed = [n for n in names if not n.all_role]
    order = sorted(listed, key=lambda n: (-min(len(name_words(n.text)), 3), n.start))
    for name in order:
        if (whose := place(cast, name)) is not None:
            whose.add(name)
            cast.of_name[name.start, name.end] = whose
    for participant in cast.people:
        participant.names.sort(key=lambda n: n.start)
        if participant.kind not in ("country",):
            participant.name = participant.full_name or fullest(participant.forms)
    return cast


def place(cast: Cast, name: Name) -> Participant | None:
    """The participant a name belongs to, new or known; None if two known ones claim it alike."""
    key = fold(name.text)
    if name.kind == "country":
        whose = cast.country(ontology().countries[key])
        whose.linked_by = "name"
        return whose
    single = len(name_words(name.text)) == 1 and name.kind not in ("organization", "place")
    known = cast.by_form.get(key)
    if known is not None and not single and not _own_relative(known, name):
        return known
    full = ontology().body_names.get(key) if name.kind in ("organization", None) else None
    claims = [known] if known and not known.is_person() else _claims(cast, name)
    if full and not claims and (known := cast.by_form.get(fold(full))):
        claims = [known]
    if len(claims) > 1:
        claims = _decide(claims, name)
    if len(claims) > 1:
        claims = _introduced(cast, claims, name)
    if len(claims) > 1:
        return None
    whose = claims[0] if claims else cast.new(name.text, name.kind)
    if single:
        cast.short.setdefault(key, whose)
    if full:
        whose.full_name, whose.kind = full, "organization"
        cast.by_form.setdefault(fold(full), whose)
    _enter(cast, whose, name)
    return whose


def _introduced(cast: Cast, claims: list[Participant], name: Name) -> list[Participant]:
    """The one claimant named in full so far; else the one whom the short name stood for until now.

    News names a second bearer in full, or with a title, once a surname alone means the first.
    """
    before = [p for p in claims if any(n.start < name.start for n in p.names)]
    used = cast.short.get(fold(name.text))
    return before if len(before) == 1 else [used] if used in claims else claims


def _claims(cast: Cast, name: Name) -> list[Participant]:
    words = name_words(name.text)
    if name.kind in ("organization", "place"):
        return _bodies(cast, name, words)
    if len(words) == 1:
        last = [
            p
            for p in cast.by_word.get(words[0], ())
            if p.is_person() and not _kin(p, name) and not _other_office(p, name)
        ]
        surname = [p for p in last if any(name_words(f)[-1] == words[0] for f in p.forms)]
        claims = _fit(surname, name) or _fit(last, name) or _bodies(cast, name, words)
        return claims or _misspelt(cast, name, words[0])
    bearers = cast.by_word.get(words[-1], [])
    found = [
        p for p in bearers
        if p.is_person() and any(same_person(f, name.text) for f in p.forms) and not _beside(p, name)
    ]  # fmt: skip
    if not found and name.role and not name.kin:  # two spellings of a given name, one office
        told = role_words(name.role)
        found = [
            p for p in bearers
            if p.is_person() and any(len(told & r) > 1 for r in p.role_words) and alike(p.name, name.text)
            and not _beside(p, name)
        ]  # fmt: skip
    return _fit(found, name)


def _misspelt(cast: Cast, name: Name, word: str) -> list[Participant]:
    """The people named in full before whose surname is spelt almost as one that the text never explains."""
    if name.kind != "person" or len(word) < _LONG or word in cast.by_word:
        return []
    return _fit(
        [
            p for p in cast.people
            if p.is_person() and " " in p.name and p.names and p.names[0].start < name.start
            and SequenceMatcher(None, name_words(p.name)[-1], word).ratio() >= _ALMOST
        ],
        name,
    )  # fmt: skip


_LONG, _ALMOST = 6, 0.87
"""Letters and likeness from which two surnames of one text are one misspelt: set by hand between "Kruschev"
and "Khrushchev" (0.89) and pairs of different surnames of that length, "Petersen" and "Petrossian" (0.67)."""


def _own_relative(whose: Participant, name: Name) -> bool:
    """Whether a name would make somebody his own relative: "Otto Marr, the son of Otto Marr"."""
    return name.kin and any(n.sentence == name.sentence and n.start < name.start for n in whose.names)


def _kin(whose: Participant, name: Name) -> bool:
    """Whether a person is brought in after a surname, as somebody's relative: the surname is that other's."""
    first = whose.names[0] if whose.names else name
    return first.start > name.start and first.kin


def _other_office(whose: Participant, name: Name) -> bool:
    """Whether a surname has an office that its bearer does not: "President Marr" is not the envoy Ilse Marr.

    A head of state is told apart anywhere, another office only before the bearer is brought in.
    """
    told = _offices(name.role)
    first = whose.names[0] if whose.names else name
    if not told or (first.start < name.start and not told & _HEADS):
        return False
    theirs = [_offices(n.role) for n in whose.names if " " in n.text and n.role]
    return bool(theirs) and not any(told & t or t & _ONCE for t in theirs)


def _offices(role: str | None) -> frozenset[str]:
    known = ontology()
    return frozenset(w for w in role_words(role or "") if w in known.roles and w not in known.titles)


_HEADS = frozenset("president king queen pope emperor chancellor".split())
_ONCE = _HEADS | frozenset("leader head candidate nominee".split())
"""Offices in which the holder of another may be called too: a leader is a president."""


def _beside(whose: Participant, name: Name) -> bool:
    """Whether a sentence has two different full names: nobody is named in full twice in one breath.

    One office in front of both says that it is so after all: a headline run into the text.
    """
    told = role_words(name.role or "")
    return any(
        n.sentence == name.sentence and n.text != name.text and " " in n.text
        and len(told & role_words(n.role or "")) < _ONE_OFFICE
        for n in whose.names
    )  # fmt: skip


_ONE_OFFICE = 3
"""Words in common from which two roles are one office: a state, a rank and a field."""


def _bodies(cast: Cast, name: Name, words: tuple[str, ...]) -> list[Participant]:
    """Organisations that a name can be short for: by its acronym, or by its first or last words."""
    found = [
        p
        for p in cast.by_word.get(words[0], ())
        if p.kind not in ("country", "person") and _shortens(words, p) and not _longer_beside(p, name)
    ]
    if fold(name.text) in ontology().agencies or fold(name.text) in ontology().body_names:
        found = []  # known by this name: short for nothing longer
    if not found and len(words) == 1 and name.text.isupper():
        found = [p for p in cast.people if p.kind == "organization" and initials(p.name) == words[0]]
    return found


def _longer_beside(whose: Participant, name: Name) -> bool:
    """Whether a sentence names a longer body after a shorter name: "Vela, part of the Vela Quay Group"."""
    return any(n.sentence == name.sentence and n.start > name.start for n in whose.names) and not any(
        n.start < name.start for n in whose.names
    )


def _shortens(words: tuple[str, ...], whole: Participant) -> bool:
    """Whether a name is the beginning of a body's: "Osprey" of "Osprey Group", not of "Osprey 380"."""
    for form in map(name_words, whole.forms):
        if form == words or (form[: len(words)] == words and form[-1] in ontology().body_words):
            return True
    return False


def _fit(claims: list[Participant], name: Name) -> list[Participant]:
    """The claimants whose gender does not contradict the name's."""
    return [p for p in claims if not (p.gender and name.gender and p.gender != name.gender)]


def _decide(claims: list[Participant], name: Name) -> list[Participant]:
    """The claimants whose role the words around the name repeat, if any do."""
    if not name.role:
        return claims
    told = role_words(name.role)
    return [p for p in claims if any(told & r for r in p.role_words)] or claims


def _enter(cast: Cast, whose: Participant, name: Name) -> None:
    if not name.kin or fold(name.text) not in cast.by_form:
        cast.by_form[fold(name.text)] = whose
    for word in set(name_words(name.text)):
        if whose not in cast.by_word.setdefault(word, []):
            cast.by_word[word].append(whose)
    if name.acronym:
        cast.by_form[fold(name.acronym)] = whose
        cast.by_word.setdefault(name_words(name.acronym)[0], []).append(whose)


@functools.lru_cache(maxsize=1 << 12)
def role_words(role: str) -> frozenset[str]:
    """The words of a role by which it is compared: one word for one office, countries by code.

    >>> sorted(role_words("Norway's premier"))
    ['=NOR', 'minister', 'prime']
    """
    return frozenset(_role_words(role))


def _role_words(role: str) -> Iterable[str]:
    text = fold(role).replace(",", " ")
    known = ontology()
    tokens = [bare for t in text.split() if (bare := t.removesuffix("'s").removesuffix("'"))]
    n = 0
    while n < len(tokens):
        for size in (3, 2, 1):
            key = " ".join(tokens[n : n + size])
            iso3 = known.demonyms.get(key) or known.countries.get(key) or known.capitals.get(key)
            if iso3 and n + size <= len(tokens):
                yield f"={iso3}"
                n += size
                break
        else:
            if tokens[n] not in _EMPTY:
                yield from known.one_office.get(tokens[n], (tokens[n],))
            n += 1


def country_in(phrase: str) -> str | None:
    """The one country that a phrase names or has the nationality of; None for none or several."""
    codes = {w[1:] for w in role_words(phrase) if w[0] == "="}
    return codes.pop() if len(codes) == 1 else None


def nationality(role: str) -> str | None:
    """The country whose office a role is; None if only the country is named that an envoy is sent to."""
    own = fold(role).partition(" to ")[0]
    return next((w for w in _role_words(own) if w[0] == "="), None)


_EMPTY = frozenset("the a an of for in to and its his her their our s".split())
