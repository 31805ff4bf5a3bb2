"""Annotation -> candidates: which words are a cue, and whose words they introduce.

1. anchors: every word that begins a cue with some probability is a candidate;
2. roles: the model labels the words around each candidate, given it;
3. candidates that claim the same content compete, the likelier stays;
4. a content that swallowed its speaker's next statement gives it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from onrecord.crf import FloatArray, IntArray, best_paths, marginals
from onrecord.encoder import Annotation, Encoder, WindowScores
from onrecord.labels import ANCHORS, ROLES, begin
from onrecord.words import MARK, Words

ANCHOR_FLOOR = 0.30
"""Probability above which a word is tried as the beginning of a cue (docs/experiments.md, "Decoding")."""
BARE_FLOOR = 0.40
"""The same for a statement without a cue."""
INSIDE_FLOOR = 0.40
"""Probability above which the next word belongs to the cue."""
_WEIGHED = frozenset(("content", "source"))  # what confidence weighs even where it is missing
SAME_CONTENT = 0.60
"""Two candidates whose contents overlap by more than this share (IoU in words) are rivals."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in words: half-open word ranges per role, and how sure the model is of each part."""

    roles: dict[str, tuple[tuple[int, int], ...]]
    first: int
    anchor: float
    evidence: dict[str, float]

    def words(self, role: str) -> set[int]:
        """The word numbers of a role."""
        return {w for first, last in self.roles.get(role, ()) for w in range(first, last)}


def find_candidates(encoder: Encoder, ann: Annotation, *, floor: float = ANCHOR_FLOOR) -> list[Candidate]:
    """All candidate statements of a document, rivals settled, in the order of their contents."""
    found: list[tuple[WindowScores, tuple[int, int], float]] = []
    for scores in ann.windows:
        found += ((scores, bounds, chance) for bounds, chance in _anchors(scores, floor))
    if not found:
        return []
    roles, chances = _read_roles(encoder, ann, found)
    candidates = [
        _candidate(scores.window.first, bounds, chance, roles[n], chances[n])
        for n, (scores, bounds, chance) in enumerate(found)
    ]
    kept = settle([c for c in candidates if c.roles.get("content")])
    kept = part_coordinate(kept, ann.words)
    return sorted(kept, key=lambda c: (c.roles["content"][0], c.roles.get("cue", ())))


def _anchors(scores: WindowScores, floor: float) -> Iterator[tuple[tuple[int, int], float]]:
    """First and last word (in the window) of each possible anchor, and its probability."""
    chance = np.exp(scores.anchors)
    first_own = scores.window.own - scores.window.first
    begins, inside, bare = (chance[:, ANCHORS.index(name)] for name in ("begin", "inside", "bare"))
    for word in np.flatnonzero(np.maximum(begins / floor, bare / BARE_FLOOR) >= 1):
        if word < first_own:
            continue
        last = int(word)
        if begins[word] >= bare[word]:
            while last + 1 < len(inside) and inside[last + 1] >= INSIDE_FLOOR:
                last += 1
        yield (int(word), last), float(max(begins[word], bare[word]))


def _read_roles(
    encoder: Encoder, ann: Annotation, found: Sequence[tuple[WindowScores, tuple[int, int], float]]
) -> tuple[IntArray, FloatArray]:
    """Labels (S, W) and label probabilities (S, W, L) for all anchors of a document at once."""
    most = max(len(scores.anchors) for scores, _, _ in found)
    padded = np.zeros((len(found), most, 1 + 2 * len(ROLES)), dtype=np.float32)
    mask = np.zeros((len(found), most), dtype=bool)
    at = 0
    for scores in dict.fromkeys(id(s) for s, _, _ in found):
        group = [(s, bounds) for s, bounds, _ in found if id(s) == scores]
        read = encoder.role_scores(ann, group[0][0], [bounds for _, bounds in group])
        padded[at : at + len(group), : read.shape[1]] = read
        mask[at : at + len(group), : read.shape[1]] = True
        at += len(group)
    transitions = encoder.heads.transitions
    return best_paths(padded, mask, transitions), marginals(padded, mask, transitions)


def _candidate(
    offset: int, bounds: tuple[int, int], chance: float, labels: IntArray, chances: FloatArray
) -> Candidate:
    roles: dict[str, tuple[tuple[int, int], ...]] = {}
    evidence: dict[str, float] = {}
    present = set(labels.tolist())
    for role in ROLES:
        b = begin(role)
        if role not in _WEIGHED and not present & {b, b + 1}:
            continue
        runs = _runs(np.flatnonzero((labels == b) | (labels == b + 1)))
        sure = chances[:, b] + chances[:, b + 1]
        if runs:
            roles[role] = tuple((first + offset, last + offset) for first, last in runs)
            evidence[role] = float(np.mean([sure[first:last].mean() for first, last in runs]))
        else:
            evidence[role] = float(1 - sure.max())
    return Candidate(roles=roles, first=bounds[0] + offset, anchor=chance, evidence=evidence)


def _runs(words: IntArray) -> list[tuple[int, int]]:
    """Consecutive word numbers as half-open ranges."""
    if not len(words):
        return []
    breaks = np.flatnonzero(np.diff(words) > 1) + 1
    return [(int(part[0]), int(part[-1]) + 1) for part in np.split(words, breaks)]


def settle(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates less those that a likelier one with the same content leaves no room for."""
    kept: list[tuple[Candidate, set[int]]] = []
    for candidate in sorted(candidates, key=lambda c: -c.anchor * c.evidence["content"]):
        content = candidate.words("content")
        if all(len(content & other) <= SAME_CONTENT * len(content | other) for _, other in kept):
            kept.append((candidate, content))
    return [candidate for candidate, _ in kept]


def part_coordinate(candidates: list[Candidate], words: Words) -> list[Candidate]:
    """The candidates, each without the statements of the same source words that stand in its content.

    In "X said that A, promising B" both are said by X, who stands outside of A: the
    second is beside the first, not inside it. What X says within a quotation has a
    source of its own there.
    """
    return [_parted(candidate, candidates, words) for candidate in candidates]


def _parted(candidate: Candidate, others: list[Candidate], words: Words) -> Candidate:
    source, content = candidate.words("source"), candidate.words("content")
    left = set(content)
    for other in others:
        cue = other.words("cue")
        if other is candidate or not cue or not cue < content or other.words("source") != source:
            continue
        last = max(cue | other.words("content"))
        left -= set(range(min(cue), last + 1))
        before = min(cue) - 1
        while before in left and words.shapes[before] == MARK and not words.quotes[before]:
            left.discard(before)
            before -= 1
    if not source or source & content or not left or left == content:
        return candidate
    runs = _runs(np.asarray(sorted(left), dtype=np.int64))
    return msgspec.structs.replace(candidate, roles={**candidate.roles, "content": tuple(runs)})
