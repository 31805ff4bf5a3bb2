"""Text -> the words of a date expression, each with the slots of the grammar that it can fill.

"May" can be a month, "second" an ordinal, "12" a day or a number: a token holds
every reading that words.toml and the shape of the word allow, and the rules
(grammar.py) choose.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import msgspec

Value: TypeAlias = int | str | tuple[int, int, int]


class Token(msgspec.Struct, frozen=True):
    """One word, or one figure such as ``6:40 p.m.``, and the slots that it can fill."""

    start: int
    end: int
    text: str
    slots: dict[str, Value]


_ZONE = (
    r"(?:\s*\(?(?:utc|gmt|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist|msk|jst|z|et|pt)\b"
    r"(?:\s*[+-]\s*\d+)?\)?)?"
)
_AFTERNOON = r"(?P<half>[ap])\.?\s?m\b\.?"
_SHAPES: tuple[tuple[str, str], ...] = (
    ("plain", r"[^\W\d_]++(?![\d.])"),  # most words, tried first: the rest is for what looks special
    ("iso", r"(?P<y>\d{4})(?P<isep>[-/])(?P<m>\d\d)(?P=isep)(?P<d>\d\d)(?:t(?P<time>\d\d:\d\d)\S*)?(?!\d)"),
    ("iso_month", r"(?P<my>[12]\d{3})-(?P<mm>0[1-9]|1[0-2])(?![-\d])"),
    ("figures", r"(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{4}|\d\d)(?!\d)"),
    ("compact", r"(?P<cy>(?:1[6-9]|20)\d\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>[0-2]\d|3[01])(?!\d)"),
    ("short", r"(?P<sy>\d\d)(?P<sm>0[1-9]|1[0-2])(?P<sd>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("clock", rf"(?P<h>\d{{1,2}})[:.](?P<min>\d\d)(?::\d\d)?(?:\s*(?P<half1>[ap])\.?\s?m\b\.?)?{_ZONE}"),
    ("hour", rf"(?P<h2>\d{{1,2}})\s*{_AFTERNOON}{_ZONE}"),
    ("oclock", rf"(?P<h4>\d{{1,2}})\s?o['’]clock\b{_ZONE}"),
    ("quarter", r"(?P<qh>[qh])(?P<qn>[1-4])\b"),
    ("fiscal", r"fy\s?['’]?(?P<fy>\d{4}|\d\d)\b"),
    ("military", r"(?P<h3>[01]\d|2[0-4])(?P<min3>[0-5]\d)(?=\s*(?:utc|gmt|est|edt|hours|hrs|z)\b)" + _ZONE),
    ("decade", r"(?P<century>\d\d)(?P<tens>\d)0['’]?s\b|['’]?(?P<tens2>\d)0['’]?s\b"),
    ("nine", r"9/11\b"),
    ("year2", r"['’‘`](?P<y2>\d\d)\b"),
    ("ordinal", r"(?P<n>\d{1,3})\s?(?:st|nd|rd|th)\b"),
    ("number", r"(?P<digits>\d++(?:,\d{3}(?!\d))*)(?!%)"),
    ("word", r"[^\W\d_]+(?:\.(?=[^\W\d_]\.))?"),
    ("mark", r"[-–—/]"),
)  # fmt: skip
_TOKEN = re.compile("|".join(f"(?P<{name}_>{shape})" for name, shape in _SHAPES), re.IGNORECASE)
_LONGEST_NUMBER = 15
"""Characters of a figure beyond which it counts nothing that a date could hold."""
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_MAX_DAY = 31


def read_tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of a stretch of text, with offsets into it; names of several words are one token."""
    found = [_token(m) for m in _TOKEN.finditer(text, start, len(text) if end is None else end)]
    return tuple(_merged(found))


@cache
def vocabulary() -> dict[str, dict[str, Value]]:
    """Word -> slot -> value, as words.toml lists them."""
    table = tomllib.loads((files("onrecord.dates") / "words.toml").read_text(encoding="utf-8"))
    words: dict[str, dict[str, Value]] = {}
    for slot, rows in table.items():
        for value, names in rows.items():
            for name in names.replace("'", "-").split():
                name = name.replace("--", "-").strip("-")  # as the tokens of "St Patrick's Day" are joined
                number = re.fullmatch(r"-?\d+", value)
                words.setdefault(name, {})[slot] = int(value) if number else value
    return words


def _merged(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with "Christmas Eve", "twenty five" and "twenty-first" made one each."""
    at = 0
    while at < len(tokens):
        opens = tokens[at].text in _openers()
        run = next((n for n in (5, 4, 3, 2) if _named(tokens[at : at + n], n)), 1) if opens else 1
        part = tokens[at : at + run]
        token = part[0]
        if run > 1:
            slots = vocabulary()["-".join(t.text for t in part if t.text != "-")]
            token = Token(token.start, part[-1].end, "-".join(t.text for t in part), slots)
        elif tens := _compound(tokens[at : at + 3]):
            token, run = tens
        yield token
        at += run


@cache
def _openers() -> frozenset[str]:
    """First words of the names that have several."""
    return frozenset(name.split("-")[0] for name in vocabulary() if "-" in name)


def _named(part: list[Token], length: int) -> bool:
    words = [t.text for t in part if t.text != "-"]
    whole = len(part) == length and len(words) > 1 and part[-1].text == words[-1]
    return whole and "-".join(words) in vocabulary()


def _compound(part: list[Token]) -> tuple[Token, int] | None:
    """Tens and units of a number in words, and how many tokens they take."""
    if "num" not in part[0].slots:
        return None
    words = [t for t in part if t.text != "-"]
    if len(words) < 2 or words[0].text not in vocabulary():
        return None
    tens = words[0].slots.get("num", 0)
    for slot in ("num", "ord"):
        ones = words[1].slots.get(slot)
        if isinstance(tens, int) and isinstance(ones, int) and 20 <= tens <= 90 and ones < 10:
            length = part.index(words[1]) + 1
            text = f"{words[0].text}-{words[1].text}"
            return Token(part[0].start, words[1].end, text, {slot: tens + ones}), length
    return None


def _token(m: re.Match[str]) -> Token:
    kind = str(m.lastgroup)[:-1]
    text = m[0].lower().replace("’", "'")
    return Token(m.start(), m.end(), text, _READERS[kind](m))


def _iso(m: re.Match[str]) -> dict[str, Value]:
    slots: dict[str, Value] = {"date": (int(m["y"]), int(m["m"]), int(m["d"]))}
    return slots | {"clock": m["time"]} if m["time"] else slots


def _figures(m: re.Match[str]) -> dict[str, Value]:
    year = int(m["year"])
    return {"figures": (int(m["one"]), int(m["two"]), year)}


def _clock(hour: str, minute: str, half: str | None) -> dict[str, Value]:
    hours = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    if hours > 24 or int(minute) > 59:
        return {}
    return {"clock": f"{hours:02}:{int(minute):02}"}


def _number(m: re.Match[str]) -> dict[str, Value]:
    if len(m["digits"]) > _LONGEST_NUMBER:
        return {}
    number = int(m["digits"].replace(",", ""))
    slots: dict[str, Value] = {"num": number}
    if len(m["digits"]) <= 2 and 0 < number <= _MAX_DAY:
        slots["day"] = number
    if len(m["digits"]) == 2 and (number > _MAX_DAY or m["digits"][0] == "0"):
        slots["yy"] = number
    if len(m["digits"]) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR:
        slots["year"] = number
    return slots


def _ordinal(number: int) -> dict[str, Value]:
    return {"ord": number, "day": number} if 0 < number <= _MAX_DAY else {"ord": number}


def _decade(m: re.Match[str]) -> dict[str, Value]:
    if m["century"]:
        return {"decade": int(m["century"]) * 10 + int(m["tens"])}
    return {"tens": int(m["tens2"]) * 10}


def _word(m: re.Match[str]) -> dict[str, Value]:
    word = m[0].lower().rstrip(".")
    slots = dict(vocabulary().get(word, {}))
    if "cardinal" in slots:
        slots["num"] = slots.pop("cardinal")
    if "ordinal" in slots:
        slots |= _ordinal(int(str(slots.pop("ordinal"))))
    if "unit" in slots and not word.endswith("s"):
        slots["lone"] = slots["unit"]  # "a year-ago loss", while "years ago" says nothing
    if "hour" in slots:
        slots["clock"] = f"{slots.pop('hour')}:00"
    return slots


_READERS: dict[str, Callable[[re.Match[str]], dict[str, Value]]] = {
    "iso": _iso,
    "iso_month": lambda m: {"yearmonth": (int(m["my"]), int(m["mm"]), 1)},
    "figures": _figures,
    "compact": lambda m: {"date": (int(m["cy"]), int(m["cm"]), int(m["cd"]))},
    "short": lambda m: {"shortdate": (int(m["sy"]), int(m["sm"]), int(m["sd"]))},
    "clock": lambda m: _clock(m["h"], m["min"], m["half1"]),
    "hour": lambda m: _clock(m["h2"], "0", m["half"]),
    "military": lambda m: _clock(m["h3"], m["min3"], None),
    "oclock": lambda m: _clock(m["h4"], "0", None),
    "quarter": lambda m: {"quarter" if m["qh"].lower() == "q" else "semester": int(m["qn"])},
    "fiscal": lambda m: {"year" if len(m["fy"]) == 4 else "year2": int(m["fy"])},
    "decade": _decade,
    "nine": lambda _: {"event": "2001-09-11"},
    "year2": lambda m: {"year2": int(m["y2"])},
    "ordinal": lambda m: _ordinal(int(m["n"])),
    "number": _number,
    "plain": _word,
    "word": _word,
    "mark": lambda m: {"dash": 1} if m[0] in "-–—" else {"slash": 1},
}
