"""Averages the weights of checkpoints that went on from one and the same checkpoint.

    python -m training.average second.pt third.pt --out averaged.pt

Passes from a common start end close enough together for the mean of their weights to be a model, and a
better one than each (docs/experiments.md, "Averaging").
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch


def average(checkpoints: list[dict[str, Any]]) -> dict[str, Any]:
    """The checkpoint with the mean of all weights; its card holds the cards of all."""
    weights = [c["weights"] for c in checkpoints]
    mean = {name: torch.stack([w[name] for w in weights]).mean(0) for name in weights[0]}
    cards = [json.loads(c["card"]) for c in checkpoints]
    digest = cards[0].get("data_sha256")
    card = {"averaged": cards, "data_sha256": digest}
    return {"weights": mean, "config": checkpoints[0]["config"], "card": json.dumps(card)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    loaded = [torch.load(path, map_location="cpu", weights_only=True) for path in args.checkpoints]
    torch.save(average(loaded), args.out)
