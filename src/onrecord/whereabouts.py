"""A sentence -> the phrases in it that say where something was: "at a barracks near Dresna", "in the port".

A preposition of place and the noun phrase behind it, where the head of that is the name of a place or a noun
for one (``ontology/whereabouts.toml``). Phrases that hang on each other ("a market in Ostrow") are one.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib import resources

import msgspec

from onrecord.dates.tense import is_past_verb
from onrecord.gazetteer import gazetteer
from onrecord.ontology import fold, ontology
from onrecord.sites import find_site
from onrecord.toponyms import Offsets, find_bearers

_LEADING = re.compile(
    r"\b(?:(?P<on>on|against)|(?P<at>[Ii]n|[Aa]t|[Nn]ear|On|[Oo]ff|[Oo]ver|[Aa]round|[Aa]cross|[Ii]nside|[Oo]utside|along"
    r"|[Tt]hroughout|beyond|above|within|via)"
    r"|(?P<to>into|to|towards?|onto|from|out\sof)|(?P<of>of))(?=\s)"
)
_BOLD = frozenset("in at near outside around inside to into from".split())
"""Prepositions behind which a capitalised word is a place even where no table has it."""
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
_REACH = 14
"""Words behind a preposition that are looked at."""
_MODIFIERS = 5
"""Words before the head of a phrase: "a small logistics base"."""
_NAME_WORDS = 4


class Phrase(msgspec.Struct, frozen=True):
    """Words that say where, how they are tied to what was done, and the name of a place in them if any.

    ``tie``: "at" (in, near, over …), "to" (into, from …), "on" (on, against), "of", "" (no preposition).
    """

    start: int
    end: int
    tie: str
    name: Offsets | None


class _Head(msgspec.Struct, frozen=True):
    """Where the head of a phrase of place ends, counted in words, and the name it is."""

    end: int
    name: Offsets | None


def find_places(text: str, start: int, end: int) -> list[Phrase]:
    """The phrases of place in a stretch of text, in order."""
    found: list[Phrase] = []
    for m in _LEADING.finditer(text, start, end):
        tie = m.lastgroup or ""
        phrase = read_place(text, m.end(), end, tie=tie, bold=m[0].lower() in _BOLD)
        if phrase is None:
            continue
        if found and _hangs_on(text, found[-1], m.start(), tie):
            phrase = _joined(found.pop(), phrase)
        found.append(phrase)
    return found


def find_object(text: str, start: int, end: int) -> Phrase | None:
    """The phrase of place that begins right behind an offset, with those that hang on it."""
    phrase = read_place(text, start, end)
    for more in find_places(text, phrase.end, end) if phrase else ():
        if phrase is None or not _hangs_on(text, phrase, text.rindex(" ", 0, more.start), more.tie):
            break
        phrase = _joined(phrase, more)
    return phrase


def _hangs_on(text: str, before: Phrase, at: int, tie: str) -> bool:
    between = text[before.end : at].strip(" ,")
    return tie in ("at", "of") and (not between or bool(_LEADING.fullmatch(between + " ", 0, len(between))))


def _joined(before: Phrase, behind: Phrase) -> Phrase:
    return Phrase(before.start, behind.end, before.tie, behind.name or before.name)


def read_place(text: str, at: int, end: int, *, tie: str = "", bold: bool = False) -> Phrase | None:
    """The noun phrase of place that begins behind an offset, or None where the words are none."""
    tokens = []
    for m in _TOKEN.finditer(text, at, end):
        tokens.append(m)
        if len(tokens) == _REACH:
            break
    first = 1 if tokens and tokens[0][0].lower() in words()["determiners"] else 0
    head = _find_head(tokens, first, bold=bold)
    if head is None:
        return None
    head = _extended(tokens, head)
    return Phrase(tokens[0].start(), tokens[head.end - 1].end(), tie, head.name)


def _find_head(tokens: Sequence[re.Match[str]], first: int, *, bold: bool) -> _Head | None:
    """The first word or name in the phrase that may head it and is followed by none that would."""
    name: Offsets | None = None
    at = first
    while at < min(len(tokens), first + _MODIFIERS):
        word = tokens[at][0]
        if not word[0].isalpha() or word.lower() in words()["function"]:
            return None
        if word.endswith("ing") and not _is_noun(word):
            return None
        framed = all(_is_frame(t[0]) for t in tokens[first:at])
        size, known = _name_at(tokens, at, bold=bold and at == first)
        name = known or name
        close = at + max(size, 1)
        while close < len(tokens) and _is_noun(tokens[close][0]) and (size or _is_noun(word)):
            close += 1
        is_noun = _is_noun(tokens[close - 1][0]) and not _is_bare(tokens, close)
        is_head = is_noun or (size > 0 and framed)
        if is_head and not _POSSESSIVE.search(tokens[close - 1][0]) and _ends(tokens, close):
            return _Head(close, name)
        at += max(size, 1)
    return None


def _name_at(tokens: Sequence[re.Match[str]], at: int, *, bold: bool) -> tuple[int, Offsets | None]:
    """How many words from ``at`` are the name of a place, and its offsets where the tables have it."""
    for size in range(min(_NAME_WORDS, len(tokens) - at), 0, -1):
        run = tokens[at : at + size]
        if not (run[0][0][0].isupper() and run[-1][0][0].isupper()):
            continue
        if bold and size < _NAME_WORDS and _goes_on(tokens, at + size):
            break  # "Skagen" is a town, "Skagen Fjord" another place
        span = (run[0].start(), run[-1].end())
        words_of_run = _POSSESSIVE.sub("", run[0].string[slice(*span)])
        if is_known(words_of_run):
            return size, (span[0], span[0] + len(words_of_run))
    if not bold or not _may_name(tokens[at][0]):
        return 0, None
    size = 1
    while size < _NAME_WORDS and _goes_on(tokens, at + size):
        size += 1
    return size, None


def _goes_on(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the next word is one of the same name, and no function word or title."""
    if at >= len(tokens) or not tokens[at][0][0].isupper():
        return False
    key = fold(tokens[at][0])
    return not (key in words()["function"] or key in ontology().roles or key in ontology().titles)


@functools.lru_cache(maxsize=1 << 12)
def is_known(name: str) -> bool:
    """Whether a name is that of a place of the tables and not rather that of a month, a body or a people."""
    key = fold(name)
    if key in words()["never"] or key in ontology().demonyms or key.removesuffix("s") in ontology().demonyms:
        return False
    if "-" in name and not gazetteer().find(name):
        return False  # only its first part would be looked up: "Counter-IED"
    return bool(find_site(name) or find_bearers(name))


@functools.lru_cache(maxsize=1 << 12)
def _may_name(word: str) -> bool:
    key = fold(word)
    known = ontology()
    return word[0].isupper() and not (
        word.isupper()
        or key in words()["never"]
        or key in known.demonyms
        or key in known.titles
        or key in known.roles
        or key in known.body_words
    )


def _is_frame(word: str) -> bool:
    """Whether a word may stand before the name of a place: "northern Iraq", "rebel-held Dresna"."""
    return word.lower() in words()["frames"] or word.endswith(("-held", "-hit", "-controlled"))


def _is_bare(tokens: Sequence[re.Match[str]], close: int) -> bool:
    """Whether a single noun without article is all there is: "in court", "in place"."""
    return close == 1 and tokens[0][0].islower() and not tokens[0][0].endswith("s")


def _is_noun(word: str) -> bool:
    return fold(word).removesuffix("'s") in words()["nouns"]


def _ends(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether no noun follows, that would be the head of the phrase."""
    if at >= len(tokens):
        return True
    word = tokens[at][0]
    return (
        not word[0].isalpha()
        or word.lower() in words()["function"]
        or word.endswith("ing")
        or is_past_verb(word)
        or fold(word) in ontology().roles
        or fold(word) in ontology().titles
    )


def _extended(tokens: Sequence[re.Match[str]], head: _Head) -> _Head:
    """The head with the names that go on with it: "Ostrow, Morvania", "Ostrow and Dresna"."""
    while head.end + 1 < len(tokens) and tokens[head.end][0] in (",", "and", "of"):
        size, name = _name_at(tokens, head.end + 1, bold=tokens[head.end][0] == "of")
        if not size or not _ends(tokens, head.end + 1 + size):
            break
        joined = tokens[head.end][0]
        keep = head.name if head.name and joined != "of" else name
        head = _Head(head.end + 1 + size, keep)
    return head


@functools.cache
def words() -> dict[str, frozenset[str]]:
    """The lists of the file."""
    file = resources.files("onrecord.ontology") / "whereabouts.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: frozenset(listed.split()) for name, listed in table.items()}
