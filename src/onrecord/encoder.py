"""Text -> Annotation: the one neural pass, on ONNX Runtime.

The graph reads a window of wordpieces with their surface features and gives,
for every word, anchor scores and two vectors; the small rest of the model
(what a word is to one given anchor) is a few matrix products here. Windows are
read one by one: activations are quantised by window, so a batch would make a
reading depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime

from onrecord.errors import ModelError
from onrecord.labels import DISTANCES, PARAGRAPH_REACH
from onrecord.text import Text
from onrecord.windows import LONG_PARAGRAPH, Window, pack_windows
from onrecord.words import Vocabulary, Words, read_words

FloatArray = npt.NDArray[np.float32]
MODEL_FOLDER = Path(__file__).parent / "models"
MODEL_NAME = "statements"


class WindowScores(msgspec.Struct, frozen=True):
    """What the graph says of one window of W words: log-probabilities and vectors."""

    window: Window
    anchors: FloatArray  # (W, 4), columns as labels.ANCHORS, log-softmax
    words: FloatArray  # (W, 2D)
    queries: FloatArray  # (W, 2D)
    hidden: FloatArray | None = None  # (W, H), of a middle layer; None from a graph that does not give it


class Annotation(msgspec.Struct, frozen=True):
    """The neural reading of one text; ``paragraphs`` numbers each word's paragraph."""

    words: Words
    paragraphs: npt.NDArray[np.int64]
    windows: tuple[WindowScores, ...]

    def hidden(self) -> FloatArray:
        """The middle layer's vector of every word (W, H), each from the window whose own part it is in."""
        parts = [w.hidden[w.window.own - w.window.first :] for w in self.windows if w.hidden is not None]
        return np.concatenate(parts)


class Heads(msgspec.Struct, frozen=True):
    """The parts of the model outside the graph (training/model.py ``emissions``)."""

    distance: FloatArray
    paragraph: FloatArray
    label: FloatArray
    bias: FloatArray
    transitions: FloatArray


class Encoder:
    """The loaded weights. One instance may serve many threads; it keeps no state of a text."""

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self.card: dict[str, Any] = read_card(folder / f"{MODEL_NAME}.json")
        graph = read_graph(folder / f"{MODEL_NAME}.onnx", self.card["sha256"])
        self.name: str = self.card["name"]
        self.sha256: str = self.card["sha256"]
        self.vocabulary = Vocabulary.load(folder / "vocabulary.txt")
        self.heads = Heads(**read_arrays(folder / f"{MODEL_NAME}.npz", Heads.__struct_fields__))
        self.session = open_session(graph, threads)

    @classmethod
    def load(cls, folder: Path = MODEL_FOLDER, *, threads: int | None = None) -> Encoder:
        """The encoder with the weights that came with the package. Raises ModelError if they are damaged."""
        return cls(folder, threads=threads)

    def annotate(self, text: Text) -> Annotation:
        """The annotation of one text; no windows where nothing is to be read."""
        words = read_words(text.document.text, text.paragraphs, text.quotations, self.vocabulary)
        paragraphs = _paragraph_numbers(text, words)
        windows = tuple(self._score(w, words, paragraphs) for w in self.windows(text, words))
        return Annotation(words, paragraphs, windows)

    def windows(self, text: Text, words: Words) -> list[Window]:
        """The windows in which ``text`` is read."""
        sizes = [len(p) for p in words.pieces]
        return list(pack_windows(_units(text, words, sizes), sizes))

    def inputs(
        self, window: Window, words: Words, paragraphs: npt.NDArray[np.int64]
    ) -> tuple[dict[str, Any], Any]:
        """The graph's inputs, (1, T) int64 each, and the position of each word's first wordpiece (W,)."""
        part = slice(window.first, window.last)
        pieces = words.pieces[part]
        sizes = np.asarray([len(p) for p in pieces])
        at = np.concatenate(([1], 1 + np.cumsum(sizes)[:-1]))
        flat = [self.vocabulary.start, *(p for group in pieces for p in group), self.vocabulary.end]
        starts = np.zeros((1, len(flat)), dtype=np.int64)
        numbers = paragraphs[part]
        starts[0, at[np.concatenate(([True], numbers[1:] != numbers[:-1]))]] = 1
        feeds = {
            "ids": np.asarray([flat], dtype=np.int64),
            "shapes": spread(words.shapes[part], sizes),
            "quotes": spread(words.quotes[part], sizes),
            "starts": starts,
        }
        return feeds, at

    def _score(self, window: Window, words: Words, paragraphs: npt.NDArray[np.int64]) -> WindowScores:
        feeds, at = self.inputs(window, words, paragraphs)
        return WindowScores(window, *(y[0, at] for y in self.session.run(None, feeds)))

    def role_scores(
        self, ann: Annotation, scores: WindowScores, anchors: Sequence[tuple[int, int]]
    ) -> FloatArray:
        """Scores (S, W, L) of every word's role given each anchor (first and last word, in the window)."""
        bounds = np.asarray(anchors, dtype=np.int64).reshape(-1, 2)
        query = np.stack([scores.queries[a : b + 1].mean(0) for a, b in bounds])
        half = query.shape[1] // 2
        z = scores.words[None, :, half:] * query[:, None, half:]
        z += scores.words[None, :, :half] + query[:, None, :half]
        z += self.heads.distance[distance_buckets(len(scores.words), bounds)]
        numbers = ann.paragraphs[scores.window.first : scores.window.last]
        delta = np.clip(numbers[None] - numbers[bounds[:, 0]][:, None], -PARAGRAPH_REACH, PARAGRAPH_REACH)
        z += self.heads.paragraph[delta + PARAGRAPH_REACH]
        found: FloatArray = np.maximum(z, 0) @ self.heads.label + self.heads.bias
        return found


def open_session(graph: bytes, threads: int | None) -> onnxruntime.InferenceSession:
    """A session on the CPU that computes a graph; ``threads`` None takes all cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def spread(values: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A word's feature on all its wordpieces, 0 on the two special ones: (1, T)."""
    return np.concatenate(([0], np.repeat(values, sizes), [0]))[None]


def distance_buckets(count: int, bounds: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Signed bucket of each word's distance from each anchor: (S, count)."""
    words = np.arange(count)[None]
    before, behind = np.minimum(words - bounds[:, :1], 0), np.maximum(words - bounds[:, 1:], 0)
    delta = before + behind
    size = np.searchsorted(DISTANCES, np.abs(delta), side="right")
    found: npt.NDArray[np.int64] = np.where(delta < 0, -size, size) + len(DISTANCES)
    return found


def _paragraph_numbers(text: Text, words: Words) -> npt.NDArray[np.int64]:
    starts = np.asarray([start for start, _ in text.paragraphs], dtype=np.int64)
    return np.searchsorted(starts, words.starts, side="right")


def _units(text: Text, words: Words, sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Word ranges that no window cuts: paragraphs, or the sentences of long ones."""
    units: list[tuple[int, int]] = []
    sentence_starts = np.asarray([start for start, _ in text.sentences], dtype=np.int64)
    for start, end in text.paragraphs:
        first, last = (int(x) for x in np.searchsorted(words.starts, (start, end)))
        if last <= first:
            continue
        cuts: list[int] = []
        if sum(sizes[first:last]) > LONG_PARAGRAPH:
            low, high = np.searchsorted(sentence_starts, (start, end))
            cuts = [int(np.searchsorted(words.starts, s)) for s in sentence_starts[low:high]]
        bounds = sorted({first, last, *(c for c in cuts if first < c < last)})
        units += pairwise(bounds)
    return units


def read_card(path: Path) -> dict[str, Any]:
    """The card of some weights. Raises ModelError where it is missing or is none."""
    try:
        card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        card["name"], card["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"the model card {path.name} cannot be read ({error}): reinstall onrecord"
        ) from error
    return card


def read_graph(path: Path, sha256: str) -> bytes:
    """The bytes of a graph. Raises ModelError where they are missing or not those of its card."""
    try:
        graph = path.read_bytes()
    except OSError as error:
        raise ModelError(f"the weights {path.name} cannot be read ({error}): reinstall onrecord") from error
    if hashlib.sha256(graph).hexdigest() != sha256:
        raise ModelError(f"the weights {path.name} are not those of their card: reinstall onrecord")
    return graph


def read_arrays(path: Path, names: Iterable[str]) -> dict[str, npt.NDArray[Any]]:
    """The arrays of these names in a file. Raises ModelError where they are missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file) as arrays:  # numpy leaves a damaged file open
            return {name: arrays[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"the weights {path.name} cannot be read ({error}): reinstall onrecord") from error
