"""The statement model: one small encoder, a search for cues, and a reading of each cue's roles.

Every statement has an anchor: the words of its cue (or its first content word,
where it has no cue). The encoder runs once; the anchor head marks the anchors;
then, *given one anchor*, every word of the window gets a role (cue, source,
content, via, addressee, venue, date) by a linear-chain CRF whose scores come
from the word, the anchor, their product and their distance. Statements may
therefore overlap, nest and share words, and contents may have gaps.

B windows, T wordpieces, W words, S statements, H hidden, D pair width, L labels.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.labels import ANCHORS, DISTANCE_BUCKETS, DISTANCES, LABELS, PARAGRAPH_REACH, may_follow
from onrecord.words import QUOTE_STATES, SHAPES

STYLES = 3
"""0 unknown (what reading uses), 1 PolNeAR, 2 the project's own annotation."""


@dataclass
class Config:
    """Sizes of the encoder (those of all-MiniLM-L6-v2) and of the heads."""

    vocabulary: int = 30522
    positions: int = 512
    hidden: int = 384
    inner: int = 1536
    layers: int = 6
    heads: int = 12
    pair: int = 128
    dropout: float = 0.1
    head_dropout: float = 0.2


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.heads, self.p = c.heads, c.dropout
        self.qkv = nn.Linear(c.hidden, 3 * c.hidden)
        self.out = nn.Linear(c.hidden, c.hidden)
        self.norm1 = nn.LayerNorm(c.hidden, eps=1e-12)
        self.up = nn.Linear(c.hidden, c.inner)
        self.down = nn.Linear(c.inner, c.hidden)
        self.norm2 = nn.LayerNorm(c.hidden, eps=1e-12)
        self.drop = nn.Dropout(c.dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """X (B, T, H), mask (B, 1, 1, T) added to the attention scores -> (B, T, H)."""
        b, t, h = x.shape
        q, k, v = (
            y.view(b, t, self.heads, h // self.heads).transpose(1, 2) for y in self.qkv(x).chunk(3, -1)
        )
        if torch.onnx.is_in_onnx_export():
            weights = (q @ k.transpose(-1, -2) / (h // self.heads) ** 0.5 + mask).softmax(-1)
            y = weights @ v
        else:
            y = functional.scaled_dot_product_attention(q, k, v, mask, self.p if self.training else 0.0)
        x = self.norm1(x + self.drop(self.out(y.transpose(1, 2).reshape(b, t, h))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT with three more input features, which start at zero and so change nothing at first."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.words = nn.Embedding(c.vocabulary, c.hidden)
        self.positions = nn.Embedding(c.positions, c.hidden)
        self.norm = nn.LayerNorm(c.hidden, eps=1e-12)
        self.shapes = nn.Embedding(SHAPES, c.hidden)
        self.quotes = nn.Embedding(QUOTE_STATES, c.hidden)
        self.starts = nn.Embedding(2, c.hidden)
        self.styles = nn.Embedding(STYLES, c.hidden)
        for feature in (self.shapes, self.quotes, self.starts, self.styles):
            nn.init.zeros_(feature.weight)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.drop = nn.Dropout(c.dropout)

    def forward(
        self, ids: Tensor, valid: Tensor, shapes: Tensor, quotes: Tensor, starts: Tensor, styles: Tensor
    ) -> Tensor:
        """All inputs (B, T) int64, styles (B,) -> (B, T, H)."""
        where = torch.arange(ids.shape[1], device=ids.device)
        x = (
            self.words(ids)
            + self.positions(where)
            + self.shapes(shapes)
            + self.quotes(quotes)
            + self.starts(starts)
        )
        x = self.drop(self.norm(x + self.styles(styles)[:, None]))
        mask = (1.0 - valid[:, None, None, :].float()) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Encoded(Protocol):
    """A model over the encoder."""

    config: Config
    encoder: Encoder


class Statements(nn.Module):
    """The whole model."""

    def __init__(self, c: Config) -> None:
        super().__init__()
        self.config = c
        self.encoder = Encoder(c)
        self.drop = nn.Dropout(c.head_dropout)
        self.anchor = nn.Linear(c.hidden, len(ANCHORS))
        self.word = nn.Linear(c.hidden, 2 * c.pair)  # what a word adds, and what it multiplies with
        self.query = nn.Linear(c.hidden, 2 * c.pair)  # the same of the anchor
        self.distance = nn.Embedding(DISTANCE_BUCKETS, c.pair)
        self.paragraph = nn.Embedding(2 * PARAGRAPH_REACH + 1, c.pair)
        self.label = nn.Linear(c.pair, len(LABELS))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        allowed = [[may_follow(i, j) for j in range(len(LABELS))] for i in range(len(LABELS))]
        self.register_buffer("forbidden", torch.where(torch.tensor(allowed), 0.0, -1e4), persistent=False)

    def read(
        self, ids: Tensor, valid: Tensor, shapes: Tensor, quotes: Tensor, starts: Tensor, styles: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """(B, T) inputs -> anchor scores (B, T, 4), word (B, T, 2D) and query (B, T, 2D) vectors."""
        x = self.drop(self.encoder(ids, valid, shapes, quotes, starts, styles))
        return self.anchor(x), self.word(x), self.query(x)

    def emissions(self, word: Tensor, query: Tensor, near: Tensor, paragraph: Tensor) -> Tensor:
        """Word (S, W, 2D), query (S, 2D), near and paragraph (S, W) buckets -> scores (S, W, L)."""
        add, times = word.chunk(2, -1)
        q_add, q_times = query[:, None].chunk(2, -1)
        z = add + q_add + times * q_times + self.distance(near) + self.paragraph(paragraph)
        return self.label(functional.relu(z))

    def log_partition(self, scores: Tensor, mask: Tensor) -> Tensor:
        """Log-sum over label paths: scores (S, W, L), mask (S, W) -> (S,)."""
        step = (self.transitions + self.forbidden)[None]
        alpha = scores[:, 0] + self.forbidden[0]
        for t in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + step, 1) + scores[:, t]
            alpha = torch.where(mask[:, t, None], following, alpha)
        return torch.logsumexp(alpha, -1)

    def role_loss(self, scores: Tensor, allowed: Tensor, mask: Tensor) -> Tensor:
        """Minus log-likelihood that the path stays within ``allowed`` (S, W, L): (S,)."""
        inside = scores.masked_fill(~allowed, -1e4)
        return self.log_partition(scores, mask) - self.log_partition(inside, mask)


def distance_buckets(words: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """Signed bucket of each word's distance from the anchor [first, last]: (S, W) int64."""
    delta = torch.where(words < first[:, None], words - first[:, None], (words - last[:, None]).clamp(min=0))
    size = torch.bucketize(delta.abs(), torch.tensor(DISTANCES), right=True)
    return torch.where(delta < 0, -size, size) + len(DISTANCES)


def load_pretrained(model: Encoded, folder: Path) -> None:
    """Fills the encoder from a Hugging Face BERT checkpoint in ``folder``."""
    old = load_file(folder / "model.safetensors")
    old = {k.removeprefix("bert."): v for k, v in old.items()}
    new = model.encoder.state_dict()  # what a subclass adds stays as it is
    new["words.weight"] = old["embeddings.word_embeddings.weight"]
    new["positions.weight"] = (
        old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0]
    )
    new["norm.weight"], new["norm.bias"] = (old[f"embeddings.LayerNorm.{x}"] for x in ("weight", "bias"))
    names = {
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for n in range(model.config.layers):
        for x in ("weight", "bias"):
            parts = [old[f"encoder.layer.{n}.attention.self.{y}.{x}"] for y in ("query", "key", "value")]
            new[f"layers.{n}.qkv.{x}"] = torch.cat(parts)
            for ours, theirs in names.items():
                new[f"layers.{n}.{ours}.{x}"] = old[f"encoder.layer.{n}.{theirs}.{x}"]
    model.encoder.load_state_dict(new)


def load_trained(path: Path) -> Statements:
    """The model in a checkpoint written by train.py, ready to read."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    model = Statements(Config(**json.loads(saved["config"])))
    model.load_state_dict(saved["weights"])
    return model.eval()
