"""The relation model: a small encoder that reads one sentence at a time, with or without marked words.

Without marks the words are told apart into triggers of events. For each trigger the last layers are run again
with its words marked, so that every word gets its role in that event, and the event its modality. With two
participants marked from the beginning, their relation and their stance are told.

B sentences, T wordpieces, H hidden, S triggers.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.labels import DISTANCE_BUCKETS, DISTANCES
from onrecord.relation_labels import KINDS, MARKS, MODALITIES, ROLE_LABELS, STANCES
from training.model import Config, Encoder, load_pretrained

INNER = 256
UPPER = 3
"""Layers that are run again for each trigger."""
ON_TRIGGER = 1 + len(DISTANCES)
INPUTS = ("ids", "valid", "shapes", "quotes", "marks")
"""What the lower layers are given, in order."""


class Marked(Encoder):
    """The encoder with one more input: which words are marked as what."""

    def __init__(self, c: Config) -> None:
        super().__init__(c)
        self.marks = nn.Embedding(len(MARKS), c.hidden)
        self.near = nn.Embedding(1 + DISTANCE_BUCKETS, c.hidden)  # 0 where no trigger is marked
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.normal_(self.near.weight, std=0.3)
        with torch.no_grad():
            self.near.weight[0] = 0.0

    def lower(self, ids: Tensor, valid: Tensor, shapes: Tensor, quotes: Tensor, marks: Tensor) -> Tensor:
        """All inputs (B, T) int64 -> the vectors (B, T, H) under the last layers."""
        where = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(where) + self.shapes(shapes) + self.quotes(quotes)
        x = self.drop(self.norm(x) + self.marks(marks))
        return self._through(x, valid, slice(0, -UPPER))

    def upper(self, x: Tensor, valid: Tensor, near: Tensor) -> Tensor:
        """Vectors of ``lower``, and how far each wordpiece (B, T) is from the trigger -> (B, T, H).

        ``near`` is 1 + the bucket of the distance, so 1 + ``len(DISTANCES)`` on the trigger; 0 without one.
        """
        return self._through(x + self.near(near), valid, slice(-UPPER, None))

    def _through(self, x: Tensor, valid: Tensor, part: slice) -> Tensor:
        mask = (1.0 - valid[:, None, None, :].float()) * -1e4
        for layer in self.layers[part]:
            x = layer(x, mask)
        return x


class Head(nn.Module):
    """Two layers from one or several vectors to scores."""

    def __init__(self, size: int, out: int, dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.inner = nn.Linear(size, INNER)
        self.out = nn.Linear(INNER, out)

    def forward(self, x: Tensor) -> Tensor:
        """(..., size) -> (..., out)."""
        return self.out(self.drop(functional.gelu(self.inner(self.drop(x)))))


class Relations(nn.Module):
    """The whole model."""

    def __init__(self, c: Config, dropout: float = 0.2) -> None:
        super().__init__()
        self.config = c
        h = c.hidden
        self.encoder = Marked(c)
        self.drop = nn.Dropout(dropout)
        self.kind = Head(h, len(KINDS), dropout)
        self.modality = Head(2 * h, len(MODALITIES), dropout)
        self.role = Head(3 * h, len(ROLE_LABELS), dropout)
        self.pair = Head(3 * h, len(KINDS), dropout)
        self.stance = Head(3 * h, len(STANCES), dropout)

    def roles(self, z: Tensor, near: Tensor) -> Tensor:
        """Vectors of ``upper`` with a trigger marked, and the distances -> scores of roles (B, T, R)."""
        trigger = mean_where(z, near == ON_TRIGGER)[:, None]
        return self.role(torch.cat((z, trigger.expand_as(z), z * trigger), -1))

    def given(self, x: Tensor, marks: Tensor) -> Tensor:
        """What is told of two marked participants: (B, 3H)."""
        return torch.cat((x[:, 0], mean_where(x, marks == 1), mean_where(x, marks == 2)), -1)


def mean_where(x: Tensor, where: Tensor) -> Tensor:
    """The mean of the vectors (B, T, H) where it says so: (B, H)."""
    weights = where.float()
    return (x * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)


def start(c: Config, base: Path, encoder: Path | None = None) -> Relations:
    """A new model over a published encoder, or over the one that was trained on statements from it."""
    model = Relations(c)
    load_pretrained(model, base)
    if encoder:
        saved = torch.load(encoder, map_location="cpu", weights_only=True)["weights"]
        model.load_state_dict({k: v for k, v in saved.items() if k.startswith("encoder.")}, strict=False)
    return model


def load_relations(path: Path) -> Relations:
    """The model in a checkpoint written by training/relations.py, ready to read."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = Relations(Config(**json.loads(saved["config"])))
    model.load_state_dict(saved["weights"])
    return model.eval()
