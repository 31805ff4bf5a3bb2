"""Annotation -> the sentences that may hold an event, which alone are read a second time.

One layer over the shared encoder's words (training/sightings.py), so a document costs a matrix product.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from onrecord.encoder import Annotation, read_arrays
from onrecord.text import Text

FloatArray = npt.NDArray[np.float32]
FILE = "sightings.npz"
LEAST_SIGHTING = 0.5
"""Probability of its likeliest word from which a sentence is read. Of intl dev, whose articles are dense with
events, 0.5 reads 50% of the wordpieces and with them 80% of the words of triggers, 0.35 65% and 92%, 0.2 80%
and 94% (training/sightings.py logs it)."""


class SightingHead(msgspec.Struct, frozen=True):
    """The weights, over the words of one encoder."""

    inner: FloatArray  # (H, I)
    inner_bias: FloatArray
    out: FloatArray  # (I,)
    out_bias: FloatArray


class Sighted(msgspec.Struct, frozen=True):
    """A sentence that may hold an event: its offsets and its words."""

    start: int
    end: int
    first: int
    last: int


def find_sighting_head(folder: Path, encoder_sha256: str) -> SightingHead | None:
    """The weights in ``folder``; None where there are none for this encoder, so that no event is read.

    Raises ModelError if they are damaged.
    """
    if not (folder / FILE).exists():
        return None
    arrays = read_arrays(folder / FILE, ("encoder", *SightingHead.__struct_fields__))
    if arrays.pop("encoder").item() != encoder_sha256:
        return None
    return SightingHead(**arrays)


def find_sightings(text: Text, ann: Annotation, head: SightingHead) -> list[Sighted]:
    """The sentences with a word that is likely enough to tell of an event."""
    if not ann.windows:
        return []
    likely = np.maximum(ann.hidden() @ head.inner + head.inner_bias, 0) @ head.out + head.out_bias
    least = np.log(LEAST_SIGHTING / (1 - LEAST_SIGHTING))
    sighted = []
    for start, end in text.sentences:
        first, last = (int(n) for n in np.searchsorted(ann.words.starts, (start, end)))
        if last > first and likely[first:last].max() >= least:
            sighted.append(Sighted(start, end, first, last))
    return sighted
