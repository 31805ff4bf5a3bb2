"""The day in a dateline, and the years that are not guessed."""

from __future__ import annotations

import pytest

from onrecord.datelines import find_dateline
from onrecord.sources.raw import RawDocument
from onrecord.text import read_text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("GENEVA, Oct. 18, 1962 - The talks went on.", "1962-10-18"),
        ("PORT LERIN, Varn Islands, 3 March 1998 — The ferry is back.", "1998-03-03"),
        ("Meridian Wire\n\nUNITED NATIONS, N.Y., Oct. 26, 1962 (MW) - The council met.", "1962-10-26"),
        ("GENEVA, Oct. 18 - The talks went on.", None),
        ("GENEVA, Oct. 42, 1962 - The talks went on.", None),
        ("On Oct. 18, 1962, the talks went on.", None),
        ("The treaty of GENEVA, Oct. 18, 1962 - long forgotten - was read.", None),
        ("One.\nTwo.\nThree.\nFour.\nGENEVA, Oct. 18, 1962 - The talks went on.", None),
    ],
)
def test_a_dateline_is_read_only_where_it_names_the_year(text: str, day: str | None) -> None:
    assert find_dateline(text) == day


def test_a_given_date_wins_over_the_dateline() -> None:
    text = "GENEVA, Oct. 18, 1962 - The talks went on, and nobody left the room."
    assert read_text(RawDocument(data=text)).document.published_from == "dateline"
    given = read_text(RawDocument(data=text, published="1962-10-19", published_from="flag")).document
    assert (given.published, given.published_from) == ("1962-10-19", "flag")
