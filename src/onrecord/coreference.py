"""Annotation -> clusters: which words of a document stand for the same thing.

1. spans: names, nominals and pronouns, from one layer over the encoder's words (coreference_spans.py);
2. pairs: for each mention the earlier ones it may go back to (coreference_pairs.py);
3. links: the best of them, unless none is likelier than a first mention;
4. clusters: mentions linked directly or through others (clusters.py).

The encoder is not run again: a document costs a few matrix products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.clusters import Cluster, join
from onrecord.coreference_pairs import FloatArray, Mentions, Pairs, find_pairs, read_mentions
from onrecord.coreference_spans import (
    SpanHeads,
    find_spans,
    sentence_numbers,
    word_vectors,
)
from onrecord.encoder import Annotation
from onrecord.errors import ModelError
from onrecord.records import Kind, Mention
from onrecord.text import Text

H = TypeVar("H", SpanHeads, "PairHeads")
HEADS_NAME = "coreference.npz"
ENTITY_KINDS = (
    "abstract", "animal", "event", "object", "organization", "person", "place", "plant", "substance", "time",
)  # fmt: skip
"""What a mention can stand for, in the order of the weights; only some are a record's kinds."""
_KINDS: dict[str, Kind] = {"person": "person", "organization": "organization", "place": "place"}
SEEN = 3
"""What tells a first mention beside its vector: its words stood before, its head did, its span's score."""


class PairHeads(msgspec.Struct, frozen=True):
    """The weights of mentions and pairs; D is the width of a word, M of a mention, P of a pair."""

    mention: FloatArray  # (3D, M): first word, last word, head
    mention_bias: FloatArray
    classes: FloatArray  # (CLASSES, M)
    entity: FloatArray  # (M, ENTITY_KINDS)
    entity_bias: FloatArray
    left: FloatArray  # (M, 2P): what the later mention adds and what it multiplies with
    right: FloatArray  # (M, 2P): the same of the earlier one
    features: FloatArray  # (FEATURES, P)
    pair_bias: FloatArray
    out: FloatArray  # (P,)
    table: FloatArray  # (CLASSES, CLASSES)
    fresh: FloatArray  # (M,)
    seen: FloatArray  # (SEEN + 1,), the last one always on


class CoreferenceHeads(msgspec.Struct, frozen=True):
    """All weights of coreference, and the two thresholds measured with them (training/coreference.py)."""

    spans: SpanHeads
    pairs: PairHeads
    span_floor: float
    link_margin: float


def find_heads(folder: Path, encoder_sha256: str) -> CoreferenceHeads | None:
    """The weights in ``folder``; None where there are none for this encoder, so that mentions stay unlinked.

    A test says so of the shipped ones. Raises ModelError if they are damaged.
    """
    if not (folder / HEADS_NAME).exists():
        return None
    try:
        with np.load(folder / HEADS_NAME) as file:
            arrays: dict[str, Any] = {name: file[name] for name in file.files}
        if arrays["encoder"].item() != encoder_sha256:
            return None
        floor, margin = (float(arrays[name].item()) for name in ("span_floor", "link_margin"))
        return CoreferenceHeads(unpack(arrays, SpanHeads), unpack(arrays, PairHeads), floor, margin)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the weights {HEADS_NAME} cannot be read ({error}): reinstall onrecord, or rebuild them "
            "with python -m training.coreference"
        ) from error


def unpack(arrays: Mapping[str, npt.NDArray[Any]], kind: type[H]) -> H:
    """The weights of one stage, in single precision."""
    return kind(**{name: arrays[name].astype(np.float32) for name in kind.__struct_fields__})


def find_clusters(
    text: Text, ann: Annotation, heads: CoreferenceHeads, *, singletons: bool = False
) -> tuple[Cluster, ...]:
    """The clusters of a document by their first mention, with ``singletons`` what is mentioned once, too."""
    if not ann.windows:
        return ()
    vectors = word_vectors(ann, heads.spans)
    sentences = sentence_numbers(ann.words.starts, text.sentences)
    spans = find_spans(vectors, sentences, heads.spans, heads.span_floor)
    if not len(spans):
        return ()
    mentions = read_mentions(text.document.text, ann, sentences, spans)
    pairs = find_pairs(mentions)
    vector = mention_vectors(vectors, mentions, heads.pairs)
    chances = link_chances(vector, mentions, pairs, heads.pairs, heads.link_margin)
    best = chances.argmax(1)
    linked = [
        (n, int(pairs.candidate[n, k]), float(chances[n, k]))
        for n, k in enumerate(best)
        if k < chances.shape[1] - 1
    ]
    groups = join([(n, other) for n, other, _ in linked], len(spans))
    sure = _certainty(mentions, linked)
    entity = vector @ heads.pairs.entity + heads.pairs.entity_bias
    least = 1 if singletons else 2
    return tuple(_cluster(text, ann, mentions, entity, g, sure) for g in groups if len(g) >= least)


def _certainty(mentions: Mentions, linked: Sequence[tuple[int, int, float]]) -> list[float]:
    """How sure each mention is of the name that its links lead back to: the product of their chances."""
    sure = [float(wording.form == "name") for wording in mentions.wordings]
    for n, other, chance in linked:  # in text order: the earlier mention is settled
        sure[n] = max(sure[n], chance * sure[other])
    return sure


def mention_vectors(vectors: FloatArray, mentions: Mentions, heads: PairHeads) -> FloatArray:
    """A vector (N, M) for each mention: its first and last word, its head, how it begins."""
    spans = mentions.spans
    x = np.concatenate((vectors[spans.first], vectors[spans.last], vectors[mentions.head]), 1)
    x = x @ heads.mention + heads.mention_bias + heads.classes[mentions.kind]
    found: FloatArray = np.maximum(x, 0)
    return found


def link_chances(
    vector: FloatArray, mentions: Mentions, pairs: Pairs, heads: PairHeads, margin: float
) -> FloatArray:
    """How likely each candidate is what a mention goes back to: (N, K + 1), the last column for none."""
    left, right = vector @ heads.left, vector @ heads.right
    half = left.shape[1] // 2
    at = pairs.candidate
    z = left[:, None, half:] * right[at, half:]
    z += left[:, None, :half] + right[at, :half]
    z += pairs.features @ heads.features + heads.pair_bias
    scores = np.maximum(z, 0) @ heads.out
    scores += heads.table[mentions.kind[:, None], mentions.kind[at]]
    scores = np.where(pairs.valid, scores, -np.inf)
    fresh = vector @ heads.fresh + seen_before(mentions, pairs) @ heads.seen + margin
    table = np.concatenate((scores, fresh[:, None]), 1)
    table = np.exp(table - table.max(1, keepdims=True))
    found: FloatArray = table / table.sum(1, keepdims=True)
    return found


def seen_before(mentions: Mentions, pairs: Pairs) -> FloatArray:
    """Whether a mention's words and its head stood before, its span's score, and 1: (N, SEEN + 1)."""
    there = pairs.valid[..., None] * pairs.features[..., :2]
    score = np.clip(mentions.spans.scores / 5, -1, 2)
    one = np.ones_like(score)
    found: FloatArray = np.concatenate((there.max(1), score[:, None], one[:, None]), 1).astype(np.float32)
    return found


def _cluster(
    text: Text,
    ann: Annotation,
    mentions: Mentions,
    entity: FloatArray,
    group: list[int],
    sure: Sequence[float],
) -> Cluster:
    words, spans = ann.words, mentions.spans
    found = []
    for n in group:
        start, end = int(words.starts[spans.first[n]]), int(words.ends[spans.last[n]])
        content = text.document.text[start:end]
        found.append(Mention(start=start, end=end, text=content, form=mentions.wordings[n].form))
    kind = ENTITY_KINDS[int(entity[group].mean(0).argmax())]
    certainty = tuple(round(sure[n], 3) for n in group)
    return Cluster(kind=_KINDS.get(kind), mentions=tuple(found), certainty=certainty)
