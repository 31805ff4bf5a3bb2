"""Fits the linear model of a sentence's words that stands beside the encoder for stances: half a minute.

    python -m training.stance_words --data DATA --out src/onrecord/models/stance_words.npz
    python -m training.stance_words --data DATA --check     # the shipped weights, with the relation model

Many rows of ``directed_sentiment`` valid are in train as well, the very sentence with the very pair, and
a model of words knows those by heart. So every figure is printed for all rows and for those not in train.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from onrecord.encoder import MODEL_FOLDER
from onrecord.evaluation.classes import class_figures
from onrecord.evaluation.gold import read_gold
from onrecord.evaluation.relations import JudgedPair
from onrecord.relation_labels import STANCES
from onrecord.relations import Relations
from onrecord.stance_words import BUCKETS, MIRRORED, StanceWords, features, find_stance_words
from onrecord.stances import LEAST_STANCE

STRENGTH = 0.3
"""How much the rows count against small weights. Of 0.1, 0.3, 1, 3 and 10 all give about the same macro-F1 on
rows of train that are held out (57 of a random fifth, 36 of a fifth without common sentences)."""
STEPS = 60
TRIED = (0.0, 0.3, 0.5, 0.7, 1.0, 1.5)
"""Weights of the words that ``--check`` shows."""


class Rows(NamedTuple):
    """The features of sentences, one after the other, and their labels."""

    buckets: torch.Tensor
    values: torch.Tensor
    starts: torch.Tensor
    labels: torch.Tensor


def places(row: JudgedPair) -> tuple[tuple[int, int], tuple[int, int]]:
    return (row.p.start, row.p.end), (row.q.start, row.q.end)


def known(row: JudgedPair) -> tuple[str, str, str]:
    """What makes two rows the same: the sentence, and the words of both participants."""
    p, q = (row.sentence[a:b] for a, b in places(row))
    return row.sentence.strip(), p, q


def read_features(rows: Sequence[JudgedPair]) -> Rows:
    """The features of every row; labels are those of the participant that stands first."""
    found = [features(r.sentence, *places(r)) for r in rows]
    starts = np.cumsum([0, *(len(b) for b, _ in found[:-1])])
    labels = [STANCES.index(r.label5) for r in rows]
    turned = [n if r.p.start <= r.q.start else MIRRORED[n] for n, r in zip(labels, rows, strict=True)]
    buckets, values = (np.concatenate(part) for part in zip(*found, strict=True))
    return Rows(torch.tensor(buckets), torch.tensor(values), torch.tensor(starts), torch.tensor(turned))


def fit(rows: Sequence[JudgedPair], strength: float = STRENGTH) -> StanceWords:
    """Logistic regression in which every label weighs the same; nothing in it is random."""
    read = read_features(rows)
    idf = 1 + torch.log((1 + len(rows)) / (1 + torch.bincount(read.buckets, minlength=BUCKETS).float()))
    values = read.values * idf[read.buckets]
    counts = torch.bincount(read.labels, minlength=len(STANCES)).float()
    balance = (len(rows) / len(STANCES) / counts)[read.labels]
    weights, bias = (
        torch.zeros(shape, requires_grad=True) for shape in ((BUCKETS, len(STANCES)), len(STANCES))
    )
    optimizer = torch.optim.LBFGS((weights, bias), max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = functional.embedding_bag(
            read.buckets, weights, read.starts, mode="sum", per_sample_weights=values
        )
        losses = functional.cross_entropy(scores + bias, read.labels, reduction="none")
        total = (losses * balance).mean() + weights.square().sum() / (2 * strength * len(rows))
        total.backward()
        return total

    optimizer.step(loss)
    return quantised((weights * idf[:, None]).detach().numpy(), bias.detach().numpy())


def quantised(weights: np.ndarray, bias: np.ndarray) -> StanceWords:
    """The same weights as whole numbers of one byte."""
    scale = np.abs(weights).max(0) / 127
    return StanceWords(
        np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias.astype(np.float32)
    )


def show(what: str, rows: Sequence[JudgedPair], told: np.ndarray, new: np.ndarray) -> None:
    """Prints macro-F1 and accuracy of probabilities (rows, STANCES): of all rows, and of the new ones."""
    gold, found = [r.label5 for r in rows], [STANCES[n] for n in told.argmax(1)]
    shown = []
    for chosen in (np.ones(len(rows), dtype=bool), new):
        figures = class_figures(*([x for x, c in zip(y, chosen, strict=True) if c] for y in (gold, found)))
        shown.append(f"macro-F1 {figures['macro_F1']:.1f}, accuracy {figures['accuracy']:.1f}")
    print(f"{what}: {shown[0]}; rows not in train: {shown[1]}")


def show_reported(what: str, rows: Sequence[JudgedPair], told: np.ndarray, new: np.ndarray) -> None:
    """Prints how many stances of p are likely enough to be reported (stances.py), and how many are right."""
    ours = [STANCES.index(s) for s in ("pos_p2q", "neg_p2q")]
    gold = np.asarray([STANCES.index(r.label5) for r in rows])
    best = told.argmax(1)
    sure = new & np.isin(best, ours) & (told.max(1) >= LEAST_STANCE)
    right, all_ = int((sure & (best == gold)).sum()), int((new & np.isin(gold, ours)).sum())
    print(f"{what}: of rows not in train {sure.sum()} reported at {LEAST_STANCE}, {right} right, of {all_}")


def by_words(words: StanceWords, rows: Iterable[JudgedPair]) -> np.ndarray:
    return np.stack([words.probabilities(r.sentence, *places(r)) for r in rows])


def check(rows: Sequence[JudgedPair], new: np.ndarray, words: StanceWords) -> None:
    """Prints the figures of the relation model without and with the words."""
    relations = Relations.load(threads=1)
    relations.stance_words = None
    alone = [relations.stance_given(r.sentence, *places(r)) for r in rows]
    encoder = [np.asarray(list(a.values()), dtype=np.float32) for a in alone]
    for weight in TRIED:
        told = [words.added_to(e, r.sentence, *places(r), weight) for e, r in zip(encoder, rows, strict=True)]
        what = f"model and {weight} x words" if weight else "model alone"
        show(what, rows, np.stack(told), new)
        show_reported(what, rows, np.stack(told), new)


def main() -> None:
    """The recipe; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    train, valid = (
        read_gold(args.data / f"directed_sentiment/{p}.jsonl", JudgedPair) for p in ("train", "valid")
    )
    seen = Counter(known(r) for r in train)
    new = np.asarray([known(r) not in seen for r in valid])
    print(f"{len(valid)} rows of valid, {len(valid) - new.sum()} of them in train as well")
    words = find_stance_words(MODEL_FOLDER) if args.check else fit(train)
    if words is None:
        parser.error(
            "there are no weights to check: run it with --out src/onrecord/models/stance_words.npz first"
        )
    show("words alone", valid, by_words(words, valid), new)
    if args.check:
        check(valid, new, words)
    if args.out and not args.check:
        np.savez_compressed(
            args.out, **{name: getattr(words, name) for name in StanceWords.__struct_fields__}
        )


if __name__ == "__main__":
    main()
