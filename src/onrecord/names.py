"""What a name is: its title and role in front, its surname, and whether two names are one person's.

Works on words alone. Nothing here looks at a document.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable

import msgspec

from onrecord.ontology import Gender, fold, ontology
from onrecord.records import Kind

PARTICLES = frozenset(
    "al el as ash bin ibn bint van von der den de del della di da dos das du la le ben abu ter "
    "ten ul af st".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv v".split())
_GLUED = re.compile(r"^(?:al|el|as|ash|an|ar|at|ad|az)-(?=\w{3})")
_PAST = re.compile(r"^(?:ex|then|co|vice|deputy)-")
_INITIAL = re.compile(r"^\w$")


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """A run of capitalised words taken apart: how many words lead up to the name, and what they tell."""

    lead: int  # words before the name proper: "Russian President" in "Russian President Vladimir Putin" is 2
    person: bool
    role: bool  # whether the lead holds more than a bare title such as "Mr"
    gender: Gender | None


@functools.lru_cache(maxsize=1 << 12)
def split_name(words: tuple[str, ...], joined: tuple[bool, ...]) -> Parts:
    """How many of a run's words are title, role or nationality, and what they tell about the bearer.

    ``joined[i]`` says that "of" or "for" stands before word i. A run that is all role ("Foreign
    Secretary", "Minister for Health") has no name: lead is then the length of the run.

    >>> split_name(("Prime", "Minister", "Ilse", "Marr"), (False,) * 4).lead
    2
    """
    known = ontology()
    keys = [fold(w) for w in words]
    keys[0] = _PAST.sub("", keys[0]) if _PAST.sub("", keys[0]) in known.roles else keys[0]
    if " ".join(keys) in known.body_names:
        return Parts(lead=0, person=False, role=False, gender=None)
    lead, role, gender = _last_office(keys)
    if lead and lead < len(keys) and joined[lead]:
        lead = _complement(keys, lead)
    if lead and all(k in known.portfolios for k in keys[lead:]):
        lead = len(keys)  # "Head of Public Affairs"
    if lead and lead < len(keys) and keys[lead] in _SUFFIXES:
        lead = 0
    if lead == 0 and len(keys) > 2 and (lead := _place_lead(keys)):
        return Parts(lead=lead, person=True, role=False, gender=known.given[keys[lead]])
    if 0 < lead < len(keys):
        gender = gender or known.given.get(keys[lead])
    return Parts(lead=lead, person=lead > 0, role=role, gender=gender)


def _last_office(keys: list[str]) -> tuple[int, bool, Gender | None]:
    """The words up to the last title or role, whether any is a role, and the gender they tell."""
    known, lead, role, gender = ontology(), 0, False, None
    if not any(k in known.titles or k in known.roles for k in keys):
        return 0, False, None
    for i, key in enumerate(keys):
        if _is_body(keys[i:]) and not any(k in known.roles for k in keys[i + 1 :]):
            break
        if key not in known.titles and key not in known.roles:
            continue
        if i == len(keys) - 1 and i > 0 and _is_surname(keys, i, after_office=lead > 0):
            break  # "John Major": a surname, not a rank
        lead, gender = i + 1, known.roles.get(key, known.titles.get(key)) or gender
        role = role or key in known.roles
    return lead, role, gender


def _is_surname(keys: list[str], i: int, *, after_office: bool) -> bool:
    """Whether a title or role at the end of a run is a surname: "Otto Major", "Home Minister Otto Shah"."""
    known, before = ontology(), keys[i - 1]
    if not after_office:
        return not _qualifies(before)
    office = before in known.titles or before in known.roles or before in known.body_words
    return keys[i] in known.titles and not office and not _qualifies(before)


def _complement(keys: list[str], lead: int) -> int:
    """Where the field or body ends that "of" or "for" gives to an office: "Minister of State Ilse Marr".

    Unless a field, a country, a body or a given name shows the end, all of it is the office's.
    """
    known = ontology()
    for i in range(len(keys) - 1, lead, -1):
        before = keys[i - 1]
        if keys[i] in known.given or before in _ENDS_OFFICE or before in known.body_words:
            return i
        if all(k in known.portfolios or k in known.demonyms or k in known.countries for k in keys[lead:i]):
            return i
    return len(keys)


_ENDS_OFFICE = frozenset(
    "republic kingdom federation union states emirates islands region province district representatives "
    "commons lords staff".split()
)


def _is_body(keys: list[str]) -> bool:
    return any(k in ontology().body_words for k in keys)


def _place_lead(keys: list[str]) -> int:
    """Words before a given name that name an office's field or a place: "Middle East Tobias …"."""
    known = ontology()
    for i, key in enumerate(keys[:-1]):
        if i and key in known.given:
            return i if keys[0] not in known.given and all(_qualifies(k) for k in keys[:i]) else 0
    return 0


def _qualifies(key: str) -> bool:
    known = ontology()
    return (
        key in known.portfolios
        or key in known.demonyms
        or key in known.countries
        or key in known.role_modifiers
    )


@functools.lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words by which names are compared: folded, without titles, particles and "the".

    >>> name_words("Khalid al-Serrat")
    ('khalid', 'serrat')
    """
    words = [_GLUED.sub("", fold(w)) for w in name.replace(".", ". ").split()]
    kept = [w for w in words if w and w not in PARTICLES and w not in _SUFFIXES and w != "the"]
    return tuple(kept or words)


def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: surnames equal, and no given name against another.

    A given name in front of a full name makes it somebody else's: fathers and sons share the rest.

    >>> [same_person(name, "Ilse Marr") for name in ("Marr", "Otto Marr", "I. Marr", "Anna Ilse Marr")]
    [True, False, True, False]
    """
    first, second = name_words(a), name_words(b)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if len(short) > 1 and _generation(a) != _generation(b):
        return False
    if len(short) == 1:
        return short[0] in (long[-1], long[0])
    if short[-1] != long[-1]:
        return len(long) > len(short) and long[: len(short)] == short
    return _givens_agree(short[:-1], long[:-1])


def _givens_agree(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether given names agree: the first ones, by initial if need be; any of the others may lack."""
    a, b, same_given = short[0], long[0], ontology().same_given
    if a == b or "".join(short).replace("-", "") == "".join(long).replace("-", ""):
        return True
    if len(long) > len(short) and _INITIAL.match(b):
        return a[0] == b or _givens_agree(short, long[1:])  # "J. Otto Marr" is called Otto
    if _INITIAL.match(a) or _INITIAL.match(b):
        return a[0] == b[0]
    return same_given.get(a, a) == same_given.get(b, b)


def _generation(name: str) -> str:
    """The "jr" or "sr" that tells a son from a father of the same name; "" for none."""
    last = fold(name).split()[-1]
    return last if last in ("jr", "sr") else ""


def alike(a: str, b: str) -> bool:
    """Whether two full names may be spellings or longer forms of one, if an office they share says so.

    >>> [alike(name, "Mohsen Javad Marr") for name in ("Javad Marr", "Mohsin Javid Marr", "Ilse Marr")]
    [True, True, False]
    """
    short, long = sorted((name_words(a)[:-1], name_words(b)[:-1]), key=len)
    if not short or _generation(a) != _generation(b):
        return False
    if long[-len(short) :] == short:
        return True
    return short[0][0] == long[0][0] and _likeness(short, long) >= _SPELLING


def _likeness(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    return difflib.SequenceMatcher(None, " ".join(a), " ".join(b)).ratio()


_SPELLING = 0.5
"""Likeness of given names, first letters equal, from which a shared office makes them one: that of the only
such pair in the training parts, Foad and Fuat."""


def fullest(names: Iterable[str]) -> str:
    """The fullest of several forms of one name: most words, then longest, then first.

    >>> fullest(["Marr", "Ilse Marr", "Ilse"])
    'Ilse Marr'
    """
    listed = list(names)
    return max(listed, key=lambda n: (len(name_words(n)), len(n), -listed.index(n)))


def initials(name: str) -> str:
    """The initials of a name's greater words: "World Trade Board" -> "wtb"."""
    return "".join(w[0] for w in fold(name).replace("-", " ").split() if w not in _SMALL)


_SMALL = frozenset("of the for and on in de du des la".split())


_TEXTS = frozenset("resolution agreement treaty act bill convention accord protocol charter".split())


@functools.lru_cache(maxsize=1 << 12)
def kind_of(words: tuple[str, ...], *, after_the: bool) -> Kind | None:
    """What a bare capitalised name can be told to be, or None."""
    known, whole = ontology(), fold(" ".join(words))
    keys = whole.split()
    if whole in known.countries:
        return "country"
    if whole in known.agencies or whole in known.bodies or whole in known.body_names:
        return "organization"
    if whole in known.capitals:
        return "place"
    if keys[-1] in _TEXTS and keys[0] not in known.body_words:
        return None
    if any(k in known.body_words for k in keys):
        return "organization"
    if len(words) == 1 and words[0].isupper() and 2 <= len(words[0]) <= 8:
        return "organization"
    if len(keys) > 1 and keys[0] in known.given:
        return "person"
    return "organization" if after_the else None
