"""Trains the statement model and writes a checkpoint: minutes on a GPU, about an hour on two cores.

    python -m training.train --data DATA --base FOLDER_OF_MINILM --out checkpoint.pt

DATA holds ``polnear/``, ``intl/`` and ``chains/`` in the layouts of docs/evaluation.md; the passages of
``training/annotated`` join them. What was tried, with figures, is in docs/experiments.md.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.labels import LABELS, PARAGRAPH_REACH, ROLES, begin
from onrecord.words import Vocabulary
from training.annotate import ANNOTATED, build_training
from training.corpora import POLNEAR, TrainingDocument, digest, load, read_document
from training.model import Config, Statements, distance_buckets, load_pretrained

log = logging.getLogger("training")

STEP_PIECES = 2304
WINDOW = (96, 224)
"""Windows are packed up to a size drawn from this range, in wordpieces."""
ENCODER_RATE, HEAD_RATE = 2.5e-4, 1e-3
WARMUP = 0.06
MASKED = 0.06
"""Share of wordpieces replaced by [MASK] in training, against learning articles by heart."""
STYLELESS = 0.5
"""Share of windows whose style is hidden, since reading does not know one."""
EMA = 0.998
ANCHOR_WEIGHT = 2.0


class Window:
    """A stretch of whole units of one document."""

    def __init__(self, doc: TrainingDocument, first: int, last: int) -> None:
        self.doc, self.first, self.last = doc, first, last
        self.size = sum(len(p) for p in doc.words.pieces[first:last]) + 2


def pack(doc: TrainingDocument, limit: int, skip: int) -> list[Window]:
    """The document cut into windows of at most ``limit`` wordpieces; the first one ``skip`` smaller."""
    windows, start, used = [], doc.units[0][0] if doc.units else 0, skip
    end = start
    for first, last in doc.units:
        size = sum(len(p) for p in doc.words.pieces[first:last])
        if used + size > limit and end > start:
            windows.append(Window(doc, start, end))
            start, used = first, 0
        used, end = used + size, last
    if end > start:
        windows.append(Window(doc, start, end))
    return windows


def collate(
    windows: list[Window], vocabulary: Vocabulary, rng: random.Random | None, mask_id: int = 103
) -> dict[str, Tensor]:
    """Tensors of one step; with ``rng`` wordpieces are masked and styles hidden."""
    longest = min(max(w.size for w in windows), 510)
    most = max(w.last - w.first for w in windows)
    b = len(windows)
    ids = np.full((b, longest), vocabulary.pad)
    valid, shapes, quotes, starts = (np.zeros((b, longest), dtype=np.int64) for _ in range(4))
    at = np.zeros((b, most), dtype=np.int64)
    there = np.zeros((b, most), dtype=bool)
    anchors, weights = np.zeros((b, most), dtype=np.int64), np.zeros((b, most), dtype=np.float32)
    statements: list[tuple[int, int, int, dict[int, int], int]] = []
    for n, window in enumerate(windows):
        doc, words = window.doc, window.doc.words
        ids[n, 0], position = vocabulary.start, 1
        for w in range(window.first, window.last):
            pieces = words.pieces[w]
            if position + len(pieces) >= longest:
                break
            span, word = slice(position, position + len(pieces)), w - window.first
            ids[n, span] = [mask_id if rng and rng.random() < MASKED else p for p in pieces]
            shapes[n, span], quotes[n, span] = words.shapes[w], words.quotes[w]
            starts[n, position] = w == window.first or doc.paragraph_of[w] != doc.paragraph_of[w - 1]
            at[n, word], there[n, word], weights[n, word] = position, True, doc.doubt[w]
            position += len(pieces)
        ids[n, position], valid[n, : position + 1] = vocabulary.end, 1
        for gold in doc.statements:
            low, high = gold.anchor[0] - window.first, gold.anchor[-1] - window.first
            if low < 0 or high >= window.last - window.first or not there[n, high]:
                continue
            for k, w in enumerate(gold.anchor):
                anchors[n, w - window.first] = 3 if gold.bare else 1 if k == 0 else 2
                weights[n, w - window.first] = gold.weight
            statements.append((n, low, high, visible_roles(gold.roles, window), doc.style))
    styles = [0 if rng and rng.random() < STYLELESS else w.doc.style for w in windows]
    batch = {
        "ids": ids, "valid": valid, "shapes": shapes, "quotes": quotes, "starts": starts,
        "styles": np.asarray(styles), "at": at, "there": there, "anchors": anchors, "weights": weights,
    }  # fmt: skip
    batch |= _statement_arrays(statements, windows, most)
    return {k: torch.as_tensor(v) for k, v in batch.items()}


def visible_roles(roles: dict[int, int], window: Window) -> dict[int, int]:
    """The roles of the window's own words; a stretch cut by the window's edge begins at the edge."""
    seen = {w - window.first: label for w, label in roles.items() if window.first <= w < window.last}
    if seen.get(0, 0) and seen[0] % 2 == 0:
        seen[0] -= 1
    return seen


def _statement_arrays(
    statements: list[tuple[int, int, int, dict[int, int], int]], windows: list[Window], most: int
) -> dict[str, np.ndarray]:
    """Which window, which anchor, which labels each word may have, and the paragraph distance."""
    s = len(statements)
    where = np.asarray([(n, low, high) for n, low, high, _, _ in statements], dtype=np.int64).reshape(s, 3)
    allowed = np.zeros((s, most, len(LABELS)), dtype=bool)
    paragraph = np.zeros((s, most), dtype=np.int64)
    unknown = [begin(r) + i for r in ROLES[3:] for i in (0, 1)]  # not annotated by PolNeAR
    for k, (n, low, _, roles, style) in enumerate(statements):
        allowed[k, :, 0] = True
        if style == POLNEAR:
            allowed[k][:, unknown] = True
        for w, label in roles.items():
            allowed[k, w] = False
            allowed[k, w, label] = True
        window = windows[n]
        p = window.doc.paragraph_of[window.first : window.last]
        paragraph[k, : len(p)] = np.clip(p - p[low], -PARAGRAPH_REACH, PARAGRAPH_REACH)
    return {"where": where, "allowed": allowed, "paragraph": paragraph + PARAGRAPH_REACH}


def loss_of(model: Statements, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, int]:
    """Summed anchor loss, summed role loss and the number of statements of one step."""
    inputs = ("ids", "valid", "shapes", "quotes", "starts", "styles")
    anchor, word, query = model.read(*(batch[k] for k in inputs))
    rows = torch.arange(len(anchor))[:, None]
    at, there = batch["at"], batch["there"]
    anchor, word, query = anchor[rows, at], word[rows, at], query[rows, at]
    losses = functional.cross_entropy(anchor.transpose(1, 2), batch["anchors"], reduction="none")
    anchor_loss = (losses * batch["weights"] * there).sum()
    n, low, high = batch["where"].unbind(1)
    if not len(n):
        return anchor_loss, anchor_loss * 0, 0
    positions = torch.arange(at.shape[1])[None].expand(len(n), -1)
    inside = ((positions >= low[:, None]) & (positions <= high[:, None])).float()
    pooled = (query[n] * inside[..., None]).sum(1) / inside.sum(1, keepdim=True)
    scores = model.emissions(word[n], pooled, distance_buckets(positions, low, high), batch["paragraph"])
    return anchor_loss, model.role_loss(scores, batch["allowed"], there[n]).sum(), len(n)


def epoch_windows(
    docs: list[TrainingDocument], repeats: dict[str, int], rng: random.Random
) -> list[list[Window]]:
    """One epoch: every document packed anew at random, windows of like size put together in steps."""
    windows = []
    for doc in docs:
        for _ in range(repeats[doc.corpus]):
            windows += pack(doc, rng.randint(*WINDOW), rng.randint(0, 60))
    windows.sort(key=lambda w: w.size + rng.randint(-8, 8))
    steps, step = [], []
    for window in windows:
        if step and (len(step) + 1) * max(window.size, *(w.size for w in step)) > STEP_PIECES:
            steps.append(step)
            step = []
        step.append(window)
    steps.append(step)
    rng.shuffle(steps)
    return steps


def train(args: argparse.Namespace) -> None:
    """The whole recipe; see the module's docstring."""
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    vocabulary = Vocabulary.load(args.base / "vocab.txt")
    paths = [args.data / p for p in ("polnear/train.jsonl", "intl/train.jsonl", "chains/train.jsonl")]
    rows = [row for path in paths for row in load(path)]
    docs = [read_document(row, vocabulary) for row in rows[: args.limit]]
    own, defects = build_training()
    if defects:
        raise SystemExit("\n".join(["training/annotated does not fit its texts:", *defects]))
    docs += [read_document(row, vocabulary, own=True) for row in own]
    model = Statements(Config())
    if args.init:
        model.load_state_dict(torch.load(args.init, map_location="cpu", weights_only=True)["weights"])
    else:
        load_pretrained(model, args.base)
    shadow = {k: v.clone() for k, v in model.state_dict().items()}
    data_sha256 = digest([*paths, *sorted(ANNOTATED.glob("*.json"))])
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [
        {"params": list(model.encoder.parameters()), "lr": args.rate},
        {"params": heads, "lr": args.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    repeats = {"polnear": 1, "project": args.repeat, "own": args.repeat_own}
    plan = [step for _ in range(args.epochs) for step in epoch_windows(docs, repeats, rng)]
    plan = plan[: int(len(plan) * args.fraction)]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (WARMUP * len(plan)), (len(plan) - s) / (len(plan) * (1 - WARMUP)))
    )
    log.info("%d documents, %d steps", len(docs), len(plan))
    seen, began, sums = 0, time.monotonic(), np.zeros(3)
    model.train()
    for n, step in enumerate(plan, 1):
        anchor, role, count = loss_of(model, collate(step, vocabulary, rng))
        ((ANCHOR_WEIGHT * anchor + role) / max(count, 20)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        decay = min(EMA, n / (n + 20))
        for k, v in model.state_dict().items():
            shadow[k].lerp_(v, 1 - decay)
        seen += sum(w.size for w in step)
        sums += (anchor.item(), role.item(), count)
        if n % 50 == 0:
            speed = seen / (time.monotonic() - began)
            losses = sums[:2] / sums[2]
            log.info("step %d/%d anchor %.3f role %.3f, %.0f pieces/s", n, len(plan), *losses, speed)
            sums[:] = 0
        if n % args.save_every == 0 or n == len(plan):
            card = {"seed": args.seed, "steps": n, "of": len(plan), "data_sha256": data_sha256}
            card |= {
                "epochs": args.epochs,
                "repeat": [args.repeat, args.repeat_own],
                "rates": [args.rate, args.head_rate],
            }
            saved = {"weights": shadow, "config": json.dumps(asdict(model.config)), "card": json.dumps(card)}
            torch.save(saved, args.out)


def parse_arguments() -> argparse.Namespace:
    """The options of a run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, required=True)
    add("--base", type=Path, required=True)
    add("--out", type=Path, required=True)
    add("--init", type=Path, help="go on from this checkpoint instead of the base encoder")
    add("--epochs", type=int, default=5)
    add("--fraction", type=float, default=1.0, help="use this share of the plan; the rate still falls to 0")
    add("--repeat", type=int, default=4, help="times intl and chains are seen an epoch")
    add("--repeat-own", type=int, default=3, help="the same for the passages of training/annotated")
    add("--rate", type=float, default=ENCODER_RATE)
    add("--head-rate", type=float, default=HEAD_RATE)
    add("--seed", type=int, default=1)
    add("--limit", type=int, help="use only the first documents (for a quick trial)")
    add("--save-every", type=int, default=400)
    return parser.parse_args()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parse_arguments())
