"""Sentences that may hold an event: by weights made by hand, and by those that are shipped."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from onrecord.encoder import MODEL_FOLDER, Annotation, WindowScores
from onrecord.errors import ModelError
from onrecord.pipeline import Engine
from onrecord.sightings import FILE, LEAST_SIGHTING, SightingHead, find_sighting_head, find_sightings
from onrecord.sources.raw import RawDocument
from onrecord.text import Text, read_text
from onrecord.windows import Window
from onrecord.words import WORD, Words

TEXT = "The guns fired at noon. It rained.\nNobody spoke. The ferry sank and burned."
HEAD = SightingHead(
    inner=np.asarray([[2.0, -1.0]], dtype=np.float32),
    inner_bias=np.zeros(2, dtype=np.float32),
    out=np.asarray([1.0, 5.0], dtype=np.float32),
    out_bias=np.asarray(-4.0, dtype=np.float32),
)
"""The score of a word whose vector is x: 2x - 4 where x is positive."""


def read(text: Text, values: dict[str, float], *, windows: int = 1) -> Annotation:
    """The words of a text with vectors of one number, 0 where none is given, in as many windows as asked."""
    whole = text.document.text
    spans = [m.span() for start, end in text.paragraphs for m in WORD.finditer(whole, start, end)]
    bounds = np.asarray(spans, dtype=np.int64).reshape(-1, 2)
    zeros = np.zeros(len(spans), dtype=np.int64)
    hidden = np.asarray([[values.get(whole[a:b], 0.0)] for a, b in spans], dtype=np.float32)
    cuts = np.linspace(0, len(spans), windows + 1).astype(int)
    scored = tuple(
        WindowScores(Window(max(0, a - 2), a, b), hidden, hidden, hidden, hidden[max(0, a - 2) : b])
        for a, b in pairwise(cuts)
    )
    return Annotation(Words(bounds[:, 0], bounds[:, 1], zeros, zeros, ((1,),) * len(spans)), zeros, scored)


def sighted(values: dict[str, float], *, windows: int = 1, text: str = TEXT) -> list[str]:
    divided = read_text(RawDocument(data=text))
    ann = read(divided, values, windows=windows)
    found = find_sightings(divided, ann, HEAD)
    for s in found:
        assert int(ann.words.starts[s.first]) == s.start
        assert int(ann.words.ends[s.last - 1]) == s.end
    return [text[s.start : s.end] for s in found]


def test_a_sentence_with_one_likely_word_is_sighted() -> None:
    assert sighted({"fired": 3.0, "sank": 2.5}) == ["The guns fired at noon.", "The ferry sank and burned."]
    assert sighted({}) == []


def test_the_threshold_is_met_by_a_word_as_likely_as_it() -> None:
    even = 2.0 + np.log(LEAST_SIGHTING / (1 - LEAST_SIGHTING)) / 2
    assert sighted({"rained": even + 1e-4}) == ["It rained."]
    assert sighted({"rained": even - 1e-4}) == []


def test_what_a_word_counts_against_is_no_sighting() -> None:
    assert sighted({"rained": -0.7}) == []
    assert sighted({"rained": -0.9}) == ["It rained."], "the second unit of the head: 5 * 0.9 - 4"


@pytest.mark.parametrize("windows", [1, 2, 3])
def test_every_word_is_seen_once_from_the_window_that_owns_it(windows: int) -> None:
    assert sighted({"fired": 3.0, "spoke": 3.0}, windows=windows) == [
        "The guns fired at noon.",
        "Nobody spoke.",
    ]


def test_a_text_that_is_not_read_has_no_sightings() -> None:
    foreign = read_text(RawDocument(data="Der Hafen bleibt geschlossen, sagte die Ministerin am Montag."))
    empty = np.zeros(0, dtype=np.int64)
    assert find_sightings(foreign, Annotation(Words(empty, empty, empty, empty, ()), empty, ()), HEAD) == []


def save(folder: Path, **changed: object) -> None:
    arrays = {name: getattr(HEAD, name) for name in SightingHead.__struct_fields__}
    np.savez(folder / FILE, **(arrays | {"encoder": np.asarray("e" * 64)} | changed))  # type: ignore[arg-type]


def test_weights_are_for_the_encoder_that_they_were_trained_on(tmp_path: Path) -> None:
    save(tmp_path)
    found = find_sighting_head(tmp_path, "e" * 64)
    assert found is not None
    np.testing.assert_array_equal(found.inner, HEAD.inner)
    assert find_sighting_head(tmp_path, "f" * 64) is None


def test_without_weights_there_is_no_head(tmp_path: Path) -> None:
    assert find_sighting_head(tmp_path, "e" * 64) is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more", b"no weights"])
def test_damaged_weights_say_what_to_do(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    with pytest.raises(ModelError, match=r"sightings\.npz.*reinstall onrecord"):
        find_sighting_head(tmp_path, "e" * 64)


def test_weights_cut_short_say_what_to_do(tmp_path: Path) -> None:
    save(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match=r"sightings\.npz.*reinstall onrecord"):
        find_sighting_head(tmp_path, "e" * 64)


def test_weights_of_which_a_part_is_missing_name_it(tmp_path: Path) -> None:
    np.savez(tmp_path / FILE, encoder=np.asarray("e" * 64), inner=HEAD.inner)
    with pytest.raises(ModelError, match=r"inner_bias.*reinstall onrecord"):
        find_sighting_head(tmp_path, "e" * 64)


def test_the_shipped_head_knows_the_shipped_encoder(engine: Engine) -> None:
    head = find_sighting_head(MODEL_FOLDER, engine.encoder.sha256)
    assert head is not None, "run training/sightings.py again"
    assert engine.sighting is not None


def test_the_shipped_head_tells_a_battle_from_the_weather(engine: Engine) -> None:
    text = read_text(
        RawDocument(data="Rebels shelled the harbour of Lerin.\nThe leaves of the tree are green.")
    )
    head = find_sighting_head(MODEL_FOLDER, engine.encoder.sha256)
    assert head is not None
    found = find_sightings(text, engine.encoder.annotate(text), head)
    assert [s.start for s in found] == [0]
