"""Task ``dates``: what date expressions mean, the expressions and the document's day given.

Scored are expressions of type DATE or TIME whose gold value starts with a year.
A value is right where it is the gold value: the same days at the same
granularity, and the same part of the day or hour. A time zone is not compared.
An expression without an answer is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.datelines import find_dateline
from onrecord.dates.reading import Dated
from onrecord.dates.sequence import read_expressions, read_in_order
from onrecord.evaluation.faults import Fault
from onrecord.evaluation.figures import percent
from onrecord.evaluation.gold import Gold
from onrecord.sources.published import find_iso_day, find_written_day

_SCORED = re.compile(r"\d{4}")
_ZONE = re.compile(r"(T\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d(?::?\d\d)?)?\Z")
_GRANULARITIES = (
    ("time", r".+T.+"),
    ("day", r"\d{4}-\d\d-\d\d"),
    ("weekend", r"\d{4}-W\d\d-WE"),
    ("week", r"\d{4}-W\d\d"),
    ("month", r"\d{4}-\d\d"),
    ("quarter", r"\d{4}-Q\d"),
    ("half", r"\d{4}-H\d"),
    ("season", r"\d{4}-(?:SP|SU|FA|WI)"),
    ("year", r"\d{4}"),
)


class Timex(Gold, frozen=True, kw_only=True):
    """A date expression with its TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str | None = None

    @property
    def scored(self) -> bool:
        """Whether it is a date or time whose value starts with a year."""
        return self.type in ("DATE", "TIME") and bool(_SCORED.match(self.value or ""))


class DatedText(Gold, frozen=True, kw_only=True):
    """A text with its date expressions; ``dct`` is the day on which it was written."""

    id: str
    text: str
    dct: str | None = None
    timex: tuple[Timex, ...]

    @property
    def day(self) -> str | None:
        """The document's day: as given, else what its dateline says."""
        given = find_iso_day(self.dct) or find_written_day(self.dct) if self.dct else None
        return given or find_dateline(self.text)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One scored expression with what was read from it."""

    document: str
    text: str
    gold: str
    found: str | None
    context: str

    @property
    def right(self) -> bool:
        """Whether the value is the gold value."""
        return self.found == self.gold


def answer_all(gold: Sequence[DatedText]) -> list[Answer]:
    """What is read from every scored expression, in order."""
    return [answer for doc in gold for answer in _answers(doc)]


def _answers(doc: DatedText) -> Iterator[Answer]:
    """Expressions of type DATE and TIME are read; durations and sets are no dates."""
    given = sorted((t for t in doc.timex if t.type in ("DATE", "TIME")), key=lambda t: (t.start, t.end))
    read = read_in_order(doc.text, read_expressions(doc.text, [(t.start, t.end) for t in given]), doc.day)
    for timex, dated in zip(given, read, strict=True):
        if timex.scored:
            yield Answer(
                document=doc.id,
                text=doc.text[timex.start : timex.end],
                gold=_without_zone(timex.value or ""),
                found=_value(dated),
                context=doc.text[max(0, timex.start - 60) : timex.end + 40],
            )


def _value(dated: Dated | None) -> str | None:
    return dated.value if dated else None


def _without_zone(value: str) -> str:
    return _ZONE.sub(r"\1", value)


def figures(answers: Sequence[Answer]) -> dict[str, Any]:
    """Accuracy, the answered share and accuracy of what was answered, in percent; each by granularity."""
    kinds = sorted({granularity(a.gold) for a in answers})
    return _rates(answers) | {
        "day_right": percent(sum(_same_day(a) for a in answers), len(answers)),
        "by_granularity": {
            kind: _rates([a for a in answers if granularity(a.gold) == kind]) for kind in kinds
        },
    }


def primary(answers: Sequence[Answer]) -> float:
    """Right values of all scored expressions, in percent."""
    return 100 * sum(a.right for a in answers) / len(answers) if answers else 0.0


def _rates(answers: Sequence[Answer]) -> dict[str, Any]:
    counts = Counter(right=sum(a.right for a in answers), answered=sum(a.found is not None for a in answers))
    return {
        "accuracy": percent(counts["right"], len(answers)),
        "answered": percent(counts["answered"], len(answers)),
        "right_of_answered": percent(counts["right"], counts["answered"]),
        "expressions": len(answers),
    }


def _same_day(answer: Answer) -> bool:
    """Right but for the part of the day or the hour."""
    return (answer.found or "").partition("T")[0] == answer.gold.partition("T")[0]


def granularity(value: str) -> str:
    """The kind of a TIMEX3 value: ``day``, ``week`` …; ``other`` for what is none of these.

    >>> granularity("2014-W18"), granularity("2014-05-03TMO")
    ('week', 'time')
    """
    return next((name for name, shape in _GRANULARITIES if re.fullmatch(shape, value)), "other")


def find_all_faults(answers: Sequence[Answer]) -> Iterator[Fault]:
    """A fault for each wrong or missing value."""
    for answer in answers:
        if not answer.right:
            yield Fault(
                kind="mismatched" if answer.found else "missed",
                document=answer.document,
                why=("value",),
                gold={"expression": answer.text, "value": answer.gold},
                predicted={"value": answer.found} if answer.found else None,
                around=answer.context,
            )
