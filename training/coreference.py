"""Trains the heads of coreference on the frozen encoder: minutes on one core.

    python -m training.coreference --models src/onrecord/models --data DATA

The shipped encoder reads the corpora once; what it says is kept (``--cache FILE`` keeps it between runs).
Then a layer over the words, the span scores and the pair scores are trained together and written to
``coreference.npz`` in the models' folder, with the digest of the encoder that they belong to.

DATA holds ``gum/gum.jsonl``; its non-commercial texts are left out, its part ``dev`` sets the two thresholds.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.coreference import (
    ENTITY_KINDS,
    HEADS_NAME,
    SEEN,
    CoreferenceHeads,
    PairHeads,
    find_clusters,
    seen_before,
    unpack,
)
from onrecord.coreference_pairs import FEATURES, Pairs, find_pairs, read_mentions
from onrecord.coreference_spans import (
    FAR,
    LONGEST,
    SpanHeads,
    Spans,
    possible_spans,
    sentence_numbers,
)
from onrecord.coreference_words import CLASSES
from onrecord.encoder import Annotation, Encoder, WindowScores
from onrecord.evaluation.coreference import Scorer
from onrecord.sources.raw import RawDocument
from onrecord.text import Text, read_text
from onrecord.windows import Window
from onrecord.words import SHAPES, Words
from training.corpora import load

log = logging.getLogger("training")

WORD, SPAN, MENTION, PAIR = 256, 64, 128, 64
"""Widths of the layer over words, of a span's product, of a mention and of a pair."""
SPAN_EPOCHS, EPOCHS, RATE, DROP, INPUT_DROP = 8, 12, 2e-3, 0.3, 0.2
PIECE = 200
"""Words of the pieces on which spans are trained alone."""
TRIED = -1.5
"""Log-odds from which a span that is no gold mention is trained on as a mention that goes back to none."""
SPAN_FLOORS, LINK_MARGINS = (-1.5, -1.0, -0.5, 0.0, 0.5), (-1.0, -0.5, 0.0, 0.5)
"""The thresholds tried on the development part."""


@dataclass
class Example:
    """One annotated document: gold spans (N, 2) in words, what they are (-1 unknown), their clusters."""

    name: str
    text: Text
    ann: Annotation
    sentences: np.ndarray
    spans: np.ndarray
    entities: np.ndarray
    clusters: np.ndarray
    gold: list[list[tuple[int, int]]]  # clusters of two or more, in code points


def read_example(row: dict[str, Any], encoder: Encoder) -> Example:
    """One row of GUM as the encoder reads it."""
    text = read_text(RawDocument(data=row["text"], origin=row["id"]))
    ann = _slim(encoder.annotate(text))
    words, found = ann.words, {}
    for m in row["mentions"]:
        first = int(np.searchsorted(words.ends, m["start"], side="right"))
        last = int(np.searchsorted(words.starts, m["end"], side="left")) - 1
        if first <= last and words.starts[first] == m["start"] and words.ends[last] == m["end"]:
            kind = ENTITY_KINDS.index(m["etype"]) if m["etype"] in ENTITY_KINDS else -1
            found[first, last] = (kind, m["cluster"])
    numbers: dict[str, int] = {}
    clusters: dict[str, list[tuple[int, int]]] = {}
    for m in row["mentions"]:
        clusters.setdefault(m["cluster"], []).append((m["start"], m["end"]))
    return Example(
        name=row["id"],
        text=text,
        ann=ann,
        sentences=sentence_numbers(words.starts, text.sentences),
        spans=np.asarray(list(found), dtype=np.int64).reshape(-1, 2),
        entities=np.asarray([kind for kind, _ in found.values()], dtype=np.int64),
        clusters=np.asarray([numbers.setdefault(c, len(numbers)) for _, c in found.values()], dtype=np.int64),
        gold=[group for group in clusters.values() if len(group) > 1],
    )


def _slim(ann: Annotation) -> Annotation:
    """The annotation with nothing but the middle layer, in half precision: it is kept in memory."""
    empty = np.zeros((0, 0), dtype=np.float32)
    windows = tuple(
        WindowScores(w.window, empty, empty, empty, None if w.hidden is None else w.hidden.astype(np.float16))
        for w in ann.windows
    )
    return Annotation(ann.words, ann.paragraphs, windows)


Tried: TypeAlias = dict[tuple[int, int], float]
"""Spans, first and last word, with their scores."""


class Model(nn.Module):
    """The same computation as onrecord.coreference, on tensors."""

    def __init__(self, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.project = nn.Linear(len(mean), WORD)
        self.shape = nn.Embedding(SHAPES, WORD)
        self.near, self.far = nn.Linear(3 * WORD, WORD), nn.Linear(3 * WORD, WORD)
        self.edge, self.parts = nn.Linear(WORD, 2), nn.Linear(WORD, 5 * SPAN)
        self.width = nn.Embedding(LONGEST, SPAN)
        self.span = nn.Linear(SPAN, 1)
        self.mention = nn.Linear(3 * WORD, MENTION)
        self.classes = nn.Embedding(len(CLASSES), MENTION)
        self.entity = nn.Linear(MENTION, len(ENTITY_KINDS))
        self.left = nn.Linear(MENTION, 2 * PAIR, bias=False)
        self.right = nn.Linear(MENTION, 2 * PAIR, bias=False)
        self.features = nn.Linear(FEATURES, PAIR)
        self.out = nn.Linear(PAIR, 1, bias=False)
        self.table = nn.Parameter(torch.zeros(len(CLASSES), len(CLASSES)))
        self.fresh = nn.Linear(MENTION, 1, bias=False)
        self.seen = nn.Linear(SEEN + 1, 1, bias=False)
        self.drop, self.input_drop = nn.Dropout(DROP), nn.Dropout(INPUT_DROP)
        for table in (self.shape, self.classes, self.width):
            nn.init.normal_(table.weight, std=0.05)

    def words(self, hidden: Tensor, shapes: Tensor) -> Tensor:
        """(W, H) and (W,) -> (W, D)."""
        x = self.input_drop((hidden - self.mean) / self.deviation)
        x = functional.relu(self.project(x) + self.shape(shapes))
        for layer, step in ((self.near, 1), (self.far, FAR)):
            y = functional.pad(self.drop(x), (0, 0, step, step))
            x = x + functional.relu(layer(torch.cat((y[: len(x)], y[step:-step], y[2 * step :]), 1)))
        return x

    def spans(self, vectors: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Log-odds (N,) of the spans from ``first`` to ``last``."""
        begin, end, inside, times_begin, times_end = self.parts(vectors).chunk(5, 1)
        sums = functional.pad(inside.cumsum(0), (0, 0, 1, 0))
        widths = last - first
        z = begin[first] + end[last] + times_begin[first] * times_end[last] + self.width(widths)
        z = z + (sums[last + 1] - sums[first]) / (widths[:, None] + 1)
        scores: Tensor = self.span(self.drop(functional.relu(z)))[:, 0]
        return scores

    def mentions(self, vectors: Tensor, spans: Spans, head: np.ndarray, kind: np.ndarray) -> Tensor:
        """(W, D) -> (N, M)."""
        x = torch.cat([vectors[torch.as_tensor(at)] for at in (spans.first, spans.last, head)], 1)
        return functional.relu(self.mention(x) + self.classes(torch.as_tensor(kind)))

    def links(self, vector: Tensor, kind: np.ndarray, pairs: Pairs, seen: np.ndarray) -> Tensor:
        """Scores (N, K + 1), the last column for a first mention."""
        left, right = self.left(vector), self.right(vector)
        at = torch.as_tensor(pairs.candidate)
        add, times = left[:, None].chunk(2, -1)
        other_add, other_times = right[at].chunk(2, -1)
        z = add + other_add + times * other_times + self.features(torch.as_tensor(pairs.features))
        scores = self.out(self.drop(functional.relu(z)))[..., 0]
        scores = scores + self.table[torch.as_tensor(kind)[:, None], torch.as_tensor(kind)[at]]
        scores = scores.masked_fill(~torch.as_tensor(pairs.valid), -1e4)
        return torch.cat((scores, self.fresh(vector) + self.seen(torch.as_tensor(seen))), 1)


def loss_of(model: Model, example: Example) -> tuple[Tensor, Tensor, Tensor]:
    """The losses of one document, each by gold mention: spans, links, kinds."""
    vectors = model.words(
        torch.as_tensor(example.ann.hidden().astype(np.float32)), torch.as_tensor(example.ann.words.shapes)
    )
    count = max(1, len(example.spans))
    span_loss, tried = _span_loss(model, model.drop(vectors), example)
    spans, gold = _with_gold(tried, example)
    mentions = read_mentions(example.text.document.text, example.ann, example.sentences, spans)
    pairs = find_pairs(mentions)
    vector = model.drop(model.mentions(vectors, spans, mentions.head, mentions.kind))
    scores = model.links(vector, mentions.kind, pairs, seen_before(mentions, pairs))
    cluster = np.where(gold >= 0, example.clusters[gold], -1)
    right = pairs.valid & (cluster[:, None] >= 0) & (cluster[:, None] == cluster[pairs.candidate])
    right = np.concatenate((right, ~right.any(1, keepdims=True)), 1)
    inside = scores.masked_fill(~torch.as_tensor(right), -1e4)
    link_loss = (scores.logsumexp(1) - inside.logsumexp(1)).sum() / count
    wanted = torch.as_tensor(np.where(gold >= 0, example.entities[gold], -1))
    kind_loss = functional.cross_entropy(model.entity(vector), wanted, ignore_index=-1)
    return span_loss / count, link_loss, kind_loss


def _span_loss(model: Model, vectors: Tensor, example: Example) -> tuple[Tensor, Tried]:
    """The summed loss of edges and of possible spans, and the score of each likely or gold one."""
    edges = model.edge(vectors)
    gold = {(int(a), int(b)) for a, b in example.spans if b - a < LONGEST}
    wanted = torch.zeros_like(edges)
    for side in (0, 1):
        wanted[[span[side] for span in gold], side] = 1
    total = functional.binary_cross_entropy_with_logits(edges, wanted, reduction="sum")
    firsts, lasts = possible_spans(edges.detach().numpy(), example.sentences)
    both = [*({*zip(firsts.tolist(), lasts.tolist(), strict=True)} | gold)]
    first, last = torch.as_tensor(both).T
    scores = model.spans(vectors, first, last)
    right = torch.as_tensor([float(span in gold) for span in both])
    total = total + functional.binary_cross_entropy_with_logits(scores, right, reduction="sum")
    tried = {
        span: score
        for span, score in zip(both, scores.tolist(), strict=True)
        if score > TRIED or span in gold
    }
    return total, tried


def _with_gold(tried: Tried, example: Example) -> tuple[Spans, np.ndarray]:
    """The likely spans, at most one for every two words, with the gold ones; and each one's gold number."""
    known = {(int(a), int(b)): n for n, (a, b) in enumerate(example.spans)}
    likely = sorted(tried, key=lambda s: -tried[s])[: len(example.sentences) // 2]
    both = sorted({*likely, *known}, key=lambda s: (s[0], -s[1]))
    first, last = np.asarray(both, dtype=np.int64).T
    gold = np.asarray([known.get(span, -1) for span in both], dtype=np.int64)
    return Spans(first, last, np.asarray([tried.get(s, 0.0) for s in both], dtype=np.float32)), gold


def arrays_of(model: Model) -> dict[str, np.ndarray]:
    """The weights as reading uses them; the standardisation goes into the first layer."""
    state = {k: v.detach().double().numpy() for k, v in model.state_dict().items()}
    project = state["project.weight"] / state["deviation"]
    arrays = {
        "project": project.T,
        "project_bias": state["project.bias"] - project @ state["mean"],
        "width": state["width.weight"], "span": state["span.weight"][0], "span_bias": state["span.bias"],
        "table": state["table"],
        "out": state["out.weight"][0], "fresh": state["fresh.weight"][0], "seen": state["seen.weight"][0],
        "shape": state["shape.weight"], "classes": state["classes.weight"],
        "features": state["features.weight"].T, "pair_bias": state["features.bias"],
        "left": state["left.weight"].T, "right": state["right.weight"].T,
    }  # fmt: skip
    for name in ("near", "far", "edge", "parts", "mention", "entity"):
        arrays |= {name: state[f"{name}.weight"].T, f"{name}_bias": state[f"{name}.bias"]}
    return {name: value.astype(np.float16) for name, value in arrays.items()}


def heads_of(arrays: dict[str, np.ndarray], floor: float, margin: float) -> CoreferenceHeads:
    """The heads that reading would load from ``arrays``."""
    return CoreferenceHeads(unpack(arrays, SpanHeads), unpack(arrays, PairHeads), floor, margin)


def score(examples: list[Example], heads: CoreferenceHeads) -> dict[str, Any]:
    """The figures of task ``coreference`` on the examples."""
    scorer = Scorer()
    for example in examples:
        found = find_clusters(example.text, example.ann, heads)
        scorer.add(example.gold, [[(m.start, m.end) for m in c.mentions] for c in found])
    return scorer.figures()


def set_thresholds(arrays: dict[str, np.ndarray], dev: list[Example]) -> tuple[float, float]:
    """The span floor and the link margin with the best CoNLL F1."""
    tried = {}
    for floor in SPAN_FLOORS:
        for margin in LINK_MARGINS:
            tried[floor, margin] = score(dev, heads_of(arrays, floor, margin))["conll"]
            log.info("span floor %.1f, link margin %.1f: CoNLL F1 %.1f", floor, margin, tried[floor, margin])
    return max(tried, key=lambda k: tried[k])


def learn_spans(model: Model, examples: list[Example], args: argparse.Namespace, rng: random.Random) -> None:
    """Trains spans alone on pieces of documents: they need more steps than there are documents."""
    pieces = [piece for example in examples for piece in cut(example, PIECE)]
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.02, betas=(0.9, 0.98))
    steps = args.span_epochs * len(pieces)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 100, 1 - 0.7 * s / max(1, steps))
    )
    model.train()
    for epoch in range(args.span_epochs):
        began, total = time.process_time(), 0.0
        for piece in rng.sample(pieces, len(pieces)):
            hidden = torch.as_tensor(piece.ann.hidden().astype(np.float32))
            vectors = model.words(hidden, torch.as_tensor(piece.ann.words.shapes))
            loss = _span_loss(model, model.drop(vectors), piece)[0] / max(1, len(piece.spans))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            total += loss.item()
        spent = time.process_time() - began
        log.info("spans alone, epoch %d: %.3f, %.0f s", epoch, total / len(pieces), spent)


def cut(example: Example, size: int) -> Iterator[Example]:
    """The document in pieces of whole sentences of about ``size`` words."""
    numbers, hidden = example.sentences, example.ann.hidden()
    cuts = [int(c) for c in np.flatnonzero(np.diff(numbers)) + 1]
    bounds, start = [], 0
    for at in [*cuts, len(numbers)]:
        if at - start >= size or at == len(numbers):
            bounds.append((start, at))
            start = at
    for low, high in bounds:
        words = example.ann.words
        part = Words(
            *(column[low:high] for column in (words.starts, words.ends, words.shapes, words.quotes)),
            words.pieces[low:high],
        )
        empty = np.zeros((0, 0), dtype=np.float32)
        window = WindowScores(Window(0, 0, high - low), empty, empty, empty, hidden[low:high])
        inside = (example.spans[:, 0] >= low) & (example.spans[:, 1] < high)
        if inside.any():
            yield replace(
                example,
                ann=Annotation(part, example.ann.paragraphs[low:high], (window,)),
                sentences=numbers[low:high],
                spans=example.spans[inside] - low,
            )


def train(examples: list[Example], dev: list[Example], args: argparse.Namespace) -> dict[str, np.ndarray]:
    """The trained weights."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    everything = np.concatenate([e.ann.hidden() for e in examples]).astype(np.float32)
    model = Model(torch.as_tensor(everything.mean(0)), torch.as_tensor(everything.std(0) + 1e-3))
    del everything
    optimizer = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=0.02, betas=(0.9, 0.98))
    steps = args.epochs * len(examples)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 100, (steps - s) / max(1, steps - 100))
    )
    learn_spans(model, examples, args, rng)
    for epoch in range(args.epochs):
        model.train()
        began, sums = time.process_time(), np.zeros(3)
        for example in rng.sample(examples, len(examples)):
            losses = loss_of(model, example)
            sum(losses).backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            sums += [loss.item() for loss in losses]
        means = sums / len(examples)
        log.info(
            "epoch %d: spans %.3f links %.3f kinds %.3f, %.0f s", epoch, *means, time.process_time() - began
        )
        if dev and (epoch + 1) % args.score_every == 0:
            log.info("%s", score(dev, heads_of(arrays_of(model), 0.0, 0.0)))
    return arrays_of(model)


def read_corpora(data: Path, models: Path) -> tuple[list[Example], list[Example], str]:
    """Training and development examples, and the digest of the encoder that read them."""
    encoder = Encoder.load(models, threads=1)
    parts: dict[str, list[Example]] = {"train": [], "dev": []}
    for row in load(data / "gum" / "gum.jsonl"):
        if row["split"] == "dev" or (row["split"] == "train" and row["noncommercial"] != 1):
            parts[row["split"]].append(read_example(row, encoder))
    return parts["train"], parts["dev"], encoder.sha256


def main() -> None:
    """The whole recipe; see the module's docstring."""
    args = parse_arguments()
    torch.set_num_threads(1)
    if args.cache and args.cache.exists():
        examples, dev, sha256 = pickle.loads(args.cache.read_bytes())
    else:
        examples, dev, sha256 = read_corpora(args.data, args.models)
        if args.cache:
            args.cache.write_bytes(pickle.dumps((examples, dev, sha256)))
    log.info("%d documents, %d to set thresholds", len(examples), len(dev))
    arrays = train(examples, dev, args)
    floor, margin = set_thresholds(arrays, dev)
    log.info("%s", json.dumps(score(dev, heads_of(arrays, floor, margin))))
    out = args.out or args.models / HEADS_NAME
    np.savez_compressed(out, **arrays, encoder=np.array(sha256), span_floor=floor, link_margin=margin)


def parse_arguments() -> argparse.Namespace:
    """The options of a run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, required=True)
    add("--models", type=Path, required=True)
    add("--out", type=Path, help="where to write, if not into the models' folder")
    add("--cache", type=Path, help="keeps what the encoder read; must be of the same encoder")
    add("--epochs", type=int, default=EPOCHS)
    add("--span-epochs", type=int, default=SPAN_EPOCHS)
    add("--rate", type=float, default=RATE)
    add("--seed", type=int, default=1)
    add("--score-every", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main()
