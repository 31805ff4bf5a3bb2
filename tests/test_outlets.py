"""Words that name an outlet or describe one, and those that only look like it."""

from __future__ import annotations

import pytest

from onrecord.outlets import find_outlets, is_listener, is_told_outlet, is_unknown, passes_nothing


@pytest.mark.parametrize(
    "words",
    [
        "the Ostrow Sentinel",
        "the state-run Maran Press Service",
        "the weekly Ledger",
        "WKLB-TV",
        "state television",
    ],
)
def test_these_pass_on_what_they_are_told(words: str) -> None:
    assert is_told_outlet(words)


@pytest.mark.parametrize(
    "words",
    ["the daily briefing", "this newspaper", "several newspapers", "radio", "the jury", "a small press"],
)
def test_these_pass_nothing_on(words: str) -> None:
    assert not is_told_outlet(words)


def test_a_name_with_a_newspapers_last_word_wants_its_capital() -> None:
    assert is_told_outlet("the Ostrow Sun")
    assert not is_told_outlet("the sun")


def test_the_senate_listens_with_a_capital_and_a_person_does_not_by_being_named() -> None:
    assert is_listener("the Senate")
    assert not is_listener("Ilse Marr")


def test_a_text_shows_which_names_are_outlets() -> None:
    text = (
        "Belkinform carried a statement. A nurse reached by Open Gorvo said no. Lamp, citing Marr, said so."
    )
    assert {"belkinform", "open gorvo", "lamp"} <= find_outlets(text)


def test_a_state_is_no_unknown_name() -> None:
    assert is_unknown("the Evening Lantern")
    assert not is_unknown("France")


@pytest.mark.parametrize(("words", "nothing"), [("two other outlets", True), ("the Herald", False)])
def test_outlets_that_are_not_told_apart_are_no_relay(words: str, nothing: bool) -> None:
    assert passes_nothing(words) is nothing
