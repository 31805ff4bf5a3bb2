"""Persons of the facts, their terms of office, and who among them a name without identifier means."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.knowledge.table import plain

DIFFER = " (dates differ)"
_INITIAL = re.compile(r"(?<=\w) (?:[A-Z]\. ?)+(?=\w)")
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Term:
    """One term of office as one source tells it; ``country`` and ``sector`` are its holder's."""

    office: str
    of: str
    title: str
    start: str | None
    end: str | None
    source: str
    as_of: str
    country: str
    sector: str


@dataclass
class Person:
    """Somebody with an identifier, every form of the name that was seen, and all terms."""

    id: str
    forms: Counter[str] = field(default_factory=Counter)
    terms: list[Term] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The form seen most; of several, one in Latin letters and the longest."""
        return max(self.forms, key=lambda form: (bool(_LATIN.search(form)), self.forms[form], len(form)))


class People:
    """All persons by identifier, and the authored ones by the states they serve."""

    def __init__(self, table: Path) -> None:
        self._people: dict[str, Person] = {}
        self._serving: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.authored: set[str] = set()
        self._read_authored(table)

    def add(self, id_: str, name: str, other: str | None, term: Term) -> None:
        """Give a person a term, and the forms of the name that the source has."""
        person = self._people.setdefault(id_, Person(id_))
        person.forms[clean(name)] += 2
        if other:
            person.forms[clean(other)] += 1
        person.terms.append(term)
        self._serving[term.of][id_].update((clean(name), clean(other or name)))

    def recognised(self, id_: str, term: Term) -> None:
        """Give a term to somebody known already, by the facts or by the authored files."""
        self._people.setdefault(id_, Person(id_)).terms.append(term)

    def serving(self, of: str) -> dict[str, set[str]]:
        """Each person who serves or served a state, with the forms of the name."""
        return self._serving[of]

    def named(self, name: str) -> set[str]:
        """All persons with a form of the name."""
        wanted = plain(name)
        return {
            id_
            for serving in self._serving.values()
            for id_, forms in serving.items()
            if any(plain(form) == wanted for form in forms)
        }

    def open_terms(self, office: str, of: str) -> set[str]:
        """Those who hold an office as far as the facts go."""
        return {
            id_
            for id_, person in self._people.items()
            for term in person.terms
            if (term.office, term.of) == (office, of) and term.end is None
        }

    def others_since(self, office: str, of: str, start: str, but: set[str]) -> bool:
        """Whether somebody else is told to have come into an office after a day."""
        return any(
            (term.office, term.of) == (office, of) and (term.start or "") > start and id_ not in but
            for id_, person in self._people.items()
            for term in person.terms
        )

    def unwritten(self) -> Iterable[Person]:
        """The persons whom the built table lists: all but those whom only the authored files name."""
        return [person for person in self._people.values() if person.forms]

    def everyone(self) -> Iterable[Person]:
        """All persons with a term from the facts."""
        return self._people.values()

    def _read_authored(self, table: Path) -> None:
        names: dict[str, tuple[str, set[str]]] = {}
        ids: dict[str, str] = {}
        for row in _rows(table / "authored_entities.csv"):
            if row["kind"] == "person":
                self.authored.add(row["id"])
                forms = {row["name"], *filter(None, row["aliases"].split("|"))}
                names[row["id"]] = (row["country"], forms)
                self._serving[row["country"]][row["id"]] |= forms
                ids.setdefault(row["name"], row["id"])
        for row in _rows(table / "authored_tenures.csv"):
            id_ = ids.get(row["person"], row["person"])
            if id_ in names:
                self._serving[row["of"]][id_] |= names[id_][1]


def contradicts(term: Term) -> bool:
    """Whether a term is told to end before it starts."""
    length = min(len(term.start or ""), len(term.end or ""))
    return bool(length) and (term.end or "")[:length] < (term.start or "")[:length]


def _rows(path: Path) -> Iterable[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def clean(name: str) -> str:
    """A name as one reads it: no note in brackets, surname last, single spaces."""
    name = re.sub(r"\s*\(.*?\)", "", name).replace("|", " ")
    if "," in name and not name.rsplit(", ", 1)[1].startswith(
        ("Jr", "Sr", "Baron", "Lord", "Viscount", "II")
    ):
        surname, rest = name.split(",", 1)
        name = f"{rest} {surname}"
    return " ".join(name.split())


def aliases(person: Person) -> list[str]:
    """The other forms: those seen, and the name without initials, title of nobility and "Jr."."""
    forms = dict.fromkeys(form for form in person.forms if form != person.name)
    for form in (person.name, *person.forms):
        bare = _INITIAL.sub(" ", form.split(",")[0])
        if len(bare.split()) > 1:
            forms[bare] = None
    seen = {plain(person.name)}
    return [form for form in forms if (key := plain(form)) not in seen and not seen.add(key)]


def merged(terms: Iterable[Term]) -> list[Term]:
    """The terms, two tellings of one made one; where their dates cannot both be, both stay and say so."""
    kept: list[Term] = []
    for term in sorted(terms, key=lambda t: (t.office, t.of, t.start or "", t.end or "9")):
        for at, before in enumerate(kept):
            if (before.office, before.of) != (term.office, term.of):
                continue
            if _one(before, term):
                kept[at] = _joined(before, term)
                break
            if _overlap(before, term):
                kept[at] = replace(before, source=before.source.removesuffix(DIFFER) + DIFFER)
                term = replace(term, source=term.source.removesuffix(DIFFER) + DIFFER)
        else:
            kept.append(term)
    return kept


def _one(one: Term, other: Term) -> bool:
    return _agree(one.start, other.start) and (
        _agree(one.end, other.end)
        if one.end and other.end
        else _still(one, other.end) and _still(other, one.end)
    )


def _agree(one: str | None, other: str | None) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _still(term: Term, end: str | None) -> bool:
    """Whether a term told as open can have ended then: not before it was known to go on."""
    return bool(term.end) or not end or end >= term.as_of[: len(end)]


def _joined(one: Term, other: Term) -> Term:
    latest = max(one, other, key=lambda term: term.as_of)
    start = max(one.start or "", other.start or "", key=len) or None
    end = max(one.end or "", other.end or "", key=len) or None
    return replace(latest, start=start, end=end)


def _overlap(one: Term, other: Term) -> bool:
    return (one.start or "0") < (other.end or "9") and (other.start or "0") < (one.end or "9")
