"""Who held a described office: what no case of linking says."""

from __future__ import annotations

import pytest
from factory import stmt

from onrecord.holders import Ground, find_holders
from onrecord.knowledge import knowledge
from onrecord.sources.raw import RawDocument
from onrecord.speakers import identify_speakers
from onrecord.tenures import word_office
from onrecord.text import read_text


@pytest.fixture
def ground() -> Ground:
    return Ground(knowledge=knowledge(), published="2022-03-01", state="USA")


@pytest.mark.parametrize(
    "role", ["speaker", "the speaker", "attorney general", "vice president", "press secretary"]
)
def test_whoever_many_in_a_state_are_called_is_nobody_unless_the_state_is_named(
    role: str, ground: Ground
) -> None:
    assert find_holders(role, ground) == []


@pytest.mark.parametrize("role", ["spokesman", "the spokeswoman", "US spokesman", "the Russian spokesperson"])
def test_a_spokesman_of_nothing_is_nobody(role: str, ground: Ground) -> None:
    assert find_holders(role, ground) == []


def test_a_spokesman_of_a_plant_is_not_the_governments() -> None:
    text = "The American plant in the United States makes tyres. A spokesman said the plant was shut."
    saying = stmt(text, "the plant was shut", source="A spokesman", cue="said", speaker=None)
    found = identify_speakers(read_text(RawDocument(data=text, published="2022-03-01")), [saying])
    assert [(actor.name, actor.linked_by) for actor in found.actors] == [("spokesman", None)]


def test_with_its_state_the_office_has_its_holder(ground: Ground) -> None:
    assert [e.name for e in find_holders("US attorney general", ground)] == ["Merrick Garland"]


def test_a_state_with_an_article_keeps_it_behind_its_offices() -> None:
    held = knowledge().holders("prime minister", "NLD", "2015-03-01")
    assert [word_office(tenure) for tenure in held] == ["Prime Minister of the Netherlands"]


def test_a_spokesman_is_no_woman_and_a_queen_no_man(ground: Ground) -> None:
    assert find_holders("Russian foreign ministry spokesman", ground) == []
    found = find_holders("Russian foreign ministry spokeswoman", ground)
    assert [entity.name for entity in found] == ["Maria Zakharova"]
    assert find_holders("British king", ground) == []
    assert [entity.name for entity in find_holders("British queen", ground)] == ["Elizabeth II"]
