"""Who held a described office: what no case of linking says."""

from __future__ import annotations

import pytest

from onrecord.holders import Ground, find_holders
from onrecord.knowledge import knowledge
from onrecord.tenures import word_office


@pytest.fixture
def ground() -> Ground:
    return Ground(knowledge=knowledge(), published="2022-03-01", state="USA")


@pytest.mark.parametrize("role", ["speaker", "the speaker", "attorney general"])
def test_whoever_many_in_a_state_are_called_is_nobody_unless_the_state_is_named(
    role: str, ground: Ground
) -> None:
    assert find_holders(role, ground) == []


def test_with_its_state_the_office_has_its_holder(ground: Ground) -> None:
    assert [e.name for e in find_holders("US attorney general", ground)] == ["Merrick Garland"]


def test_a_state_with_an_article_keeps_it_behind_its_offices() -> None:
    held = knowledge().holders("prime minister", "NLD", "2015-03-01")
    assert [word_office(tenure) for tenure in held] == ["Prime Minister of the Netherlands"]
