"""Text -> the words in it that may name a place, with the places that bear the name.

Not every name in a text is looked for: only those that tell where another place lies (countries,
divisions, well-known towns, and any town behind a preposition of place or before its state).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import TypeAlias

import msgspec

from onrecord.gazetteer import Entry, gazetteer, name_key

Offsets: TypeAlias = tuple[int, int]

KNOWN = 16.5
"""``Entry.people`` of a town that counts as context wherever it stands (93,000 inhabitants): smaller ones
bear the names of people and things too often. Set by hand."""
MOST_BEARERS = 40
"""Places of one name that are weighed, the biggest: a bound on the work, set by hand
("San Antonio" has 40)."""
LONGEST_ACRONYM = 4
LONGEST = 4
"""Words in the name of a place that is looked for."""
_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?:C\.)?|W\.\s?Va\.|(?:St|Ste|Mt|Ft)\.|[A-Z][a-z]{1,4}\.(?=[\s,)])|[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]{2,})*"
)
_ABBREVIATED = re.compile(r"(?!(?:St|Ste|Mt|Ft)\.)[A-Z][a-z]{1,4}\.$")
_GAP = re.compile(r"[ \u00a0]+(?:(?:of|de|del|la|the|upon|on)[ \u00a0]+){0,2}$")
_OUTER = re.compile(r"\s?,\s?(?:[a-z]+\s){0,1}|\s\(|\s+in\s")
_AT = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|of|across|toward|towards|into|through)\s+(?:the\s+)?$", re.I
)
_FRAME = re.compile(
    r"^(?:(?:north|south|east|west|central|northern|southern|eastern|western|north-?east(?:ern)?"
    r"|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|downtown|greater|inner|mainland|modern-day"
    r"|city|town|village|borough|state|province|county|port|republic|state|states|commonwealth)(?:\s+of)?\s+(?:the\s+)?)+"
    r"|\s+(?:city|township|twp|borough|village|town|area|state|province|region|metropolitan area|peninsula)$",
    re.I,
)
_POSSESSIVE = re.compile(r"['’]s?$")


class Toponym(msgspec.Struct, frozen=True, kw_only=True):
    """Words that name a place, the places of that name, and the area that the words beside it tell.

    ``asked`` is False for words that were only found to tell where others lie.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]
    within: tuple[Entry, ...] = ()
    asked: bool = True

    @property
    def key(self) -> str:
        """The form in which two mentions are one name."""
        return name_key(_POSSESSIVE.sub("", self.text))


@functools.cache
def _short_forms() -> dict[str, str]:
    """A short form of a state or province -> its name: "Ind.", "IN", "W.Va."."""
    table = (resources.files("onrecord.ontology") / "divisions.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {short: row["name"] for row in rows for short in row["short"].split("|")}


@functools.lru_cache(maxsize=1 << 12)
def find_bearers(name: str) -> tuple[Entry, ...]:
    """The places of a name as a text words it, biggest first: "Ind.", "downtown Oslo", "Russians" allowed."""
    name = _POSSESSIVE.sub("", name.strip())
    if found := _by_short_form(name) if "." in name else ():
        return found
    for form in (name, _FRAME.sub("", name), name.removesuffix("s"), name.split("-")[0]):
        found = found or _by_name(form)
    return _with_counties(name, found or _by_short_form(name))[:MOST_BEARERS]


def _by_name(name: str) -> tuple[Entry, ...]:
    """The places of exactly this name. A short acronym is a country or an authored form, never a village."""
    found = gazetteer().find(name)
    if name.isupper() and len(name.replace(".", "")) <= LONGEST_ACRONYM:
        found = tuple(e for e in found if e.kind == "country" or not e.main)
    return found


def _with_counties(name: str, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The places, and behind them the counties that leave out the word: "in Kanawha"."""
    if " " in name and found:
        return found
    counties = (*gazetteer().find(f"{name} County"), *gazetteer().find(f"{name} Parish"))
    return (*found, *(msgspec.structs.replace(c, main=False) for c in counties))


def _by_short_form(name: str) -> tuple[Entry, ...]:
    full = _short_forms().get(name.replace(" ", ""))
    return _divisions(full) if full else ()


def _divisions(name: str) -> tuple[Entry, ...]:
    return tuple(e for e in gazetteer().find(name) if e.kind == "state" and e.country in ("USA", "CAN"))


def find_toponyms(text: str, asked: Iterable[Offsets]) -> list[Toponym]:
    """The spans asked about and the context found in the rest of the text, in text order."""
    spans = sorted(set(asked))
    taken = [False] * (len(text) + 1)
    for start, end in spans:
        taken[start:end] = [True] * (end - start)
    found = [_toponym(text, span, find_bearers(text[slice(*span)]), asked=True) for span in spans]
    for start, end in find_names(text):
        entries = () if any(taken[start:end]) else _context(text, start, end)
        if entries:
            found.append(_toponym(text, (start, end), entries, asked=False))
    return _join(text, sorted(found, key=lambda t: t.start))


def _toponym(text: str, span: Offsets, entries: tuple[Entry, ...], *, asked: bool) -> Toponym:
    return Toponym(start=span[0], end=span[1], text=text[slice(*span)], entries=entries, asked=asked)


def find_names(text: str) -> Iterator[Offsets]:
    """Each unbroken run of capitalised words, which is a name as a whole or none."""
    start = end = count = 0
    for word in _WORD.finditer(text):
        short = count == 1 and _ABBREVIATED.match(text[start:end])
        if count and not short and _GAP.match(text[end : word.start()]):
            end, count = word.end(), count + 1
            continue
        if 0 < count <= LONGEST:
            yield start, end
        start, end, count = word.start(), word.end(), 1
    if 0 < count <= LONGEST:
        yield start, end


def _context(text: str, start: int, end: int) -> tuple[Entry, ...]:
    """The places that a run of capitalised words names well enough to tell where others lie."""
    name, before = text[start:end], text[max(0, start - 16) : start]
    if text[end : end + 1] == "." and (found := _by_short_form(name + ".")):
        return found
    if before.endswith(", ") and (found := _by_short_form(name)):
        return found
    entries = _by_name(name)
    if not entries or (len(name) < 3 and not name.isupper()):
        return ()
    wide = entries[0].kind in ("continent", "country", "state", "county", "capital")
    return entries[:MOST_BEARERS] if wide or entries[0].people >= KNOWN or _AT.search(before) else ()


def _join(text: str, found: list[Toponym]) -> list[Toponym]:
    """The toponyms, each with what the words right behind it say it lies in: "Paris, Texas"."""
    joined = []
    for n, toponym in enumerate(found):
        behind = found[n + 1] if n + 1 < len(found) else None
        if behind and _OUTER.fullmatch(text[toponym.end : behind.start]):
            wide = tuple(e for e in behind.entries if e.kind in ("country", "state", "county"))
            toponym = msgspec.structs.replace(toponym, within=wide)
        joined.append(toponym)
    return joined
