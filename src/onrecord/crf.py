"""A linear-chain conditional random field over many sequences at once.

Scores are (S, W, L): S sequences, W words, L labels; ``mask`` (S, W) is False
behind a sequence's end; ``transitions`` (L, L) scores label j after label i and
-1e4 forbids it. A sequence begins as if "O" (label 0) stood before it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


def best_paths(scores: FloatArray, mask: BoolArray, transitions: FloatArray) -> IntArray:
    """The most probable label of each word, as a whole path (Viterbi): (S, W)."""
    count, words, labels = scores.shape
    same = np.broadcast_to(np.arange(labels, dtype=np.int8), (count, labels))
    back = np.empty((words, count, labels), dtype=np.int8)
    incoming = np.ascontiguousarray(transitions.T)[None]  # (1, to, from)
    value = scores[:, 0] + transitions[0]
    for t in range(1, words):
        options = value[:, None, :] + incoming
        choice = options.argmax(2)
        following = np.take_along_axis(options, choice[..., None], 2)[..., 0] + scores[:, t]
        here = mask[:, t, None]
        value = np.where(here, following, value)
        back[t] = np.where(here, choice, same)
    path = np.empty((count, words), dtype=np.int64)
    path[:, -1] = value.argmax(1)
    rows = np.arange(count)
    for t in range(words - 1, 0, -1):
        path[:, t - 1] = back[t, rows, path[:, t]]
    return np.where(mask, path, 0)


def marginals(scores: FloatArray, mask: BoolArray, transitions: FloatArray) -> FloatArray:
    """The probability of each label at each word (forward-backward): (S, W, L)."""
    local = np.exp(scores - scores.max(2, keepdims=True))
    local[~mask] = 1.0
    step = np.exp(np.maximum(transitions, -80.0))
    onward, backward = np.ascontiguousarray(step), np.ascontiguousarray(step.T)
    ahead, behind = np.empty_like(local), np.ones_like(local)
    ahead[:, 0] = _normal(local[:, 0] * step[0])
    for t in range(1, scores.shape[1]):
        ahead[:, t] = _normal((ahead[:, t - 1] @ onward) * local[:, t])
    for t in range(scores.shape[1] - 2, -1, -1):
        further = _normal((behind[:, t + 1] * local[:, t + 1]) @ backward)
        behind[:, t] = np.where(mask[:, t + 1, None], further, 1.0)
    found: FloatArray = ahead * behind
    found /= found.sum(2, keepdims=True)
    return found


def _normal(values: FloatArray) -> FloatArray:
    normal: FloatArray = values / values.sum(1, keepdims=True)
    return normal
