"""Checkpoint -> the files that reading uses: an int8 ONNX graph, the small heads, vocabulary and card.

    python -m training.export checkpoint.pt --base FOLDER_OF_MINILM --out src/onrecord/models

The encoder's matrices become int8 (per channel, smoothed by quantise.py), the word embeddings int8 with a
scale for each row; the heads stay fp32.
``--fp32`` leaves everything unquantised, to measure what quantisation costs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.words import Vocabulary
from training.annotate import build_training
from training.corpora import read_document
from training.model import Statements, load_trained
from training.quantise import prepare
from training.train import WINDOW, collate, pack

NAME = "statements"
MIDDLE = 4
"""The layer whose vectors coreference reads: spans are found better from it than from the last
(docs/experiments.md, "Coreference")."""


class Graph(nn.Module):
    """What the graph computes: unpadded windows of unknown style."""

    def __init__(self, model: Statements, style: int) -> None:
        super().__init__()
        self.model, self.style = model, style
        self.middle: Tensor | None = None
        model.encoder.layers[MIDDLE - 1].register_forward_hook(self._keep)

    def _keep(self, _: nn.Module, __: tuple[Tensor, ...], output: Tensor) -> None:
        self.middle = output

    def forward(
        self, ids: Tensor, shapes: Tensor, quotes: Tensor, starts: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
        styles = torch.full((ids.shape[0],), self.style, dtype=torch.long)
        anchor, word, query = self.model.read(ids, torch.ones_like(ids), shapes, quotes, starts, styles)
        return anchor.log_softmax(-1), word, query, self.middle


def export(checkpoint: Path, base: Path, out: Path, *, fp32: bool, style: int, reduce: bool) -> None:
    """Writes the model files into ``out``."""
    model = load_trained(checkpoint)
    if not fp32:
        vocabulary = Vocabulary.load(base / "vocab.txt")
        prepare(model.encoder, lambda: _show_passages(model, vocabulary))
    out.mkdir(parents=True, exist_ok=True)
    graph = out / f"{NAME}.onnx"
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        _write_graph(model, raw, style)
        if fp32:
            shutil.copy(raw, graph)
        else:
            quantise(raw, graph, reduce=reduce)
    np.savez(out / f"{NAME}.npz", **_heads(model))
    shutil.copy(base / "vocab.txt", out / "vocabulary.txt")
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    digest = hashlib.sha256(graph.read_bytes()).hexdigest()
    card = {
        "name": f"{NAME}-{digest[:8]}",
        "sha256": digest,
        "precision": "fp32" if fp32 else "int8",
        "config": json.loads(saved["config"]),
        "training": json.loads(saved["card"]),
    }
    (out / f"{NAME}.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


PASSAGES = 60
"""Training passages of the project's own in which the largest activations are looked for."""


def _show_passages(model: Statements, vocabulary: Vocabulary) -> None:
    for row in build_training()[0][:PASSAGES]:
        for window in pack(read_document(row, vocabulary), WINDOW[1], 0):
            batch = collate([window], vocabulary, None)
            inputs = (batch[k] for k in ("ids", "valid", "shapes", "quotes", "starts"))
            model.read(*inputs, batch["styles"] * 0)


def _write_graph(model: Statements, path: Path, style: int) -> None:
    inputs, outputs = ["ids", "shapes", "quotes", "starts"], ["anchors", "words", "queries", "hidden"]
    example = tuple(torch.zeros((1, 16), dtype=torch.long) for _ in inputs)
    torch.onnx.export(
        Graph(model, style).eval(),
        example,
        str(path),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes={name: {1: "pieces"} for name in inputs + outputs},
        opset_version=17,
        dynamo=False,
    )


def quantise(raw: Path, graph: Path, *, reduce: bool) -> None:
    """Writes a graph with the matrices of the encoder's layers in int8; ``reduce`` keeps them to 7 bits."""
    nodes = onnx.load(raw).graph.node
    quantize_dynamic(
        raw,
        graph,
        per_channel=True,
        reduce_range=reduce,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        nodes_to_exclude=[n.name for n in nodes if n.op_type == "MatMul" and "layers" not in n.name],
    )


def _heads(model: Statements) -> dict[str, np.ndarray]:
    arrays = {
        "distance": model.distance.weight, "paragraph": model.paragraph.weight, "label": model.label.weight.T,
        "bias": model.label.bias, "transitions": model.transitions + model.forbidden,
    }  # fmt: skip
    return {k: v.detach().numpy().astype(np.float32) for k, v in arrays.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--style", type=int, default=0)
    parser.add_argument("--full-range", action="store_true", help="8-bit weights; needs VNNI to be exact")
    args = parser.parse_args()
    export(args.checkpoint, args.base, args.out, fp32=args.fp32, style=args.style, reduce=not args.full_range)
