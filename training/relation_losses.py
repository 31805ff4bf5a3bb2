"""Sentences as tensors, and what they should have told -> the losses of the relation model.

B sentences, T wordpieces, W words, S triggers; the tensors are those of ``training.relations.collate``.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.model import distance_buckets
from training.relation_examples import Example, Trigger
from training.relation_model import INPUTS, ON_TRIGGER, Relations, mean_where

SMOOTHING = 0.05


def any_of(scores: Tensor, allowed: Sequence[Sequence[int]]) -> Tensor:
    """Minus log-probability that one of the allowed classes is it, labels smoothed: (N,)."""
    logs = scores.log_softmax(-1)
    inside = torch.full_like(logs, -1e4)
    for n, classes in enumerate(allowed):
        inside[n, list(classes)] = 0.0
    return -(1 - SMOOTHING) * torch.logsumexp(logs + inside, -1) - SMOOTHING * logs.mean(-1)


def loss_of(model: Relations, batch: Sequence[Example], t: dict[str, Tensor]) -> dict[str, Tensor]:
    """The losses of one step, summed over what was asked."""
    low = model.encoder.lower(*(t[k] for k in INPUTS))
    x = model.encoder.upper(low, t["valid"], torch.zeros_like(t["ids"]))
    out: dict[str, Tensor] = {}
    pooled = model.given(x, t["marks"])
    for name, head in (("pair", model.pair), ("stance", model.stance)):
        asked = [n for n, e in enumerate(batch) if getattr(e, name) is not None]
        if asked:
            answers = [batch[n].pair or (batch[n].stance or 0,) for n in asked]
            weights = torch.tensor([batch[n].weight for n in asked])
            out[name] = (any_of(head(pooled[asked]), answers) * weights).sum()
    asked = [n for n, e in enumerate(batch) if e.triggers is not None]
    return out | (_event_losses(model, batch, asked, low, x, t) if asked else {})


def _event_losses(
    model: Relations,
    batch: Sequence[Example],
    asked: Sequence[int],
    low: Tensor,
    x: Tensor,
    t: dict[str, Tensor],
) -> dict[str, Tensor]:
    """Losses of the triggers, and of the modality and the roles of each, its words marked."""
    out = {"kind": _kind_loss(model, batch, asked, x, t)}
    triggers = [(n, trigger) for n in asked for trigger in read_whole(batch[n], t["there"][n])]
    if not triggers:
        return out
    home = [n for n, _ in triggers]
    near = distances(triggers, t)
    z = model.encoder.upper(low[home], t["valid"][home], near)
    worth = torch.tensor([trigger.weight for _, trigger in triggers])
    vector = torch.cat((z[:, 0], mean_where(z, near == ON_TRIGGER)), -1)
    moods = any_of(model.modality(vector), [(trigger.modality,) for _, trigger in triggers])
    out["modality"] = (moods * worth).sum()
    known = [k for k, (_, trigger) in enumerate(triggers) if trigger.roles is not None]
    if known:
        losses = _role_losses(model, [triggers[k] for k in known], z[known], near[known], t)
        out["roles"] = (losses * worth[known]).sum()
    return out


def distances(triggers: Sequence[tuple[int, Trigger]], t: dict[str, Tensor]) -> Tensor:
    """How far each wordpiece is from each trigger, given with the example it is of: (S, T)."""
    first, last = (torch.stack([t["at"][n, f(g.words)] for n, g in triggers]) for f in (min, max))
    positions = torch.arange(t["ids"].shape[1])[None].expand(len(triggers), -1)
    return 1 + distance_buckets(positions, first, last)


def read_whole(e: Example, there: Tensor) -> list[Trigger]:
    """The triggers of an example that are not cut off with the end of a long sentence."""
    return [trigger for trigger in e.triggers or () if there[max(trigger.words)]]


def _kind_loss(
    model: Relations, batch: Sequence[Example], asked: Sequence[int], x: Tensor, t: dict[str, Tensor]
) -> Tensor:
    """The loss of what each word triggers."""
    at, there = t["at"][asked], t["there"][asked]
    words = x[asked].gather(1, at[..., None].expand(-1, -1, x.shape[-1]))  # (B, W, H)
    allowed: list[list[tuple[int, ...]]] = [[(0,)] * at.shape[1] for _ in asked]
    weights = there.float()
    for k, n in enumerate(asked):
        for trigger in read_whole(batch[n], there[k]):
            for w in trigger.words:
                allowed[k][w] = trigger.kinds
                weights[k, w] = trigger.weight
    flat = [a for k, row in enumerate(allowed) for a, ok in zip(row, there[k].tolist(), strict=True) if ok]
    return (any_of(model.kind(model.drop(words[there])), flat) * weights[there]).sum()


def _role_losses(
    model: Relations, triggers: Sequence[tuple[int, Trigger]], z: Tensor, near: Tensor, t: dict[str, Tensor]
) -> Tensor:
    """The loss of what every word is to each trigger, given the example it is of: (S,)."""
    home = [n for n, _ in triggers]
    labels = torch.where(t["there"][home], 0, -100)
    for row, (_, trigger) in enumerate(triggers):
        for w, label in (trigger.roles or {}).items():
            if labels[row, w] != -100:
                labels[row, w] = label
    scores = model.roles(z, near)
    place = t["at"][home][..., None].expand(-1, -1, scores.shape[-1])
    scores = scores.gather(1, place)
    losses = functional.cross_entropy(scores.transpose(1, 2), labels, ignore_index=-100, reduction="none")
    return losses.sum(1)
