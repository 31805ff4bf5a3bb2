"""One sentence, read by the relation model: by hand-made graphs, and by the weights that are shipped."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from sample_relations import WIDTH, answering

from onrecord.encoder import MODEL_FOLDER, Encoder
from onrecord.errors import ModelError
from onrecord.judgement import Judgement
from onrecord.pipeline import Engine
from onrecord.quotes import find_quotations
from onrecord.relation_labels import KINDS, LONGEST, MODALITIES, ROLE_LABELS, STANCES
from onrecord.relations import SPECIAL, Relations, Two, parts
from onrecord.words import Vocabulary, Words, read_words

TEXT = "Rebels shelled a ferry on Friday, and the Tarvian navy fired back."


def words_of(text: str, vocabulary: Vocabulary) -> Words:
    return read_words(text, [(0, len(text))], find_quotations(text), vocabulary)


def place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_a_head_is_two_layers_and_a_softmax() -> None:
    one, none = np.eye(2, dtype=np.float32), np.zeros(2, dtype=np.float32)
    found = Two(one, none, one, none).probabilities(np.asarray([1.0, -1.0], dtype=np.float32))
    gelu = [0.8413447, -0.1586553]
    assert found == pytest.approx(np.exp(gelu) / np.exp(gelu).sum(), abs=1e-6)


def test_a_word_is_told_by_its_first_wordpiece() -> None:
    relations = answering("a ferry", kinds={"shell": ("ASSAULT", 0.9)}, pieces=("shell", "##ed"))
    words = words_of("Shelled a ferry", relations.vocabulary)
    scores = relations.read(words, 0, 3)
    assert scores.at.tolist() == [1, 3, 4]
    assert scores.kinds[:, KINDS.index("ASSAULT")].tolist() == pytest.approx([0.9, 0, 0])
    assert scores.hidden.shape == (6, WIDTH)


def test_the_trigger_is_marked_from_its_first_to_its_last_word() -> None:
    relations = answering(TEXT, roles={"rebels": "B-actor"})
    scores = relations.read(words_of(TEXT, relations.vocabulary), 0, 14)
    given = relations.given(scores, (1, 2))
    (asked,) = relations.upper.asked  # type: ignore[attr-defined]
    assert asked == [relations.vocabulary.look_up(w)[0][0] for w in ("shelled", "a")]
    assert given.roles[0].argmax() == ROLE_LABELS.index("B-actor")
    assert given.roles.shape == (14, len(ROLE_LABELS))
    assert given.modality.argmax() == MODALITIES.index("actual")


def test_only_the_words_asked_for_are_read() -> None:
    relations = answering(TEXT)
    ids = relations.read(words_of(TEXT, relations.vocabulary), 7, 11).hidden[:, 0].astype(int).tolist()
    between = [relations.vocabulary.look_up(w)[0][0] for w in ("and", "the", "tarvian", "navy")]
    assert ids == [relations.vocabulary.start, *between, relations.vocabulary.end]


def test_participants_are_the_mean_of_all_their_wordpieces() -> None:
    relations = answering("saw", pieces=("gun", "##ner", "##s", "ship"))
    words = words_of("Gunners saw ship", relations.vocabulary)
    vector = relations.between(words, 0, 3, [(0, 7)], [(12, 16)])
    gun, ner, s, ship = (relations.vocabulary._ids[p] for p in ("gun", "##ner", "##s", "ship"))
    assert vector.shape == (3 * WIDTH,)
    assert vector[0] == relations.vocabulary.start
    assert vector[WIDTH] == pytest.approx((gun + ner + s) / 3)
    assert vector[2 * WIDTH] == ship
    assert (vector[WIDTH + 3], vector[2 * WIDTH + 3]) == (1, 2)


def test_a_word_of_both_participants_is_the_second_ones() -> None:
    relations = answering(TEXT)
    words = words_of(TEXT, relations.vocabulary)
    vector = relations.between(
        words, 0, len(words), [place(TEXT, "Rebels shelled")], [place(TEXT, "shelled")]
    )
    assert vector[WIDTH] == relations.vocabulary.look_up("rebels")[0][0]
    assert vector[2 * WIDTH] == relations.vocabulary.look_up("shelled")[0][0]


@pytest.mark.parametrize("spans", [[], [(3, 3)], [(900, 950)], [(6, 7)]])
def test_a_participant_without_words_is_nothing(spans: list[tuple[int, int]]) -> None:
    relations = answering(TEXT)
    words = words_of(TEXT, relations.vocabulary)
    vector = relations.between(words, 1, 7, spans, [place(TEXT, "ferry")])
    assert not vector[WIDTH : 2 * WIDTH].any()
    assert vector[2 * WIDTH] == relations.vocabulary.look_up("ferry")[0][0]


def test_a_sentence_without_words_is_read_as_one() -> None:
    relations = answering(TEXT, pair="AID", stance="pos_p2q")
    assert max(relations.type_given("", [], []).items(), key=lambda x: x[1])[0] == "AID"
    assert max(relations.stance_given(" ", (0, 1), (0, 1)).items(), key=lambda x: x[1])[0] == "pos_p2q"
    scores = relations.read(words_of("", relations.vocabulary), 0, 0)
    assert scores.kinds.shape == (0, len(KINDS))


def test_a_sentence_is_one_part_as_long_as_it_can_be_read_at_once() -> None:
    relations = answering("a b")
    most = LONGEST - SPECIAL
    words = words_of("a " * (2 * most + 1), relations.vocabulary)
    assert parts(words, 5, 5 + most) == [(5, 5 + most)]
    assert parts(words, 5, 6 + most) == [(5, 5 + most), (5 + most, 6 + most)]
    assert parts(words, 0, len(words)) == [(0, most), (most, 2 * most), (2 * most, 2 * most + 1)]
    assert parts(words, 3, 3) == []


def test_of_a_long_sentence_the_part_with_both_participants_is_read() -> None:
    text = "Ann " + "x " * 150 + "Ben " + "x " * 150 + "Cat " + "x " * 50 + "Dan"
    relations = answering(text)
    words = words_of(text, relations.vocabulary)
    ids = [relations.vocabulary.look_up(w)[0][0] for w in ("ann", "ben", "cat", "dan")]

    def told(p: str, q: str) -> list[int]:
        vector = relations.between(words, 0, len(words), [place(text, p)], [place(text, q)])
        return [int(vector[WIDTH]), int(vector[2 * WIDTH])]

    assert told("Ann", "Ben") == ids[:2]
    assert told("Ben", "Cat") == ids[1:3]
    assert told("Dan", "Cat") == ids[:1:-1]
    assert told("Ann", "Dan") == [ids[0], 0], "too far apart: the beginning is read"


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations.load()


def test_the_shipped_weights_give_probabilities(relations: Relations) -> None:
    words = words_of(TEXT, relations.vocabulary)
    scores = relations.read(words, 0, len(words))
    given = relations.given(scores, (1, 1))
    np.testing.assert_allclose(scores.kinds.sum(1), 1, atol=1e-3)
    np.testing.assert_allclose(given.roles.sum(1), 1, atol=1e-3)
    assert given.modality.sum() == pytest.approx(1, abs=1e-3)
    assert (scores.kinds.shape, given.roles.shape) == ((14, len(KINDS)), (14, len(ROLE_LABELS)))


def test_the_shipped_weights_know_an_attack_and_its_two_sides(relations: Relations) -> None:
    text = "Rebels attacked Tarvian troops near Lerin on Friday."
    words = words_of(text, relations.vocabulary)
    scores = relations.read(words, 0, len(words))
    roles = relations.given(scores, (1, 1)).roles
    assert KINDS[scores.kinds[1].argmax()] == "ASSAULT"
    assert ROLE_LABELS[roles[0].argmax()] == "B-actor"
    assert ROLE_LABELS[roles[3].argmax()].endswith("recipient")


def test_the_shipped_weights_tell_relation_and_stance(relations: Relations) -> None:
    types = relations.type_given(TEXT, [place(TEXT, "Rebels")], [place(TEXT, "a ferry")])
    stances = relations.stance_given(TEXT, place(TEXT, "Rebels"), place(TEXT, "a ferry"))
    assert tuple(types) == KINDS
    assert tuple(stances) == STANCES
    assert sum(types.values()) == pytest.approx(1, abs=1e-4)
    assert sum(stances.values()) == pytest.approx(1, abs=1e-4)
    assert max(types, key=lambda kind: types[kind]) == "ASSAULT"


def test_the_shipped_weights_read_a_sentence_of_any_length(relations: Relations) -> None:
    text = "Rebels shelled a ferry, " * 200
    found = relations.type_given(text, [(0, 6)], [(len(text) - 8, len(text) - 2)])
    assert sum(found.values()) == pytest.approx(1, abs=1e-4)


def test_the_shipped_card_fits_the_code() -> None:
    card = json.loads((MODEL_FOLDER / "relations.json").read_text(encoding="utf-8"))
    assert {"name", "sha256", "precision", "config", "training", "confidence"} <= card.keys()
    assert len(card["training"]["data_sha256"]) == 64
    assert msgspec.convert(card["confidence"], Judgement) != Judgement(), "run training/judgement.py"
    assert card["confidence"].keys() == set(Judgement.__struct_fields__)


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MODEL_FOLDER, tmp_path / "models"))


@pytest.mark.parametrize("name", ["json", "npz", "_lower.onnx", "_upper.onnx"])
def test_missing_weights_are_named(model_folder: Path, name: str) -> None:
    file = f"relations{name if name[0] == '_' else '.' + name}"
    (model_folder / file).unlink()
    with pytest.raises(ModelError, match=rf"{file}.*reinstall onrecord"):
        Relations.load(model_folder)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 and no more", b"no weights"])
@pytest.mark.parametrize("name", ["json", "npz", "_lower.onnx"])
def test_damaged_weights_are_named(model_folder: Path, name: str, damage: bytes) -> None:
    file = f"relations{name if name[0] == '_' else '.' + name}"
    (model_folder / file).write_bytes(damage)
    with pytest.raises(ModelError, match=rf"{file}.*reinstall onrecord"):
        Relations.load(model_folder)


def test_a_head_that_is_not_in_the_file_is_named(model_folder: Path) -> None:
    np.savez(model_folder / "relations.npz", modality_inner=np.zeros(1))
    with pytest.raises(ModelError, match=r"relations\.npz.*modality_inner_bias.*reinstall"):
        Relations.load(model_folder)


def test_an_engine_without_the_weights_of_events_reads_statements_only(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("sightings.npz", "relations.npz", "relations.json"):
        (model_folder / file).unlink(missing_ok=True)
    monkeypatch.setattr("onrecord.pipeline.MODEL_FOLDER", model_folder)
    engine = Engine.load()
    assert engine.sighting is None
    assert engine.relations is None


def test_an_engine_with_half_of_the_weights_of_events_says_what_is_missing(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (model_folder / "relations.json").unlink()
    monkeypatch.setattr("onrecord.pipeline.MODEL_FOLDER", model_folder)
    with pytest.raises(ModelError, match=r"relations\.json.*reinstall"):
        Engine.load()
    assert Engine.load(events=False).relations is None


def test_an_engine_that_is_told_not_to_does_not_load_the_weights_of_events() -> None:
    engine = Engine.load(events=False)
    assert engine.sighting is None
    assert engine.relations is None


def test_the_vocabulary_is_that_of_the_statements() -> None:
    encoder = Encoder.load()
    assert Relations.load(vocabulary=encoder.vocabulary).vocabulary is encoder.vocabulary
