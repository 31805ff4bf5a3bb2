"""The neural pass, with the real weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from onrecord.encoder import MODEL_FOLDER, Encoder
from onrecord.errors import ModelError
from onrecord.labels import ANCHORS, LABELS
from onrecord.pipeline import Engine
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text

TEXT = "Varga said the harbour would stay shut.\n“The ice is too thick,” she added."


def test_an_annotation_has_scores_for_every_word(engine: Engine) -> None:
    ann = engine.encoder.annotate(read_text(RawDocument(data=TEXT)))
    (scores,) = ann.windows
    assert scores.anchors.shape == (len(ann.words), len(ANCHORS))
    np.testing.assert_allclose(np.exp(scores.anchors).sum(1), 1, atol=1e-4)
    assert list(np.unique(ann.paragraphs)) == [1, 2]


def test_the_cue_is_the_likeliest_anchor(engine: Engine) -> None:
    ann = engine.encoder.annotate(read_text(RawDocument(data=TEXT)))
    begins = ann.windows[0].anchors[:, ANCHORS.index("begin")]
    top = {TEXT[ann.words.starts[w] : ann.words.ends[w]] for w in np.argsort(begins)[-2:]}
    assert top == {"said", "added"}


def test_roles_are_scored_for_each_anchor_and_word(engine: Engine) -> None:
    ann = engine.encoder.annotate(read_text(RawDocument(data=TEXT)))
    scores = engine.encoder.role_scores(ann, ann.windows[0], [(1, 1), (16, 16)])
    assert scores.shape == (2, len(ann.words), len(LABELS))
    assert not np.allclose(scores[0], scores[1])


def test_a_text_that_is_not_read_has_no_windows(engine: Engine) -> None:
    text = read_text(
        RawDocument(data="Der Hafen bleibt geschlossen, sagte die Ministerin am Montag in der Stadt.")
    )
    assert engine.encoder.annotate(text).windows == ()


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "models"))


def test_weights_that_are_not_those_of_their_card_are_refused(model_folder: Path) -> None:
    with (model_folder / "statements.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="reinstall"):
        Encoder.load(model_folder)


def test_missing_weights_are_named(model_folder: Path) -> None:
    (model_folder / "statements.onnx").unlink()
    with pytest.raises(ModelError, match=r"statements\.onnx"):
        Encoder.load(model_folder)


def test_a_broken_card_is_named(model_folder: Path) -> None:
    (model_folder / "statements.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match=r"statements\.json"):
        Encoder.load(model_folder)


def test_the_card_says_what_the_weights_were_trained_on() -> None:
    card = json.loads((MODEL_FOLDER / "statements.json").read_text(encoding="utf-8"))
    assert {"name", "sha256", "precision", "config", "training", "confidence"} <= card.keys()
    assert len(card["training"]["data_sha256"]) == 64
