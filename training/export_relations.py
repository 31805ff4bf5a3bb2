"""Checkpoint of the relation model -> the files that reading uses: int8 graphs, the small heads and a card.

python -m training.export_relations relations.pt --base FOLDER_OF_MINILM --out src/onrecord/models
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.relations import NAME
from onrecord.words import Vocabulary
from training.annotate import ANNOTATED_EVENTS, build_training
from training.export import PASSAGES, quantise
from training.quantise import prepare
from training.relation_examples import event_examples
from training.relation_losses import distances, read_whole
from training.relation_model import INPUTS, Relations, load_relations
from training.relations import collate


class Lower(nn.Module):
    """What the first graph computes: the vectors of one unpadded sentence under the last layers."""

    def __init__(self, model: Relations) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, shapes: Tensor, quotes: Tensor, marks: Tensor) -> Tensor:
        return self.model.encoder.lower(ids, torch.ones_like(ids), shapes, quotes, marks)


class Upper(nn.Module):
    """What the second graph computes: what each wordpiece triggers, and is to the trigger that is marked."""

    def __init__(self, model: Relations) -> None:
        super().__init__()
        self.model = model

    def forward(self, lower: Tensor, near: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.model.encoder.upper(lower, torch.ones_like(near), near)
        return self.model.kind(x).softmax(-1), self.model.roles(x, near).softmax(-1), x


def export(checkpoint: Path, base: Path, out: Path, *, fp32: bool, reduce: bool) -> None:
    """Writes the model files into ``out``."""
    model = load_relations(checkpoint)
    if not fp32:
        vocabulary = Vocabulary.load(base / "vocab.txt")
        prepare(model.encoder, lambda: _show_passages(model, vocabulary))
    out.mkdir(parents=True, exist_ok=True)
    digests = {}
    pieces = torch.zeros((1, 16), dtype=torch.long)
    vectors = torch.zeros((1, 16, model.config.hidden))
    parts = (
        (
            "lower",
            Lower(model),
            dict.fromkeys(("ids", "shapes", "quotes", "marks"), pieces),
            ("vectors",),
        ),
        ("upper", Upper(model), {"lower": vectors, "near": pieces}, ("kinds", "roles", "hidden")),
    )
    for part, graph, inputs, outputs in parts:
        path = out / f"{NAME}_{part}.onnx"
        with tempfile.TemporaryDirectory() as folder:
            raw = Path(folder) / "raw.onnx"
            _write_graph(graph, inputs, outputs, raw)
            if fp32:
                shutil.copy(raw, path)
            else:
                quantise(raw, path, reduce=reduce)
        digests[part] = hashlib.sha256(path.read_bytes()).hexdigest()
    np.savez(out / f"{NAME}.npz", **_heads(model))
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    card = {
        "name": f"{NAME}-{digests['lower'][:8]}",
        "sha256": digests,
        "precision": "fp32" if fp32 else "int8",
        "config": json.loads(saved["config"]),
        "training": json.loads(saved["card"]),
    }
    (out / f"{NAME}.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def _show_passages(model: Relations, vocabulary: Vocabulary) -> None:
    """Reads passages as reading does: without a trigger, and once for each."""
    for row in build_training(folder=ANNOTATED_EVENTS)[0][: 3 * PASSAGES]:
        for example in event_examples(row, vocabulary):
            t = collate([example], vocabulary, None)
            low = model.encoder.lower(*(t[k] for k in INPUTS))
            model.encoder.upper(low, t["valid"], torch.zeros_like(t["ids"]))
            for trigger in read_whole(example, t["there"][0]):
                model.encoder.upper(low, t["valid"], distances([(0, trigger)], t))


def _write_graph(graph: nn.Module, inputs: dict[str, Tensor], outputs: Sequence[str], path: Path) -> None:
    names = [*inputs, *outputs]
    torch.onnx.export(
        graph.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: {1: "pieces"} for name in names},
        opset_version=17,
        dynamo=False,
    )


def _heads(model: Relations) -> dict[str, np.ndarray]:
    arrays = {}
    for name in ("modality", "pair", "stance"):
        head = getattr(model, name)
        arrays |= {
            f"{name}_inner": head.inner.weight.T, f"{name}_inner_bias": head.inner.bias,
            f"{name}_out": head.out.weight.T, f"{name}_out_bias": head.out.bias,
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
    parser.add_argument("--full-range", action="store_true", help="8-bit weights; needs VNNI to be exact")
    args = parser.parse_args()
    export(args.checkpoint, args.base, args.out, fp32=args.fp32, reduce=not args.full_range)
