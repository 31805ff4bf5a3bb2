"""Text -> quotations: what stands inside quotation marks, however they are written.

News comes with curly, straight and single marks, with two apostrophes for a
double mark, nested, unbalanced, and in quotations that run over several
paragraphs with one closing mark at the very end. A mark is judged by its
neighbours first and by what is open second, so a lost mark costs at most the
rest of its own paragraph, never the document.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

import msgspec

QuoteKind: TypeAlias = Literal["double", "single"]

_OPENING: dict[str, QuoteKind] = {
    "“": "double", "„": "double", "‟": "double", "«": "double", "‘": "single", "‚": "single", "‹": "single",
}  # fmt: skip
_CLOSING: dict[str, QuoteKind] = {"”": "double", "»": "double", "’": "single", "›": "single"}
_STRAIGHT: dict[str, QuoteKind] = {
    '"': "double", "''": "double", "``": "double", "'": "single", "`": "single",
}  # fmt: skip
_KIND = _OPENING | _CLOSING | _STRAIGHT
_BEFORE_OPENING = frozenset("([{<—–-/“‘\"'…")
_MARK = re.compile("''|``|[“„‟«”»‘‚‹’›\"'`]")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x85]+")
_ELISION = re.compile(r"['’‘](?:em|til|tis|twas|cause|round|n|bout|\d\ds?)\b", re.IGNORECASE)
_LOOKAHEAD = 24
"""Marks looked at for the partner of a single mark. A quotation that holds more
apostrophes than that was not met in development; the bound keeps the scan linear."""


class Quotation(msgspec.Struct, frozen=True):
    """An outermost quotation: half-open code points, marks included.

    ``closed`` is False where the closing mark is missing; the quotation then
    runs to the end of its paragraph.
    """

    start: int
    end: int
    kind: QuoteKind
    closed: bool


class _Mark(msgspec.Struct, frozen=True):
    """A quotation mark with its neighbours (a space stands for the paragraph's edge)."""

    start: int
    end: int
    chars: str
    before: str
    after: str
    elision: bool

    @property
    def kind(self) -> QuoteKind:
        return _KIND[self.chars]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of ``text``, in order and disjoint.

    >>> [text[q.start : q.end] for q in find_quotations(text := 'He said “no,” then “yes.”')]
    ['“no,”', '“yes.”']
    """
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _read_paragraph(text, *paragraph.span())
    return tuple(found)


def _read_paragraph(text: str, begin: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    marks = _find_marks(text, begin, end)
    opening: _Mark | None = None
    for n, mark in enumerate(marks):
        later = marks[n + 1 : n + 1 + _LOOKAHEAD]
        if opening is None:
            if _opens(mark, later):
                opening = mark
        elif mark.kind == opening.kind and _closes(mark, later):
            found.append(Quotation(opening.start, mark.end, opening.kind, True))
            opening = None
    if opening is not None:
        found.append(Quotation(opening.start, end, opening.kind, False))
    return found


def _find_marks(text: str, begin: int, end: int) -> list[_Mark]:
    return [
        _Mark(
            start := m.start(),
            stop := m.end(),
            m.group(),
            text[start - 1] if start > begin else " ",
            text[stop] if stop < end else " ",
            bool(_ELISION.match(text, start)),
        )
        for m in _MARK.finditer(text, begin, end)
    ]


def _opens(mark: _Mark, later: list[_Mark]) -> bool:
    """Whether the mark begins a quotation, where none is open."""
    if mark.chars in _CLOSING:
        return False
    free = mark.before.isspace() or mark.before in _BEFORE_OPENING
    if mark.chars in _STRAIGHT and not (free and not mark.after.isspace()):
        return False
    if mark.kind == "double":
        return True
    # An apostrophe is no quotation: it must have a partner in its own paragraph.
    return not mark.elision and any(_ends_single(m) for m in later)


def _closes(mark: _Mark, later: list[_Mark]) -> bool:
    """Whether the mark ends the open quotation of its kind."""
    if mark.chars in _OPENING:  # some desks close with an opening mark: “ready“ for
        return mark.kind == "double" and not mark.before.isspace() and not mark.after.isalnum()
    if mark.kind == "double":
        return mark.chars in _CLOSING or not mark.before.isspace() or mark.after.isspace()
    if not _ends_single(mark):
        return False
    if mark.before not in "sS":
        return True
    # "the officials' view": a plural possessive, if a better partner follows.
    following = next((m for m in later if m.kind == "single"), None)
    return following is None or not _ends_single(following)


def _ends_single(mark: _Mark) -> bool:
    """Whether a single mark can close: something stands before it and no letter behind it."""
    return mark.chars in "’'›" and not mark.before.isspace() and not mark.after.isalnum()
