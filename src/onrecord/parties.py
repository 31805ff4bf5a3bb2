"""A stretch of a text that names participants -> its parties: "Norway and Denmark" are two.

A coordination is cut where each side can stand alone: names, or phrases that begin with a determiner. What
only shares a noun ("religious and civic leaders") or stands behind one preposition ("people in Mali and
Niger") stays together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.mentions import Layout, Name, names_between
from onrecord.ontology import fold, ontology

_AND = re.compile(
    r"\s*,?\s+(?:and|including|as\swell\sas|along\swith|together\swith|or)\s+"
    r"|\s+&\s+(?!(?:Sons?|Co|Cie|Company|Brothers|Partners|Associates|Daughters)\b)"
)
_COMMA = re.compile(r"\s*[,;]\s+(?!and\b|or\b)")
_STANDS_ALONE = re.compile(
    r"(?:the|a|an|some|several|many|its|his|her|their|our|two|three|four|five|six|seven|eight|nine|ten|\d)\b",
    re.IGNORECASE,
)
_POSSESSED = re.compile(r"(?:its|his|her|their|our)\s", re.IGNORECASE)
_COMPLEMENT = re.compile(
    r"\s(?:of|in|at|from|to|across|inside|for|between|with|around)\s(?:the\s)?(?:[a-z-]+\s){0,2}$"
)
_APPOSED = re.compile(r"(?:the|a|an|its|his|her|their)\s", re.IGNORECASE)


def split_parties(layout: Layout, names: Sequence[Name], start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch that are parties of their own; the whole where it is one.

    ``names`` are those inside it, in order.
    """
    cuts = [m.span() for m in _AND.finditer(layout.text, start + 1, end - 1) if not _inside(names, *m.span())]
    cuts = [(a, b) for a, b in cuts if _may_cut(layout.text, names, start, a, b, end)]
    if not cuts:
        return [(start, end)]
    commas = [
        m.span()
        for m in _COMMA.finditer(layout.text, start + 1, cuts[-1][0])
        if not _inside(names, *m.span())
    ]
    commas = [c for c in commas if _lists(layout.text, names, c, [*commas, *cuts], start)]
    bounds = sorted([*commas, *cuts])
    starts, ends = [start, *(b for _, b in bounds)], [*(a for a, _ in bounds), end]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if layout.text[a:b].strip()]


def join_halves(layout: Layout, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches, those joined that are halves of one party: "State Secretary" and "Premier Marr".

    So are "Kurdish" and "Turkmen fighters"; of "local, lawful forces" the last words are kept.
    """
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and _JOINT.fullmatch(layout.text, joined[-1][1], start):
            first = joined[-1][0]
            left = layout.text[slice(*joined[-1])]
            names = list(names_between(layout, first, end))
            if _is_half(left, names, joined[-1][1]) and len(split_parties(layout, names, first, end)) == 1:
                comma = layout.text[joined[-1][1]] == "," and left.islower()
                joined[-1] = (start if comma else first, end)
                continue
        joined.append((start, end))
    return joined


_JOINT = re.compile(r",?\s(?:and\s)?")


def _is_half(left: str, names: Sequence[Name], end: int) -> bool:
    """Whether words are a title or an adjective and stand for nobody by themselves."""
    closes = next((n for n in names if n.end == end), None)
    if closes is not None and closes.all_role:
        return True
    adjective = _PEOPLE.fullmatch(left) is not None or left.islower()
    return " " not in left and adjective and not _is_nationality(left) and not _PLURAL.search(left)


_PLURAL = re.compile(r"(?:s|men|women|people|police|they|them|he|him|she|her|it|we|us|you|who)\Z")


def _inside(names: Sequence[Name], first: int, last: int) -> bool:
    return any(n.start < first and last < n.end for n in names)


def _may_cut(text: str, names: Sequence[Name], start: int, first: int, last: int, end: int) -> bool:
    """Whether the words on either side of an "and" are parties of their own."""
    left, right = text[start:first], text[last:end]
    closes = next((n for n in names if n.end == first or n.end + 2 == first), None)
    if closes is not None and _COMPLEMENT.search(text, start, closes.lead):
        opens = next((n for n in names if n.lead == last), None)
        if opens is not None and opens.kind != "person" and _STANDS_ALONE.match(right) is None:
            return False
    if _in_apposition(text, names, start, first, last):
        return False
    if closes is not None and closes.all_role:
        return False  # "State Secretary and Foreign Minister Marr" is one person
    if text[first:last].strip(" ,") == "including":
        return right[:1].isupper()
    if shares_noun(left, text[first:end]):
        return False
    if _is_nationality(left) and not right[:1].isupper() and not _STANDS_ALONE.match(right):
        return False  # "Norwegian and allied troops"
    alone = closes is not None or _is_nationality(left) or bool(_STANDS_ALONE.match(left))
    if _POSSESSED.match(right):
        return closes is not None
    if right[:1].isupper() or _STANDS_ALONE.match(right):
        return alone or left[:1].islower() is False
    return (
        closes is not None and (closes.kind is not None or " " in closes.text) and not _is_nationality(left)
    )


def _in_apposition(text: str, names: Sequence[Name], start: int, first: int, last: int) -> bool:
    """Whether an "and" stands in what is told of a person behind a comma: "Marr, the envoy to X and Y"."""
    opens = next((n for n in names[:1] if n.lead <= start + len("the ") and n.kind in ("person", None)), None)
    if opens is None or opens.end >= first or _APPOSED.match(text, opens.end + len(", ")) is None:
        return False
    told = text.startswith(", ", opens.end) and text.find(", ", opens.end + 2, first) < 0
    behind = next((n for n in names if n.start >= last and n.lead <= last + len("the ")), None)
    return told and (behind is None or behind.kind != "person")


def shares_noun(left: str, rest: str) -> bool:
    """Whether an adjective, of no state, shares the next one's noun: "Kurdish and Turkmen fighters".

    >>> shares_noun("Kurdish", " and Turkmen fighters"), shares_noun("Norwegian", " and Turkmen fighters")
    (True, False)
    """
    return bool(_PEOPLE.fullmatch(left) and not _is_nationality(left) and _NEXT_PEOPLE.fullmatch(rest))


_PEOPLE = re.compile(r"(?:[Tt]he\s)?[A-Z][a-z]+(?:ish|an|ese|ic|i)", re.ASCII)
_NEXT_PEOPLE = re.compile(r"\s(?:and|or)\s[A-Z][a-z-]+\s(?:[a-z-]+\s)?[a-z]+s")


def _is_nationality(words: str) -> bool:
    key = fold(words.strip()).removeprefix("the ")
    return key in ontology().demonyms or key in ontology().countries


def _lists(
    text: str, names: Sequence[Name], comma: tuple[int, int], bounds: Sequence[tuple[int, int]], start: int
) -> bool:
    """Whether a comma stands between two parties of a list: no apposition follows it."""
    following = min((a for a, _ in bounds if a > comma[0]), default=None)
    if following is None:
        return False
    before = max((b for _, b in bounds if b <= comma[0]), default=start)
    left, right = text[before : comma[0]], text[comma[1] : following]
    named = any(n.lead >= comma[1] and n.end == following for n in names) or _is_nationality(right)
    closed = any(n.end == comma[0] for n in names) or _is_nationality(left)
    if closed and _APPOSED.match(right) and not _is_nationality(right):
        return False
    return named if closed else bool(_STANDS_ALONE.match(left)) == bool(_STANDS_ALONE.match(right))


def distributed(words: str) -> Iterator[str]:
    """The phrases that one noun makes with several owners; none where words are no such phrase.

    >>> list(distributed("the foreign ministers of Norway and Denmark"))
    ['foreign minister of Norway', 'foreign minister of Denmark']
    """
    found = _OF_SEVERAL.fullmatch(words) or _SEVERAL_ONES.fullmatch(words)
    if found is None:
        return
    office = singular(found["office"])
    if office is None:
        return
    owners = [o for o in re.split(r",?\s+and\s+|,\s+", found["owners"]) if o]
    for owner in owners:
        yield f"{office} of {owner}" if found.re is _OF_SEVERAL else f"{owner} {office}"


_OWNER = r"(?:the\s)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}"
_OWNERS = rf"(?P<owners>{_OWNER}(?:,\s{_OWNER})*,?\sand\s{_OWNER})"
_OF_SEVERAL = re.compile(rf"(?:[Tt]he\s)?(?P<office>(?:[a-z-]+\s){{0,3}}[a-z]+s)\sof\s{_OWNERS}")
_SEVERAL_ONES = re.compile(rf"(?:[Tt]he\s)?{_OWNERS}\s(?P<office>(?:[a-z-]+\s){{0,3}}[a-z]+s)")


def singular(words: str) -> str | None:
    """One of those whom a plural means, if it is an office or a body of which each owner has one."""
    head, _, last = words.rpartition(" ")
    one = last[:-3] + "y" if last.endswith("ies") else last.removesuffix("s")
    return f"{head} {one}".strip() if one in _ONE_EACH else None


_ONE_EACH = frozenset(
    "minister president premier leader ambassador envoy chancellor king monarch chief diplomat government "
    "army navy military ministry parliament embassy spokesman secretary".split()
)
