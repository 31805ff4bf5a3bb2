"""Makes a trained model easy to quantise, without changing what it computes."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from training.model import Encoder

SMOOTHED = ("qkv", "up")
"""The layers that read a normalised vector; a few of its channels are much larger than the rest."""
SMOOTHING = 0.6
"""How much of a channel's size goes from the activations into the weights (docs/experiments.md, "int8")."""


class Rows(nn.Module):
    """Word embeddings as int8 with a scale for each row: a word's vector is rounded by its own size."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (table / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Vectors (B, T, H) of wordpiece ids (B, T)."""
        return self.table[ids].float() * self.scale[ids]


class Smooth(nn.Module):
    """A linear layer whose inputs are divided by what its weights are multiplied with.

    Activations are quantised with one scale for all channels, weights with one for
    each: moving the size of the few large channels into the weights makes both
    easy (SmoothQuant, Xiao et al. 2023).
    """

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        weights = linear.weight.data
        columns = weights.abs().amax(0).clamp(min=1e-5)
        scale = largest.clamp(min=1e-5) ** SMOOTHING / columns ** (1 - SMOOTHING)
        scale = scale / scale.median()
        self.inverse = nn.Parameter(1 / scale)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data, self.linear.bias.data = weights * scale, linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        """The same as the layer it was made from: (..., in) -> (..., out)."""
        return self.linear(x * self.inverse)


def prepare(encoder: Encoder, show: Callable[[], None]) -> None:
    """Smooths the encoder's layers in place and rounds its word embeddings.

    ``show`` runs passages through the model, in which the largest activations are looked for.
    """
    largest = _largest_inputs(encoder, show)
    for (n, name), values in largest.items():
        layer = encoder.layers[n]
        setattr(layer, name, Smooth(getattr(layer, name), values))
    encoder.words = Rows(encoder.words.weight.data)


def _largest_inputs(encoder: Encoder, show: Callable[[], None]) -> dict[tuple[int, str], Tensor]:
    """Per layer to be smoothed, the largest size that each input channel (H,) reaches in the passages."""
    largest: dict[tuple[int, str], Tensor] = {}

    def watch(key: tuple[int, str]) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        def note(_: nn.Module, inputs: tuple[Tensor, ...], __: Tensor) -> None:
            met = inputs[0].abs().amax((0, 1))
            largest[key] = torch.maximum(largest.get(key, met), met)

        return note

    hooks = [
        getattr(layer, name).register_forward_hook(watch((n, name)))
        for n, layer in enumerate(encoder.layers)
        for name in SMOOTHED
    ]
    with torch.no_grad():
        show()
    for hook in hooks:
        hook.remove()
    return largest
