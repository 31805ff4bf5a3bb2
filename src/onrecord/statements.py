"""Candidates -> statements: spans, modes, parents and confidence.

1. a statement inside another's content gets it as parent;
2. word ranges become spans; a source or cue in pieces becomes one;
3. the mode is read off the quotation marks;
4. what the model is sure of becomes a calibrated confidence.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

import msgspec

from onrecord.candidates import Candidate
from onrecord.encoder import Annotation
from onrecord.records import Interval, Mention, Mode, Span, Statement, Venue
from onrecord.text import Text
from onrecord.words import MARK

LEAST_CONFIDENCE = 0.55
"""Statements below are not reported (docs/experiments.md, "Decoding")."""
SHORT_GAP = 3
"""A source or cue broken by at most this many words is one span; else its part nearest to the cue is."""
NESTED = 0.9
"""Share of a statement's words that must lie in another's content for it to be reported there."""
SAYING = frozenset("said says say stated states wrote writes added adds replied answered".split())
"""What a colon and the very words follow, with or without quotation marks."""
JOINTS = frozenset(("and", "but", "or", "that"))
VERBATIM = 0.95
"""Share of quoted words from which a content is verbatim speech; a stray word in twenty is tolerated."""


def build_statements(
    text: Text,
    ann: Annotation,
    candidates: Sequence[Candidate],
    weights: Weights,
    *,
    least: float = LEAST_CONFIDENCE,
) -> tuple[Statement, ...]:
    """Candidates -> statements with spans, modes, parents and calibrated confidence, in text order.

    Those less confident than ``least`` are left out. Speakers are left open:
    ``speaker`` is None and every mention's ``actor`` too.
    """
    whole = [_without_joints(text, ann, c) for c in candidates]
    sure = [(c, confidence(c, weights)) for c in whole]
    kept = [(c, chance) for c, chance in sure if chance >= least]
    ids = [_statement_id(text, ann, c) for c, _ in kept]
    parents = [None if n is None else ids[n] for n in _find_parents([c for c, _ in kept])]
    return tuple(
        msgspec.structs.replace(_build(text, ann, c), id=id_, parent=parent, confidence=chance)
        for (c, chance), id_, parent in zip(kept, ids, parents, strict=True)
    )


def _without_joints(text: Text, ann: Annotation, c: Candidate) -> Candidate:
    """The candidate without parts of its content that only join others: "and" between two quotations."""
    runs = c.roles["content"]
    kept = tuple(run for run in runs if _words(text, ann, run)["text"].lower() not in JOINTS)
    if not kept or kept == runs:
        return c
    return msgspec.structs.replace(c, roles={**c.roles, "content": kept})


def _build(text: Text, ann: Annotation, c: Candidate) -> Statement:
    """The statement without what depends on others: its id, parent and confidence."""
    content = tuple(_span(text, ann, run) for run in c.roles["content"])
    cue, source, addressee = (_whole(c, role) for role in ("cue", "source", "addressee"))
    venue, date = _whole(c, "venue"), _whole(c, "date")
    return Statement(
        id="",
        source=_mention(text, ann, source) if source else None,
        cue=_span(text, ann, cue) if cue else None,
        content=content,
        mode=_mode(text, ann, c),
        via=tuple(_mention(text, ann, run) for run in c.roles.get("via", ())),
        addressee=_mention(text, ann, addressee) if addressee else None,
        venue=Venue(**_words(text, ann, venue)) if venue else None,
        said_on=Interval(from_=None, to=None, precision=None, expression=_span(text, ann, date))
        if date
        else None,
        confidence=0.0,
    )


def _whole(c: Candidate, role: str) -> tuple[int, int] | None:
    """The one word range of a role that allows no gaps; None where the statement has none."""
    runs = c.roles.get(role)
    if not runs:
        return None
    if runs[-1][1] - runs[0][0] - sum(last - first for first, last in runs) <= SHORT_GAP:
        return runs[0][0], runs[-1][1]
    return min(runs, key=lambda run: (max(run[0] - c.first, c.first - run[1] + 1, 0), run))


def _words(text: Text, ann: Annotation, run: tuple[int, int]) -> dict[str, Any]:
    start, end = int(ann.words.starts[run[0]]), int(ann.words.ends[run[1] - 1])
    return {"start": start, "end": end, "text": text.document.text[start:end]}


def _span(text: Text, ann: Annotation, run: tuple[int, int]) -> Span:
    return Span(**_words(text, ann, run))


def _mention(text: Text, ann: Annotation, run: tuple[int, int]) -> Mention:
    return Mention(**_words(text, ann, run), form="nominal")


def _mode(text: Text, ann: Annotation, c: Candidate) -> Mode:
    """Read off the quotation marks; a block after "said:" is verbatim without them."""
    spoken = [w for w in sorted(c.words("content")) if ann.words.shapes[w] != MARK]
    share = sum(bool(ann.words.quotes[w]) for w in spoken) / len(spoken) if spoken else 0.0
    if share >= VERBATIM or _is_block(text, ann, c):
        return "direct"
    return "mixed" if share else "indirect"


def _is_block(text: Text, ann: Annotation, c: Candidate) -> bool:
    """Whether the content follows "said:", or the name of a transcript's speaker and a colon.

    All 6 such of the training articles are verbatim; after a noun ("the conclusion: …") it may be paraphrase.
    """
    whole, cue = text.document.text, c.roles.get("cue")
    first = int(ann.words.starts[c.roles["content"][0][0]])
    if not cue:
        return whole[max(0, first - 3) : first].rstrip(" ").endswith(":")
    start, end = int(ann.words.starts[cue[-1][0]]), int(ann.words.ends[cue[-1][1] - 1])
    return whole[end:first].strip() == ":" and whole[start:end].split()[-1].lower() in SAYING


def _find_parents(candidates: Sequence[Candidate]) -> list[int | None]:
    """For each candidate the smallest other one whose content holds it, cue and all."""
    claims = [c.words("cue") | c.words("content") for c in candidates]
    contents = [c.words("content") for c in candidates]
    found: list[int | None] = []
    for n, claim in enumerate(claims):
        around = [
            m
            for m, content in enumerate(contents)
            if m != n and len(content) > len(contents[n]) and len(claim & content) >= NESTED * len(claim)
        ]
        found.append(min(around, key=lambda m: len(contents[m]), default=None))
    return found


def _statement_id(text: Text, ann: Annotation, c: Candidate) -> str:
    """A hash of the document and the spans claimed: the same claim has the same id, whoever finds it."""
    runs = [
        [_words(text, ann, run) for run in c.roles.get(role, ())] for role in ("source", "cue", "content")
    ]
    return claim_id(text.document.id, [[(w["start"], w["end"]) for w in role] for role in runs])


def claim_id(document: str, claimed: Sequence[Sequence[tuple[int, int]]]) -> str:
    """The id of a statement in a document, from the places of its source, its cue and its content."""
    claim = repr((document, [list(places) for places in claimed]))
    return hashlib.sha256(claim.encode()).hexdigest()[:16]


class Weights(msgspec.Struct, frozen=True):
    """A logistic regression from what the model is sure of to being right (training/calibrate.py)."""

    bias: float
    anchor: float
    content: float
    source: float
    bare: float


def confidence(c: Candidate, weights: Weights) -> float:
    """The probability that the statement is at least partially right, 0 to 1, rounded to three places."""
    features = features_of(c)
    total = weights.bias + sum(getattr(weights, name) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-total)), 3)


def features_of(c: Candidate) -> dict[str, float]:
    """What confidence is made of: log-odds of anchor, content and source, and whether a cue is missing."""
    return {
        "anchor": _log_odds(c.anchor),
        "content": _log_odds(c.evidence["content"]),
        "source": _log_odds(c.evidence["source"]),
        "bare": float("cue" not in c.roles),
    }


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))
