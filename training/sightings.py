"""Trains the head that tells which sentences may hold an event, on the shared encoder's words: a minute.

    python -m training.sightings --data DATA --out src/onrecord/models/sightings.npz

The head sees the middle layer's vector of each word (``Annotation.hidden``); a word is positive where it
belongs to a trigger of ``intl``, of ``training/annotated_events`` or of ``annotated_elsewhere``. The figures
for ``intl`` dev that are logged tell which share of the text is read a second time at each threshold, and
what is lost.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.encoder import Encoder
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text
from training.annotate import ANNOTATED_EVENTS, build_training
from training.elsewhere import read_elsewhere
from training.relation_examples import MARGINAL, covered, listed, read_rows

log = logging.getLogger("sightings")
INNER, DROPOUT, EPOCHS, RATE, BATCH = 96, 0.3, 12, 3e-3, 512
REPEAT = 2
"""Times ``intl`` is seen an epoch, everything else once."""
THRESHOLDS_TRIED = (0.1, 0.2, 0.3, 0.35, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class Seen:
    """The words of one text: vectors, whether they are of a trigger, how much that counts, sentences."""

    hidden: np.ndarray
    positive: np.ndarray
    weights: np.ndarray
    firm: np.ndarray
    sentences: tuple[tuple[int, int], ...]
    sizes: np.ndarray


def see(rows: Iterable[dict[str, Any]], encoder: Encoder) -> list[Seen]:
    """The words of every text that has any."""
    seen = []
    for row in rows:
        text = read_text(RawDocument(data=row["text"]))
        ann = encoder.annotate(text)
        if not len(ann.words):
            continue
        positive, firm, weights = (np.zeros(len(ann.words)) for _ in range(3))
        weights += 1.0
        for event in row["events"]:
            for span in [*listed(event["trigger"]), *listed(event.get("other_triggers"))]:
                at = list(covered(ann.words, span))
                positive[at] = 1.0
                firm[at] = not event.get("marginal")
                weights[at] = MARGINAL if event.get("marginal") else 1.0
        bounds = tuple(
            (int(a), int(b))
            for a, b in (np.searchsorted(ann.words.starts, s) for s in text.sentences)
            if b > a
        )
        sizes = np.asarray([len(p) for p in ann.words.pieces])
        seen.append(Seen(ann.hidden(), positive, weights, firm, bounds, sizes))
    return seen


def fit(seen: Sequence[Seen], seed: int) -> tuple[nn.Module, Tensor, Tensor]:
    """The trained head, and the mean and spread of the vectors that it expects."""
    torch.manual_seed(seed)
    x = torch.tensor(np.concatenate([s.hidden for s in seen]))
    y = torch.tensor(np.concatenate([s.positive for s in seen])).float()
    w = torch.tensor(np.concatenate([s.weights for s in seen])).float()
    mean, spread = x.mean(0), x.std(0) + 1e-5
    x = (x - mean) / spread
    layers = (
        nn.Dropout(DROPOUT),
        nn.Linear(x.shape[1], INNER),
        nn.ReLU(),
        nn.Dropout(DROPOUT),
        nn.Linear(INNER, 1),
    )
    head = nn.Sequential(*layers)
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=EPOCHS * (len(x) // BATCH) + 1
    )
    for _ in range(EPOCHS):
        for part in torch.randperm(len(x)).split(BATCH)[: len(x) // BATCH]:
            losses = nn.functional.binary_cross_entropy_with_logits(head(x[part])[:, 0], y[part], w[part])
            optimizer.zero_grad()
            losses.backward()
            optimizer.step()
            schedule.step()
    return head.eval(), mean, spread


def main() -> None:
    """The recipe; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    encoder = Encoder.load()
    own = see(build_training(folder=ANNOTATED_EVENTS)[0], encoder)
    intl = see(read_rows(args.data / "intl/train.jsonl"), encoder)
    elsewhere = see(read_elsewhere(args.data), encoder)
    head, mean, spread = fit(own + elsewhere + intl * REPEAT, args.seed)
    first, last = head[1], head[4]
    inner = (first.weight / spread).T
    arrays = {
        "inner": inner, "inner_bias": first.bias - mean @ inner,
        "out": last.weight[0], "out_bias": last.bias[0],
    }  # fmt: skip
    weights = {k: v.detach().numpy().astype(np.float32) for k, v in arrays.items()}
    np.savez(args.out, **weights, encoder=np.asarray(encoder.sha256))
    report(see(read_rows(args.data / "intl/dev.jsonl"), encoder), weights)


def report(seen: Sequence[Seen], weights: dict[str, np.ndarray]) -> None:
    """Logs, for some thresholds, how much of the text would be read again and how many triggers with it."""
    rows = []
    for s in seen:
        z = (
            np.maximum(s.hidden @ weights["inner"] + weights["inner_bias"], 0) @ weights["out"]
            + weights["out_bias"]
        )
        for a, b in s.sentences:
            rows.append((1 / (1 + np.exp(-z[a:b].max())), s.sizes[a:b].sum(), s.firm[a:b].sum()))
    p, sizes, firm = np.asarray(rows, dtype=float).T
    for least in THRESHOLDS_TRIED:
        chosen = p >= least
        shares = sizes[chosen].sum() / sizes.sum(), firm[chosen].sum() / firm.sum()
        log.info(
            "at %.2f: %.1f%% of the wordpieces, %.1f%% of the trigger words",
            least,
            *(100 * x for x in shares),
        )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
