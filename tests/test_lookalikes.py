"""What looks like an event and is none, and what must stay one beside the same words."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from onrecord.lexicon import read_phrases
from onrecord.lookalikes import FILE, is_lookalike
from onrecord.sentences import find_paragraphs, find_sentences
from training.annotate import ANNOTATED_EVENTS, build_training

LOSS = 0.001
"""Share of the annotated events that may be lost; none was when the words were last looked at."""

NONE = [
    # what does no deed, whatever the verb
    ("Copper surrendered its gains before noon.", "surrendered", ["Copper"], []),
    ("Gales battered the pier at Skarvund.", "battered", ["Gales"], ["the pier at Skarvund"]),
    ("A swarm of locusts attacked the millet.", "attacked", ["A swarm of locusts"], ["the millet"]),
    ("The virus invaded four provinces.", "invaded", ["The virus"], ["four provinces"]),
    ("His fight against cancer is over.", "fight", [], ["cancer"]),
    # sport
    ("Lidov attacked from the kick-off.", "attacked", ["Lidov"], []),
    ("Brenn beat Vorsk in straight sets.", "beat", ["Brenn"], ["Vorsk"]),
    ("The team was under siege until the final whistle.", "siege", [], ["The team"]),
    # rules
    ("A court may refuse the request of Orvania.", "may refuse", ["A court"], ["Orvania"]),
    ("Every member must support the others.", "support", ["Every member"], ["the others"]),
    # rows of figures
    ("Tarvia\tstrike 4\tattack 9\t12.5", "attack", ["Tarvia"], []),
    # games and fiction
    ("White resigned the third chess game.", "resigned", ["White"], []),
    ("In the novel the queen invades Morin.", "invades", ["the queen"], ["Morin"]),
    # markets
    ("The bears attacked in late trade.", "attacked", ["The bears"], []),
    ("The board rejected the bid.", "rejected", ["The board"], ["the bid"]),
]
EVENTS = [
    ("Tarvia attacked Kessaria on Monday.", "attacked", ["Tarvia"], ["Kessaria"]),
    ("Rebels attacked the oil terminal.", "attacked", ["Rebels"], ["the oil terminal"]),
    ("Storm Battalion shelled the port.", "shelled", ["Storm Battalion"], ["the port"]),
    ("Police fired on fans after the second half.", "fired", ["Police"], ["fans"]),
    ("Oil fell as Orvania's army attacked the strait.", "attacked", ["Orvania's army"], ["the strait"]),
    ("The team was arrested at the border.", "was arrested", [], ["The team"]),
    ("The novelist was sued by the city after the film.", "was sued", ["the city"], ["The novelist"]),
    ("Lumeria sent food after the floods.", "sent", ["Lumeria"], []),
    ("On 3 May 1951 at 4 Tarvia shelled 12 towns.", "shelled", ["Tarvia"], ["12 towns"]),
    ("Kessaria may reopen its market to wheat.", "may reopen", ["Kessaria"], []),
    ("The minister said that it would defend its share of the market.", "defend", ["it"], []),
]


@pytest.mark.parametrize("case", NONE, ids=[case[0] for case in NONE])
def test_a_look_alike_is_no_event(case: tuple[str, str, list[str], list[str]]) -> None:
    assert is_lookalike(*case)


@pytest.mark.parametrize("case", EVENTS, ids=[case[0] for case in EVENTS])
def test_an_event_stays_one_beside_such_words(case: tuple[str, str, list[str], list[str]]) -> None:
    assert not is_lookalike(*case)


def test_no_doer_is_needed_where_nobody_is_named() -> None:
    assert not is_lookalike("There was an attack.", "attack", [], [])


def test_the_vocabulary_can_be_read_and_every_field_has_its_three_parts() -> None:
    table = tomllib.loads((resources.files("onrecord.ontology") / FILE).read_text(encoding="utf-8"))
    assert all(set(field) == {"sure", "hints", "triggers"} for field in table["fields"].values())
    listed = [
        phrase for lists in (table["doers"], *table["fields"].values()) for phrase in read_phrases(lists)
    ]
    assert len(listed) > 300


def test_next_to_no_annotated_event_is_taken_for_none() -> None:
    """Of the events that the project annotated to train on."""
    lost, events = [], 0
    for row in build_training(folder=ANNOTATED_EVENTS)[0]:
        text = row["text"]
        sentences = [s for paragraph in find_paragraphs(text) for s in find_sentences(text, *paragraph)]
        for event in row["events"]:
            events += 1
            at = event["trigger"][0]
            start, end = next(s for s in sentences if s[0] <= at < s[1])
            words = [[text[slice(*span)] for span in event[role]] for role in ("actor", "recipient")]
            if is_lookalike(text[start:end], text[slice(*event["trigger"])], *words):
                lost.append((row["document"], text[slice(*event["trigger"])]))
    assert len(lost) <= events * LOSS, lost
