"""Statements -> to whom they were made: "told reporters", "in a letter to the council", "speaking to X"."""

from __future__ import annotations

import re

from onrecord.clauses import Clause, Stretch, read_noun_phrase
from onrecord.ontology import fold
from onrecord.ontology.chains import chains
from onrecord.records import Span, Statement

PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|be|am)\s+(?:\w+ly\s+)?\w+$")
_TO = re.compile(r"\s*(?:to|with)\s+(?P<who>.+)", re.DOTALL)
_SPEAKING = re.compile(
    r"\b(?:speaking|spoke|talking|addressing|in\s(?:comments|remarks))\s"
    r"(?:to\s)?(?P<who>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    r"\s+(?P<who>[^,;:.!?“”\"()]{1,80}?)\s+(?:not\s+)?(?:to\s+[a-z]|(?:whether|if|about|for|on)\b)"
)
_LAST_PHRASE = re.compile(r"(?:^|[,;]\s|\b(?:and|but|that|who|whether)\s)(?P<who>[^,;:.!?“”\"()]{1,60})\s$")
_CONTACTED = re.compile(r"\b(?:interviewed|contacted|reached)\sby\s(?P<who>.+)", re.DOTALL)
_HIM = frozenset("him her them us me you it he she they we".split())
_SUBJECTS = frozenset("i he she it we they you there this".split())
_DETERMINED = re.compile(r"(?:the|a|an|his|her|their|its|our|my|some|all|both|two|three)\s", re.IGNORECASE)


def find_hearer(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """The words for whom a statement was made to; None where its clause does not tell."""
    if (cue := stmt.cue) is None:
        return None
    words = fold(cue.text).split() or [""]
    verb = words[-2] if len(words) > 1 and words[-1] in ("on", "upon") else words[-1]
    if verb in chains().hearing | chains().asking and PASSIVE.search(fold(cue.text)):
        return _subject(text, stmt, clause)
    if verb in chains().asking:
        return _asked(text, cue) or _beside(text, stmt, cue, clause)
    if verb in chains().hearing:
        return _object(text, clause.after) or _beside(text, stmt, cue, clause)
    if verb == "to" and words[0] in chains().saying:
        return _people(text, read_noun_phrase(text, *clause.after))
    return _said_to(text, verb, clause) or _beside(text, stmt, cue, clause)


def _asked(text: str, cue: Span) -> Stretch | None:
    """As in "urged X to …", "asked X whether …": the object, which a reading may count to the content."""
    found = _ASKED.match(text, cue.end)
    return _people(text, read_noun_phrase(text, *found.span("who"))) if found else None


def _subject(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """Who "was told": the noun phrase right before the passive."""
    if stmt.source is not None and stmt.cue is not None and stmt.source.start < stmt.cue.start:
        return None
    begin, end = clause.before
    found = _LAST_PHRASE.search(text[begin:end])  # cut out, for "^" is the text's beginning only
    return _people(text, (begin + found.start("who"), begin + found.end("who"))) if found else None


def is_hearing_passive(cue: str) -> bool:
    """Whether the subject of a cue is spoken to: "was told", "had been urged".

    >>> is_hearing_passive("has been told"), is_hearing_passive("was quoted"), is_hearing_passive("told")
    (True, False, False)
    """
    words = fold(cue).split()
    return bool(PASSIVE.search(fold(cue))) and words[-1] in chains().hearing | chains().asking


def is_misread(words: str) -> bool:
    """Whether words given for an addressee cannot be one: a clause, or the end of a quotation.

    >>> is_misread("he believes in the plan they made"), is_misread("reporters in the capital")
    (True, False)
    """
    listed = words.split()
    clause = len(listed) > 3 and (listed[0].casefold() in _SUBJECTS or listed[0].endswith("ing"))
    return clause or words.endswith(('"', "”"))


def _object(text: str, after: Stretch) -> Stretch | None:
    """The noun phrase right behind the verb: the object."""
    stretch = read_noun_phrase(text, *after)
    if stretch is None or text[after[0] : stretch[0]].strip(" \n"):
        return None
    return stretch


def _said_to(text: str, verb: str, clause: Clause) -> Stretch | None:
    """As in "apologised to the families", "said … to reporters"."""
    if verb not in chains().saying:
        return None
    found = _TO.match(text, *clause.after)
    if found is None or found[0].lstrip().startswith("with"):
        return None
    return _people(text, read_noun_phrase(text, *found.span("who")))


def _people(text: str, stretch: Stretch | None) -> Stretch | None:
    """A noun phrase that can be spoken to: a name, a pronoun, or one with a determiner or of listeners."""
    if stretch is None:
        return None
    words = text[slice(*stretch)]
    if words.casefold() in _HIM or words[0].isupper() or _DETERMINED.match(words):
        return stretch
    return stretch if words.split()[-1] in chains().plain_hearers else None


def _beside(text: str, stmt: Statement, cue: Span, clause: Clause) -> Stretch | None:
    """As in "Speaking to the Herald, …" and "in a letter to Y": named beside, or on a shared occasion."""
    for start, end in clause.stretches():
        found = _SPEAKING.search(text, start, end)
        if found and (who := _people(text, read_noun_phrase(text, *found.span("who")))):
            return who
    begin = min(stmt.source.start, clause.before[0]) if stmt.source else clause.before[0]
    contacted = _CONTACTED.search(text, begin, cue.start)
    if contacted and (who := _people(text, read_noun_phrase(text, *contacted.span("who")))):
        return who
    if stmt.venue is None:
        return None
    head = re.split(r"\s(?:with|to|from|in|at|on|of|by)\s", stmt.venue.text)[0].split()[-1:]
    if not head or fold(head[0]) not in chains().shared:
        return None
    inside = re.search(r"\s(?:with|to)\s(.+)", stmt.venue.text, re.DOTALL)
    if inside:
        start = stmt.venue.start
        return _people(text, read_noun_phrase(text, start + inside.start(1), start + inside.end(1)))
    behind = _TO.match(text, stmt.venue.end, _end_of(clause, stmt.venue.end))
    return _people(text, read_noun_phrase(text, *behind.span("who"))) if behind else None


def _end_of(clause: Clause, at: int) -> int:
    """Where the stretch ends that an offset lies in or at the end of; the offset itself where none does."""
    return next((end for start, end in clause.stretches() if start <= at <= end), at)
