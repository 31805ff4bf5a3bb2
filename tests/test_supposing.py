"""Whether the words around a trigger put it into a year gone by."""

from __future__ import annotations

import pytest

from onrecord.supposing import is_bygone


@pytest.mark.parametrize(
    ("text", "published", "bygone"),
    [
        ("Vela's guns shelled Ostrow in 2004.", "2031-03-02", True),
        ("Vela's guns shelled the port of Ostrow back in 2004.", None, True),
        ("In May 2004 Vela's guns shelled Ostrow.", "2031-03-02", True),
        ("Vela's guns shelled Ostrow in 2031.", "2031-03-02", False),
        ("Vela's guns shelled Ostrow in 2030.", "2031-03-02", False),
        ("Vela's guns shelled Ostrow on Monday.", "2031-03-02", False),
        ("Vela's guns shelled Ostrow, which fell in 2004.", "2031-03-02", False),
        ("Vela's guns shelled the chapel raised in 2004.", "2031-03-02", False),
        ("Vela's guns have shelled Ostrow since the truce in 2004.", "2031-03-02", False),
    ],
)
def test_what_happened_in_a_year_long_before_is_history(
    text: str, published: str | None, bygone: bool
) -> None:
    start = text.index("shelled")
    assert is_bygone(text, (0, len(text)), (start, start + len("shelled")), published) is bygone
