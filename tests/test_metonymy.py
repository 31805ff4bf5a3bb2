"""Place names told from the governments and peoples they stand for."""

from __future__ import annotations

import msgspec
import pytest

from onrecord.evaluation.metonymy import GoldName, figures, one_sentence
from onrecord.metonymy import metonymy, word_features
from onrecord.pipeline import Engine


def probability(engine: Engine, sentence: str, name: str, *, encoder: str | None = None) -> float:
    text = one_sentence(sentence)
    at = sentence.index(name)
    ann = engine.encoder.annotate(text)
    return metonymy().probability(text, ann, (at, at + len(name)), encoder=encoder or engine.encoder.sha256)


def test_who_decides_is_a_government_and_where_it_happens_a_place(engine: Engine) -> None:
    decides = probability(engine, "Norway agreed to join the treaty and signed it.", "Norway")
    happens = probability(engine, "The village lies in the hills of northern Norway.", "Norway")
    assert happens < 0.5 < decides


def test_other_weights_than_those_learned_with_leave_the_words_to_decide(engine: Engine) -> None:
    sentence = "The village lies in the hills of northern Norway."
    model = metonymy()
    blind = msgspec.structs.replace(model, weights=model.weights * float("nan"))
    text = one_sentence(sentence)
    at = sentence.index("Norway")
    found = blind.probability(text, engine.encoder.annotate(text), (at, at + 6), encoder="another")
    assert found < 0.5
    assert found == probability(engine, sentence, "Norway", encoder="another")


def test_the_shipped_regression_knows_the_shipped_encoder(engine: Engine) -> None:
    assert metonymy().encoder == engine.encoder.sha256, "run training/metonymy.py again"


def test_word_features_look_past_articles() -> None:
    features = word_features(["In", "the", "Gambia", "it", "rained"], 2, 3)
    assert "before=in" in features
    assert "the=True" in features
    assert "behind=it" in features
    assert "verb=rained" in features


def test_a_name_alone_has_features_too() -> None:
    assert "first=True" in word_features(["Malta"], 0, 1)


def test_the_task_counts_both_readings(engine: Engine) -> None:
    lies, decides = "The village lies in northern Norway.", "Norway agreed to join the treaty and signed it."
    gold = [
        GoldName(id="1", text=lies, start=29, end=35, surface="Norway", reading="literal"),
        GoldName(id="2", text=decides, start=0, end=6, surface="Norway", reading="metonymic"),
        GoldName(id="3", text=decides, start=0, end=6, surface="Norway", reading="literal"),
    ]
    found = figures(gold, engine.encoder)
    assert found["accuracy"] == pytest.approx(66.7)
    assert found["metonymic"] == {"names": 1, "right": 100.0}
    assert found["literal"] == {"names": 2, "right": 50.0}
