"""Mentions and clusters: words, spans, pairs, links; the whole with the real weights where they are there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.clusters import Cluster, add_mentions, cluster_at, head_offset, join
from onrecord.coreference import HEADS_NAME, find_heads
from onrecord.coreference_pairs import CANDIDATES, FEATURES, NAME, find_pairs, read_mentions
from onrecord.coreference_spans import (
    LONGEST,
    SpanHeads,
    Spans,
    find_spans,
    possible_spans,
    sentence_numbers,
)
from onrecord.coreference_words import CLASSES, FEMALE, MALE, PLURAL, SINGULAR, read_wording
from onrecord.encoder import Annotation
from onrecord.errors import ModelError
from onrecord.pipeline import Engine
from onrecord.records import Actor, Mention
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text
from onrecord.words import WORD, Vocabulary, read_words

TEXT = "Ilse Varga, the harbour master, closed the port. She said the ice was too thick. Varga lives there."
VOCABULARY = Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])


def wording(words: str) -> tuple[str, str]:
    """Class and head of a mention."""
    split = WORD.findall(words)
    read = read_wording(split)
    return CLASSES[read.kind], split[read.head]


@pytest.mark.parametrize(
    ("words", "kind", "head"),
    [
        ("She", "she", "She"),
        ("herself", "she", "herself"),
        ("Ilse Varga", "name", "Varga"),
        ("the River Board", "name", "Board"),
        ("the harbour master of Vela", "definite", "master"),
        ("the two envoys who had come", "definite", "envoys"),
        ("her deputy", "possessed", "deputy"),
        ("Varga's deputy", "possessed", "deputy"),
        ("this plan", "demonstrative", "plan"),
        ("a spokesman for the board", "indefinite", "spokesman"),
        ("three tugs", "counted", "tugs"),
        ("thick ice", "bare", "ice"),
        ("the port’s", "definite", "port"),
    ],
)
def test_a_mention_is_classed_by_its_words(words: str, kind: str, head: str) -> None:
    assert wording(words) == (kind, head)


@pytest.mark.parametrize(
    ("words", "gender", "number"),
    [
        ("he", MALE, SINGULAR),
        ("she", FEMALE, SINGULAR),
        ("they", 0, PLURAL),
        ("her sister", FEMALE, SINGULAR),
        ("Mr Varga", MALE, SINGULAR),
        ("the ministers", 0, PLURAL),
        ("the crisis", 0, SINGULAR),
        ("the minister and her deputy", 0, PLURAL),
    ],
)
def test_gender_and_number_are_told_where_the_words_tell_them(words: str, gender: int, number: int) -> None:
    read = read_wording(WORD.findall(words))
    assert (read.gender, read.number) == (gender, number)


@given(st.lists(st.from_regex(r"[A-Za-z’',.\-0-9]+", fullmatch=True), min_size=1, max_size=8))
def test_any_words_have_a_head_among_them(words: list[str]) -> None:
    split = WORD.findall(" ".join(words)) or ["x"]
    assert 0 <= read_wording(split).head < len(split)


def annotated(content: str) -> tuple[str, Annotation, np.ndarray]:
    """A text with its words and sentences, and no neural reading."""
    text = read_text(RawDocument(data=content))
    words = read_words(content, text.paragraphs, text.quotations, VOCABULARY)
    paragraphs = np.searchsorted(
        np.asarray([start for start, _ in text.paragraphs]), words.starts, side="right"
    )
    return content, Annotation(words, paragraphs, ()), sentence_numbers(words.starts, text.sentences)


def spans_of(content: str, ann: Annotation, *mentions: str) -> Spans:
    """The spans of the mentions, looked for one after the other."""
    first, last, at = [], [], 0
    for mention in mentions:
        start = content.index(mention, at)
        at = start + 1
        first.append(int(np.searchsorted(ann.words.starts, start)))
        last.append(int(np.searchsorted(ann.words.ends, start + len(mention))))
    return Spans(np.asarray(first), np.asarray(last), np.zeros(len(first), dtype=np.float32))


def test_pairs_go_back_only_and_shared_words_come_first() -> None:
    content, ann, sentences = annotated(TEXT)
    spans = spans_of(content, ann, "Ilse Varga", "the harbour master", "the port", "She", "the ice", "Varga")
    mentions = read_mentions(content, ann, sentences, spans)
    pairs = find_pairs(mentions)
    assert pairs.features.shape == (6, CANDIDATES, FEATURES)
    for n in range(6):
        assert set(pairs.candidate[n][pairs.valid[n]]) == set(range(n))
    column = pairs.candidate[5].tolist().index(0)
    assert pairs.features[5, column, 1] == 1  # the same head
    assert mentions.kind[5] == NAME
    column = pairs.candidate[1].tolist().index(0)
    assert pairs.features[1, column, 17] == 1  # only a comma between: an apposition


def test_a_mention_far_back_is_tried_where_it_shares_a_word() -> None:
    content = "Ilse Varga came. " + "It snowed. " * (CANDIDATES + 20) + "Varga left."
    content, ann, sentences = annotated(content)
    spans = spans_of(content, ann, "Ilse Varga", *["It"] * (CANDIDATES + 20), "Varga left"[:5])
    pairs = find_pairs(read_mentions(content, ann, sentences, spans))
    assert 0 in pairs.candidate[-1][pairs.valid[-1]]
    assert 0 not in pairs.candidate[-2][pairs.valid[-2]]


def blank_heads() -> SpanHeads:
    """Weights of width one that are all zero: every span has the score of the bias."""
    shapes: dict[str, tuple[int, ...]] = {
        "project": (1, 1), "project_bias": (1,), "shape": (8, 1), "near": (3, 1), "near_bias": (1,),
        "far": (3, 1), "far_bias": (1,), "edge": (1, 2), "edge_bias": (2,), "parts": (1, 5),
        "parts_bias": (5,), "width": (LONGEST, 1), "span": (1,), "span_bias": (1,),
    }  # fmt: skip
    return SpanHeads(**{name: np.zeros(shape, dtype=np.float32) for name, shape in shapes.items()})


def test_spans_nest_and_stay_inside_their_sentence() -> None:
    heads = blank_heads()
    found = find_spans(np.zeros((5, 1), dtype=np.float32), np.asarray([1, 1, 1, 2, 2]), heads, -0.5)
    spans = list(zip(found.first.tolist(), found.last.tolist(), strict=True))
    assert spans == [(0, 2), (0, 1), (0, 0), (1, 2), (1, 1), (2, 2), (3, 4), (3, 3), (4, 4)]
    assert len(find_spans(np.zeros((5, 1), dtype=np.float32), np.asarray([1] * 5), heads, 0.5)) == 0


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_every_begin_meets_every_end_behind_it_in_its_sentence(words: list[tuple[bool, bool, bool]]) -> None:
    edges = np.asarray([[b, e] for b, e, _ in words], dtype=np.float32) * 20 - 10
    sentences = np.cumsum([new for _, _, new in words])
    first, last = possible_spans(edges, sentences)
    wanted = [
        (i, j)
        for i, (begins, _, _) in enumerate(words)
        for j, (_, ends, _) in enumerate(words)
        if begins and ends and i <= j < i + LONGEST and sentences[i] == sentences[j]
    ]
    assert list(zip(first.tolist(), last.tolist(), strict=True)) == wanted


def test_links_join_through_others() -> None:
    assert join([(1, 0), (3, 1), (4, 2)], 5) == [[0, 1, 3], [2, 4]]


def mention(content: str, words: str, form: str, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = content.index(words, start + 1)
    return Mention(start=start, end=start + len(words), text=words, form=form)  # type: ignore[arg-type]


def test_pronouns_of_a_cluster_become_mentions_of_the_actor_it_names() -> None:
    name = mention(TEXT, "Ilse Varga", "name")
    actor = Actor(id="local:ilse-varga", name="Ilse Varga", mentions=(name,))
    she, master = mention(TEXT, "She", "pronoun"), mention(TEXT, "the harbour master", "nominal")
    cluster = Cluster(kind="person", mentions=(name, master, she), certainty=(1.0, 0.9, 0.8))
    (found,) = add_mentions([actor], [cluster])
    assert [(m.text, m.actor) for m in found.mentions[1:]] == [("She", "local:ilse-varga")]
    assert cluster_at((cluster,), she.start, she.end) is cluster
    assert cluster_at((cluster,), 0, 1) is None


def test_a_cluster_that_names_two_actors_gives_to_neither() -> None:
    content = "Ilse Varga met Otto Brandt. She left."
    names = mention(content, "Ilse Varga", "name"), mention(content, "Otto Brandt", "name")
    actors = [Actor(id=f"local:{n}", name=m.text, mentions=(m,)) for n, m in enumerate(names)]
    cluster = Cluster(
        kind="person", mentions=(*names, mention(content, "She", "pronoun")), certainty=(1.0, 0.9, 0.9)
    )
    assert add_mentions(actors, [cluster]) == tuple(actors)


def test_an_unsure_link_is_not_shown() -> None:
    name = mention(TEXT, "Ilse Varga", "name")
    actor = Actor(id="local:ilse-varga", name="Ilse Varga", mentions=(name,))
    cluster = Cluster(kind="person", mentions=(name, mention(TEXT, "She", "pronoun")), certainty=(1.0, 0.3))
    assert add_mentions([actor], [cluster]) == (actor,)


def test_the_head_of_a_long_name_is_found_in_the_document() -> None:
    content = "On Monday Ilse Varga of the River Board left."
    found = mention(content, "Ilse Varga of the River Board", "name")
    assert content[head_offset(found) :].startswith("Varga")


def test_weights_of_another_encoder_are_left_aside(tmp_path: Path) -> None:
    assert find_heads(tmp_path, "0" * 64) is None
    np.savez(tmp_path / HEADS_NAME, encoder=np.array("1" * 64))
    assert find_heads(tmp_path, "0" * 64) is None


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    (tmp_path / HEADS_NAME).write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"coreference\.npz cannot be read.*training\.coreference"):
        find_heads(tmp_path, "0" * 64)


def test_the_shipped_weights_belong_to_the_shipped_encoder(engine: Engine) -> None:
    assert engine.coreference is not None, "run python -m training.coreference --models src/onrecord/models"


def test_a_name_its_surname_and_a_pronoun_stand_together(engine: Engine) -> None:
    text = read_text(
        RawDocument(
            data="Prime Minister Ilse Varga opened the new bridge on Monday. She said it would serve "
            "the whole valley. Varga, who was born in the valley, then met the engineers."
        )
    )
    clusters = engine.clusters(text, engine.encoder.annotate(text))
    at = text.document.text.index("She said")
    cluster = cluster_at(clusters, at, at + 3)
    assert cluster is not None
    assert cluster.kind == "person"
    assert any(m.text.endswith("Ilse Varga") for m in cluster.names())
    assert all(text.document.text[m.start : m.end] == m.text for c in clusters for m in c.mentions)


def test_a_text_that_is_not_read_has_no_clusters(engine: Engine) -> None:
    text = read_text(
        RawDocument(data="Der Hafen bleibt geschlossen, sagte die Ministerin am Montag in der Stadt.")
    )
    assert engine.clusters(text, engine.encoder.annotate(text)) == ()
