"""Mentions -> for each the earlier ones it may go back to, and what can be seen of each such pair.

Everything is arrays over pairs (N mentions, K candidates each), so that a
document costs a few matrix products; training computes its features here too.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.coreference_spans import IntArray, Spans
from onrecord.coreference_words import CLASSES, PLURAL, SINGULAR, Wording, read_wording
from onrecord.encoder import Annotation

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
CANDIDATES = 40
"""Earlier mentions tried for each: those that share a word with it first, then the nearest."""
REACH = 400
"""Mentions looked back over; some 1,300 words of news."""
BLOCK = 128
"""Mentions compared at once: bounds the memory of a long document."""
_DISTANCES = np.asarray([1, 2, 3, 5, 8, 13, 21, 34, 55, 100])
_SENTENCES = np.asarray([1, 2, 3, 4, 6, 10, 20])
_COPULAS = frozenset("is are was were be been became remains".split())
NAME = CLASSES.index("name")


class Mentions(msgspec.Struct, frozen=True):
    """N mentions as columns; strings and heads as numbers, equal where the words are."""

    spans: Spans
    wordings: tuple[Wording, ...]
    kind: IntArray
    head: IntArray  # the head's word number
    string: IntArray
    head_word: IntArray
    gender: IntArray
    number: IntArray
    sentence: IntArray
    paragraph: IntArray
    quote: IntArray  # the number of the quotation around it, 0 outside
    behind: IntArray  # what follows it: 1 a comma, 2 a bracket, 3 a form of "be"
    before: IntArray  # what stands before it, in the same terms


class Pairs(msgspec.Struct, frozen=True):
    """Candidates (N, K) of N mentions, ``valid`` where there is one, and features (N, K, F)."""

    candidate: IntArray
    valid: BoolArray
    features: FloatArray


def read_mentions(text: str, ann: Annotation, sentences: IntArray, spans: Spans) -> Mentions:
    """What is to be known of each span by itself."""
    words = [text[a:b] for a, b in zip(ann.words.starts, ann.words.ends, strict=True)]
    wordings = tuple(read_wording(words[a : b + 1]) for a, b in zip(spans.first, spans.last, strict=True))
    head = spans.first + np.asarray([w.head for w in wordings], dtype=np.int64)
    strings = [" ".join(w.content) or words[a].lower() for w, a in zip(wordings, spans.first, strict=True)]
    turns = np.concatenate(([0], np.cumsum(np.diff(ann.words.quotes) != 0))) + 1
    marks = np.asarray([_mark(w) for w in words] + [0], dtype=np.int64)
    return Mentions(
        spans=spans,
        wordings=wordings,
        kind=np.asarray([w.kind for w in wordings], dtype=np.int64),
        head=head,
        string=_numbered(strings),
        head_word=_numbered([words[h].lower() for h in head]),
        gender=np.asarray([w.gender for w in wordings], dtype=np.int64),
        number=np.asarray([w.number for w in wordings], dtype=np.int64),
        sentence=sentences[spans.first],
        paragraph=ann.paragraphs[spans.first],
        quote=np.where(ann.words.quotes[spans.first] > 0, turns[spans.first], 0),
        behind=marks[spans.last + 1],
        before=marks[spans.first - 1],
    )


def _mark(word: str) -> int:
    if word == ",":
        return 1
    return 2 if word in "([–—:-" else 3 if word.lower() in _COPULAS else 0


def _numbered(strings: Sequence[str]) -> IntArray:
    known: dict[str, int] = {}
    return np.asarray([known.setdefault(s, len(known)) for s in strings], dtype=np.int64)


def find_pairs(mentions: Mentions) -> Pairs:
    """The candidates of all mentions, with their features."""
    count = len(mentions.kind)
    blocks = [_block(mentions, low, min(low + BLOCK, count)) for low in range(0, count, BLOCK)]
    return Pairs(
        candidate=np.concatenate([b.candidate for b in blocks]),
        valid=np.concatenate([b.valid for b in blocks]),
        features=np.concatenate([b.features for b in blocks]),
    )


def _block(mentions: Mentions, low: int, high: int) -> Pairs:
    back = max(0, low - REACH)
    bags = _bags(mentions.wordings[back:high])
    sizes = bags.sum(1)
    shared = bags[low - back :] @ bags.T  # (B, back to high)
    ours, theirs = np.arange(low, high)[:, None], np.arange(back, high)[None]
    earlier = theirs < ours
    # A shared word puts a mention before all that share none; nearer ones come first among equals.
    rank = np.where(earlier, (ours - theirs) - 2.0 * REACH * np.minimum(shared, 1), np.inf)
    most = min(CANDIDATES, rank.shape[1])
    chosen = np.argpartition(rank, most - 1, axis=1)[:, :most]
    chosen = np.pad(chosen, ((0, 0), (0, CANDIDATES - most)))
    valid = np.take_along_axis(earlier, chosen, 1)
    valid[:, most:] = False
    overlap = np.take_along_axis(shared, chosen, 1)
    return Pairs(
        candidate=chosen + back,
        valid=valid,
        features=_features(mentions, ours, chosen + back, overlap, sizes[low - back :, None], sizes[chosen]),
    )


def _bags(wordings: Sequence[Wording]) -> FloatArray:
    """Which content words (V, of these mentions) each mention has: (N, V)."""
    known: dict[str, int] = {}
    rows, columns = [], []
    for n, wording in enumerate(wordings):
        for word in set(wording.content):
            rows.append(n)
            columns.append(known.setdefault(word, len(known)))
    bags = np.zeros((len(wordings), max(1, len(known))), dtype=np.float32)
    bags[rows, columns] = 1
    return bags


def _features(
    m: Mentions, i: IntArray, j: IntArray, shared: FloatArray, ours: FloatArray, theirs: FloatArray
) -> FloatArray:
    """Features (B, K, F) of mentions ``i`` (B, 1) and candidates ``j`` (B, K); ``shared`` content words."""
    first, last, names = m.spans.first, m.spans.last, (m.kind[i] == NAME) & (m.kind[j] == NAME)
    distance = np.searchsorted(_DISTANCES, i - j, side="right")
    between = np.searchsorted(_SENTENCES, m.sentence[i] - m.sentence[j], side="right")
    paragraphs = np.clip(m.paragraph[i] - m.paragraph[j], 0, 3)
    gap = first[i] - last[j]
    same_head, some = m.head_word[i] == m.head_word[j], shared > 0
    gender = m.gender[i] * m.gender[j]
    number = m.number[i] * m.number[j]
    plain = [
        m.string[i] == m.string[j],
        same_head,
        same_head & (shared < ours) & (shared < theirs),
        some,
        some & (shared >= ours),
        some & (shared >= theirs),
        some & (2 * shared >= np.maximum(ours, theirs)),
        names & some,
        names & ~some,
        names & same_head,
        gender == 2,
        (gender == 1) | (gender == 4),
        number == SINGULAR * PLURAL,
        (number == SINGULAR) | (number == PLURAL * PLURAL),
        last[j] >= last[i],  # the mention stands inside the candidate
        first[i] == first[j],
        gap == 1,
        (gap == 2) & (m.behind[j] == 1),
        (gap == 2) & (m.behind[j] == 2),
        (gap <= 4) & (gap > 1) & (m.behind[j] == 3),
        (m.quote[i] > 0) & (m.quote[i] == m.quote[j]),
        (m.quote[i] > 0) & (m.quote[j] > 0) & (m.quote[i] != m.quote[j]),
        (m.quote[i] > 0) & (m.quote[j] == 0),
        (m.quote[i] == 0) & (m.quote[j] > 0),
        m.kind[i] == m.kind[j],
        np.broadcast_to(m.before[i] == 3, j.shape),
    ]
    sets = ((distance, len(_DISTANCES) + 1), (between, len(_SENTENCES) + 1), (paragraphs, 4))
    ranges = [value[..., None] == np.arange(size) for value, size in sets]
    return np.concatenate((np.stack(plain, -1), *ranges), -1).astype(np.float32)


FEATURES = 26 + len(_DISTANCES) + 1 + len(_SENTENCES) + 1 + 4
