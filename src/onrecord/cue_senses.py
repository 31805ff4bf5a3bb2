"""What the cue of a statement says of the act: "called on" requests, "vowed" promises, "said" leaves it open.

The vocabulary is data (acts.toml). A phrase meets a cue that holds its words, in any form and in that order;
the longest phrase counts, then the one that ends last. Cues such as "ask" mean what they govern: "whether"
asks, "for help" requests.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, get_args

import msgspec

from onrecord.records import Act, Statement

_TOKEN = re.compile(r"n['’]t\b|['’](?:ll|re|m|s|ve|d)\b|[\w-]+?(?=n['’]t\b)|[\w-]+|[^\w\s]")
TAILS = frozenset("on upon for to of about against as with over at in that".split())
"""Words that a cue may leave behind itself: "called" with "on the council to …" behind it."""
_QUESTIONS = frozenset("whether if who whom whose what why how when where which".split())
_NEGATIONS = frozenset("not n't never no nobody neither nor none nothing without".split())
_TELLING = frozenset(
    "say tell comment answer discuss confirm disclose name speak explain elaborate specify identify reveal "
    "drawn talk reply respond give guess".split()
)
"""What someone refuses to do who says nothing; who refuses anything else says no."""
_QUOTES = frozenset("\"“”‘'’«„`")
OPENING = 40
"""Characters of what was said that may complete a cue."""
_BEFORE = 30
"""Characters before a cue in which "has not", "never" or "reportedly" may stand."""


class CueSense(msgspec.Struct, frozen=True, kw_only=True):
    """What a cue tells: the act it names (None where it only says), and how it is said.

    ``phrase`` is the entry of the vocabulary that it met, ``frame`` how what was said begins.
    """

    act: Act | None
    phrase: str
    frame: str
    is_framed: bool
    is_open: bool
    negated: bool
    hedged: bool


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of acts.toml; ``cues`` and ``hedges`` by their first word, ``lists``
    the tables of contents that a word is in.
    """

    cues: dict[str, tuple[tuple[tuple[str, ...], Act], ...]]
    opens: frozenset[str]
    carriers: frozenset[str]
    frames: dict[str, dict[str, Act]]
    contents: dict[str, frozenset[str]]
    lists: dict[str, tuple[str, ...]]
    hedges: dict[str, tuple[tuple[str, ...], ...]]
    hedge_words: frozenset[str]
    forms: dict[str, str]
    known: frozenset[str]


@functools.cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary of speech acts."""
    told: dict[str, Any] = tomllib.loads(
        (resources.files("onrecord") / "acts.toml").read_text(encoding="utf-8")
    )
    entries = [(entry, act) for act in get_args(Act) for entry in _entries(told["cues"][act])]
    cues: dict[str, list[tuple[tuple[str, ...], Act]]] = {}
    for entry, act in entries:
        cues.setdefault(entry[0], []).append((entry, act))
    hedges = frozenset(_entries(told["hedges"]["cues"]))
    opens = frozenset(" ".join(entry) for entry in _entries(told["open"]["words"]))
    frames = {cue: dict(pair.split("=") for pair in pairs.split()) for cue, pairs in told["frames"].items()}
    phrases = [*(e for e, _ in entries), *hedges, *(tuple(w.split()) for w in (*opens, *frames))]
    contents = {
        name: frozenset(w.strip() for w in words.split(",")) for name, words in told["contents"].items()
    }
    words = frozenset(w for listed in contents.values() for w in listed)
    return Vocabulary(
        cues={first: tuple(found) for first, found in cues.items()},
        opens=opens,
        carriers=frozenset(" ".join(entry) for entry in _entries(told["carriers"]["words"])),
        frames=msgspec.convert(frames, dict[str, dict[str, Act]]),
        contents=contents,
        lists={w: tuple(name for name, listed in contents.items() if w in listed) for w in words},
        hedges={entry[0]: tuple(e for e in hedges if e[0] == entry[0]) for entry in hedges},
        hedge_words=frozenset(w.strip() for w in told["hedges"]["words"].split(",")),
        forms={form: base for base, forms in told["forms"].items() for form in forms.split()},
        known=frozenset(word for phrase in phrases for word in phrase),
    )


def _entries(listed: str) -> Iterator[tuple[str, ...]]:
    return (tuple(entry.split()) for entry in listed.split(","))


def tokens_of(words: str) -> list[str]:
    """The words and marks of a stretch, in small letters.

    >>> tokens_of("They didn’t say.")
    ['they', 'did', "n't", 'say', '.']
    """
    return [t if len(t) == 1 else t.replace("’", "'") for t in _TOKEN.findall(words.lower())]


@functools.lru_cache(maxsize=1 << 14)
def bases_of(word: str) -> tuple[str, ...]:
    """The forms that the vocabulary may hold a word under: itself and what it is a form of.

    >>> bases_of("urging"), bases_of("denied"), bases_of("begged"), bases_of("said")
    (('urging', 'urge'), ('denied', 'deny'), ('begged', 'beg'), ('said', 'say'))
    """
    voc = vocabulary()
    guesses = [word]
    if word in voc.forms:
        guesses.append(voc.forms[word])
    for ending, others in (
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("ing", ("", "e")),
        ("ed", ("", "e")),
        ("es", ("", "e")),
        ("s", ("",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            guesses += [stem + other for other in others]
            if ending in ("ing", "ed") and stem[-1] == stem[-2:-1]:
                guesses.append(stem[:-1])
    return tuple(dict.fromkeys(g for g in guesses if g == word or g in voc.known))


def read_cue(text: str, stmt: Statement) -> CueSense:
    """What the cue of a statement tells; an open sense with no phrase where it has none."""
    if stmt.cue is None:
        return CueSense(
            act=None,
            phrase="",
            frame=_begins(stmt),
            is_framed=False,
            is_open=True,
            negated=False,
            hedged=False,
        )
    words = tokens_of(stmt.cue.text)
    before = tokens_of(_same_clause(text, stmt, stmt.cue.start))
    behind = tokens_of(text[stmt.cue.end : stmt.cue.end + 16])[:1]
    tail = behind[0] if behind and behind[0] in TAILS else ""
    lemmas = [bases_of(w) for w in (*words, *([tail] if tail else []))]
    entry, act = _meet(lemmas)
    if " ".join(entry) in vocabulary().carriers and stmt.content:
        opening = [bases_of(w) for w in tokens_of(stmt.content[0].text[:OPENING])[:5]]
        entry, act = _meet(lemmas, opening)
    phrase = " ".join(entry)
    begins = _begins(stmt)
    frame = begins if begins in ("to", "whether") or tail in ("", "to", "that") else tail
    framed = vocabulary().frames.get(phrase, {}).get(frame)
    is_open = phrase in vocabulary().opens and framed is None
    return CueSense(
        act=framed or act,
        phrase=phrase,
        frame=frame,
        is_framed=framed is not None,
        is_open=is_open or not phrase,
        negated=_is_negated(words, before, stmt),
        hedged=_is_hedged(lemmas, [*before, *words]),
    )


def _meet(
    lemmas: Sequence[Sequence[str]], behind: Sequence[Sequence[str]] = ()
) -> tuple[tuple[str, ...], Act | None]:
    """The longest entry whose words the cue holds in order, the one ending last among equals.

    An entry begins in the cue and may end ``behind`` it.
    """
    best: tuple[int, int] = (0, -1)
    found: tuple[tuple[str, ...], Act | None] = ((), None)
    for at, bases in enumerate(lemmas):
        for entry, act in (pair for base in bases for pair in vocabulary().cues.get(base, ())):
            end = _holds([*lemmas, *behind], at, entry)
            if end is not None and (len(entry), end) > best:
                best, found = (len(entry), end), (entry, act)
    return found


def _holds(lemmas: Sequence[Sequence[str]], at: int, entry: Sequence[str]) -> int | None:
    """Where an entry that begins at ``at`` ends in the cue; None where its words are not all there."""
    for word in entry[1:]:
        at += 1
        while at < len(lemmas) and word not in lemmas[at]:
            at += 1
        if at == len(lemmas):
            return None
    return at


def _begins(stmt: Statement) -> str:
    """How what was said begins: to, whether, that, quote, a preposition, or bare."""
    if not stmt.content:
        return "bare"
    words = tokens_of(stmt.content[0].text[:80])
    first, second = (*words, "", "")[:2]
    if first in _QUOTES:
        return "quote"
    if first == "not" and second == "to":
        return "to"
    if first in _QUESTIONS:
        return "whether"
    if first in TAILS:
        return first
    rest = words[1:10]
    stops = [n for n, w in enumerate(rest) if w in _QUESTIONS | _QUOTES or w in ("that", ",")]
    return "object-to" if "to" in rest[: min(stops, default=9)] else "bare"


def _same_clause(text: str, stmt: Statement, cue: int) -> str:
    """The words just before the cue: behind the source where it stands there, and never of the content."""
    start = max(0, cue - _BEFORE)
    others = (*stmt.content, *([stmt.source] if stmt.source else []))
    walls = [span.end for span in others if start < span.end <= cue]
    return text[max(walls) : cue] if walls else ""


def _is_negated(words: Sequence[str], before: Sequence[str], stmt: Statement) -> bool:
    """Whether it is the saying that is denied: "did not say", "declined to comment", "nobody confirmed"."""
    source = tokens_of(stmt.source.text)[:1] if stmt.source else []
    said = tokens_of(stmt.content[0].text[:OPENING]) if stmt.content else []
    if _NEGATIONS & {*words, *before, *source}:
        return True
    lemmas = {base for word in words for base in bases_of(word)}
    if "decline" in lemmas:
        return not vocabulary().contents["offers"] & {*said, *words}
    behind = [w for w in (*words, *said) if w != "to"]
    if {"refuse", "refusal"} & lemmas:
        return any(base in _TELLING for word in behind[:4] for base in bases_of(word))
    return "stop short" in " ".join(base for word in words for base in bases_of(word)[-1:])


def _is_hedged(lemmas: Sequence[Sequence[str]], words: Sequence[str]) -> bool:
    voc = vocabulary()
    if voc.hedge_words & set(words):
        return True
    return any(
        _holds(lemmas, at, entry) is not None
        for at, bases in enumerate(lemmas)
        for base in bases
        for entry in voc.hedges.get(base, ())
    )
