"""Trains the relation model and writes a checkpoint: about an hour on two cores.

    python -m training.relations --data DATA --base FOLDER_OF_MINILM --out relations.pt
    python -m training.relations --data DATA --base FOLDER_OF_MINILM --folds 5

1. events of ``intl`` and of ``training/annotated_events``, relations in them, stances of
   ``directed_sentiment``;
2. the same with the events that the project annotated in texts of other corpora, and relations of ``plv``.

``--folds`` cross-validates the relations: the first stage, which has none of ``plv``, is trained once, the
second once for each fold; nothing is written.
"""

from __future__ import annotations

import argparse
import copy
import json
import logging
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.evaluation.gold import read_gold
from onrecord.evaluation.relations import RelatedText, TypeAnswer, answer_types, type_figures
from onrecord.relation_labels import KINDS, LONGEST
from onrecord.words import Vocabulary
from training.annotate import ANNOTATED_EVENTS, build_training
from training.corpora import digest
from training.elsewhere import read_elsewhere
from training.model import Config
from training.relation_examples import (
    Example,
    event_examples,
    read_rows,
    relation_example,
    role_phrases,
    stance_example,
    swapped,
)
from training.relation_losses import loss_of
from training.relation_model import INPUTS, Relations, start

log = logging.getLogger("relations")
STEP_PIECES = 2048
MASKED, WARMUP, EMA = 0.05, 0.06, 0.995
RATES = (1.5e-4, 1e-3)
"""Learning rates of the encoder and of the heads."""
WEIGHTS = {"kind": 2.0, "modality": 0.4, "roles": 1.0, "pair": 1.0, "stance": 1.0}
TOLD = ("own", "intl", "elsewhere")
"""Groups of examples with events, in which participants are named anew each time."""
FIRST = {"own": 8.0, "intl": 10.0, "pairs": 3.0, "judged": 2.0, "neutral": 0.8}
SECOND = {
    "own": 7.0, "intl": 9.0, "elsewhere": 6.0, "pairs": 0.3, "pairs elsewhere": 0.3,
    "judged": 1.0, "neutral": 0.4, "plv": 3.0,
}  # fmt: skip
"""How often each group is seen in a stage. Two thirds of the stances are neutral: seen as often as the others
they would teach little else."""


def size(e: Example) -> int:
    """Wordpieces of an example."""
    return min(LONGEST, 2 + sum(len(p) for p in e.sentence.words.pieces[e.sentence.first : e.sentence.last]))


def collate(
    batch: Sequence[Example], vocabulary: Vocabulary, rng: random.Random | None, mask_id: int = 103
) -> dict[str, Tensor]:
    """The tensors of one step; with ``rng`` wordpieces are masked. ``at`` is the place of each word."""
    longest, most = max(map(size, batch)), max(e.sentence.last - e.sentence.first for e in batch)
    b = len(batch)
    ids = np.full((b, longest), vocabulary.pad)
    valid, shapes, quotes, marks = (np.zeros((b, longest), dtype=np.int64) for _ in range(4))
    at, there = np.zeros((b, most), dtype=np.int64), np.zeros((b, most), dtype=bool)
    for n, e in enumerate(batch):
        words = e.sentence.words
        ids[n, 0], position = vocabulary.start, 1
        for w in range(e.sentence.first, e.sentence.last):
            pieces, k = words.pieces[w], w - e.sentence.first
            if position + len(pieces) >= longest:
                break
            span, mark = slice(position, position + len(pieces)), (e.marks or {}).get(k, 0)
            hidden = rng is not None and not mark
            ids[n, span] = [mask_id if hidden and rng and rng.random() < MASKED else p for p in pieces]
            shapes[n, span], quotes[n, span], marks[n, span] = words.shapes[w], words.quotes[w], mark
            at[n, k], there[n, k] = position, True
            position += len(pieces)
        ids[n, position], valid[n, : position + 1] = vocabulary.end, 1
    arrays = {"ids": ids, "valid": valid, "shapes": shapes, "quotes": quotes, "marks": marks}
    return {k: torch.as_tensor(v) for k, v in (arrays | {"at": at, "there": there}).items()}


def plan_steps(
    groups: dict[str, list[Example]], shares: dict[str, float], rng: random.Random
) -> list[list[Example]]:
    """Mixed steps over one stage, sentences of like length together."""
    steps: list[list[Example]] = []
    rounds = 4
    phrases = role_phrases(e for name in TOLD if shares.get(name) for e in groups[name])
    for _ in range(rounds):
        chosen: list[Example] = []
        for name, share in shares.items():
            times, part = divmod(share / rounds, 1)
            drawn = groups[name] * int(times) + rng.sample(groups[name], int(part * len(groups[name])))
            chosen += [swapped(e, phrases, rng) for e in drawn] if name in TOLD else drawn
        chosen.sort(key=lambda e: size(e) + rng.randint(-12, 12))
        step: list[Example] = []
        few: list[list[Example]] = []
        for e in chosen:
            if step and (len(step) + 1) * max(size(e), *map(size, step)) > STEP_PIECES:
                few.append(step)
                step = []
            step.append(e)
        few.append(step)
        rng.shuffle(few)
        steps += few
    return steps


def train(
    model: Relations, groups: dict[str, list[Example]], shares: dict[str, float], vocabulary: Vocabulary,
    seed: int, rates: tuple[float, float] = RATES,
) -> Relations:  # fmt: skip
    """The model after one stage, its weights averaged over the last steps."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    for layer in model.encoder.layers:
        layer.p = 0.0  # to drop attention, too, would make a step a seventh slower
    learned = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    new = [n for n, _ in learned if not n.startswith("encoder.") or "near" in n]
    parts = [
        {"params": [p for n, p in learned if (n in new) == fresh], "lr": rate}
        for fresh, rate in zip((False, True), rates, strict=True)
    ]
    optimizer = torch.optim.AdamW(parts, weight_decay=0.01)
    plan = plan_steps(groups, shares, rng)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (WARMUP * len(plan)), (len(plan) - s) / (len(plan) * (1 - WARMUP)))
    )
    shadow = {k: v.clone() for k, v in model.state_dict().items()}
    model.train()
    sums: Counter[str] = Counter()
    began, seen, since = time.monotonic(), 0, 0
    log.info("%d steps", len(plan))
    for n, step in enumerate(plan, 1):
        t = collate(step, vocabulary, rng)
        losses = loss_of(model, step, t)
        total = torch.stack([WEIGHTS[k] * v for k, v in losses.items()]).sum() / len(step)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        decay = min(EMA, n / (n + 20))
        for k, v in model.state_dict().items():
            shadow[k].lerp_(v, 1 - decay)
        seen, since = seen + t["ids"].numel(), since + len(step)
        sums.update({k: v.item() for k, v in losses.items()})
        if n % 50 == 0:
            told = " ".join(f"{k} {v / since:.3f}" for k, v in sorted(sums.items()))
            log.info("step %d/%d %s, %.0f pieces/s", n, len(plan), told, seen / (time.monotonic() - began))
            sums.clear()
            since = 0
    model.load_state_dict(shadow)
    return model.eval()


@torch.no_grad()
def told(
    model: Relations, examples: Sequence[Example], vocabulary: Vocabulary, what: str
) -> list[np.ndarray]:
    """Probabilities of the relation ("pair") or stance of each example with marks."""
    order = sorted(range(len(examples)), key=lambda n: size(examples[n]))
    out: dict[int, np.ndarray] = {}
    for begin in range(0, len(order), 48):
        part = order[begin : begin + 48]
        t = collate([examples[n] for n in part], vocabulary, None)
        low = model.encoder.lower(*(t[k] for k in INPUTS))
        x = model.encoder.upper(low, t["valid"], torch.zeros_like(t["ids"]))
        scores = getattr(model, what)(model.given(x, t["marks"])).softmax(-1).numpy()
        out |= dict(zip(part, scores, strict=True))
    return [out[n] for n in range(len(examples))]


def read_groups(data: Path, vocabulary: Vocabulary) -> dict[str, list[Example]]:
    """All examples by group."""
    own, defects = build_training(folder=ANNOTATED_EVENTS)
    if defects:
        raise SystemExit("\n".join(["training/annotated_events does not fit its texts:", *defects]))
    groups: dict[str, list[Example]] = defaultdict(list)
    found = read_elsewhere(data)
    for name, rows in (("own", own), ("intl", read_rows(data / "intl/train.jsonl")), ("elsewhere", found)):
        examples = [e for row in rows for e in event_examples(row, vocabulary)]
        groups[name] = [e for e in examples if e.triggers is not None]
        groups["pairs elsewhere" if name == "elsewhere" else "pairs"] += [
            e for e in examples if e.pair is not None
        ]
    rows = read_rows(data / "directed_sentiment/train.jsonl")
    turned = random.Random(1)
    for r in rows:
        stance = stance_example(r, vocabulary, turn=turned.random() < 0.5)
        groups["judged" if stance.stance else "neutral"].append(stance)
    groups["plv"] = [relation_example(r, vocabulary) for r in read_rows(data / "plv/train.jsonl")]
    return groups


class Remembered:
    """Probabilities that were computed before, asked for as those of a model are."""

    def __init__(self, scores: dict[str, np.ndarray]) -> None:
        self.scores = scores

    def type_given(self, text: str, actor: Sequence[Any], recipient: Sequence[Any]) -> dict[str, float]:
        """The probability of every type."""
        found = self.scores[f"{text} {actor} {recipient}"]
        return {kind: float(p) for kind, p in zip(KINDS, found, strict=True)}

    def stance_given(self, text: str, p: Any, q: Any) -> dict[str, float]:
        """Not remembered."""
        raise NotImplementedError


FOLDED = ("plv",)
"""Groups that a fold is trained on: the others change little about relations, and take most of the time."""


def cross_validate(
    first: Relations,
    groups: dict[str, list[Example]],
    data: Path,
    vocabulary: Vocabulary,
    folds: int,
    seed: int,
) -> None:
    """Logs the figures of ``plv``, every sentence judged by a model that never saw it."""
    gold = read_gold(data / "plv/train.jsonl", RelatedText)
    order = list(range(len(gold)))
    random.Random(seed).shuffle(order)
    answers: list[TypeAnswer] = []
    for fold in range(folds):
        out = order[fold::folds]
        texts = {gold[n].text for n in out}
        rest = [groups["plv"][n] for n in order if gold[n].text not in texts]
        shares = {k: v for k, v in SECOND.items() if k in FOLDED}
        model = train(copy.deepcopy(first), groups | {"plv": rest}, shares, vocabulary, seed + fold)
        scores = told(model, [groups["plv"][n] for n in out], vocabulary, "pair")
        lines = [gold[n] for n in out]
        keys = [f"{line.text} {line.source.spans} {line.target.spans}" for line in lines]
        answers += answer_types(lines, Remembered(dict(zip(keys, scores, strict=True))))
        found = type_figures(answers)
        log.info(
            "%d folds: %s",
            fold + 1,
            {k: {n: v for n, v in f.items() if n != "labels"} for k, f in found.items()},
        )


def main() -> None:
    """The recipe; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--data", type=Path, required=True)
    add("--base", type=Path, required=True)
    add("--encoder", type=Path, help="a checkpoint of the statement model, whose encoder this one starts as")
    add("--first", type=Path, help="the first stage: kept there, and taken from there if it is there already")
    add("--out", type=Path)
    add("--folds", type=int, default=0)
    add("--seed", type=int, default=1)
    args = parser.parse_args()
    vocabulary = Vocabulary.load(args.base / "vocab.txt")
    groups = read_groups(args.data, vocabulary)
    log.info("%s", {k: len(v) for k, v in groups.items()})
    first = start(Config(), args.base, args.encoder)
    if args.first and args.first.exists():
        first.load_state_dict(torch.load(args.first, map_location="cpu", weights_only=True)["weights"])
    else:
        first = train(first, groups, FIRST, vocabulary, args.seed)
        if args.first:
            torch.save({"weights": first.state_dict()}, args.first)
    if args.folds:
        cross_validate(first, groups, args.data, vocabulary, args.folds, args.seed)
    if args.out:
        model = train(first, groups, SECOND, vocabulary, args.seed + 100)
        texts = [args.data / f"{p}/train.jsonl" for p in ("intl", "directed_sentiment", "plv")]
        card = {"seed": args.seed, "data_sha256": digest([*texts, *sorted(ANNOTATED_EVENTS.glob("*.json"))])}
        saved = {
            "weights": model.state_dict(),
            "config": json.dumps(asdict(model.config)),
            "card": json.dumps(card),
        }
        torch.save(saved, args.out)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main()
