"""Text -> names: one scan of a document for the names in it, with what stands around each.

1. runs of capitalised words, with particles, initials and "of" between them;
2. each run cut into names, titles and roles taken off the front;
3. the role in small letters before a name, the apposition behind it, an acronym in brackets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from onrecord.names import Parts, kind_of, split_name
from onrecord.ontology import Gender, fold, ontology
from onrecord.records import Kind
from onrecord.roles import (
    abbreviates,
    head_noun,
    is_governed,
    is_office_of,
    is_relative,
    noun_before,
    qualifies_noun,
    role_behind,
    role_reach,
    tells_role,
    tidy_role,
)
from onrecord.text import Text

_U = "".join(c for c in map(chr, range(0x530)) if c.isupper())
_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Brig|Cmdr|Cpl|"
    "Gov|Sen|Rep|Rev|Hon|St|Messrs|Supt|Insp|Det|Pfc|Jr|Sr"
)
_WORD = (
    rf"(?:People[’']s(?=\sRepublic)|[{_U}]\.(?:[{_U}]\.)+|[{_U}]\.(?=\s?[{_U}])|(?:{_ABBREVIATED})\.(?=\s|$)"
    rf"|(?:(?:[ae]l|a[dnrstz]|ash)-|d[’'])?[{_U}]\w*(?:[-‑&]\w+|[’'](?!s\b|S\b)\w+|[’']s(?=\s(?:County|Hospital|Cathedral)\b)|\.(?=[{_U}]\w)|[{_U}]\.)*)"
)
_PARTICLE = (
    r"(?:al|bin|ibn|bint|van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|ben|abu|ter|ten|ul|d[’'])"
)
_GAP = r"(?:[ \t\u00a0]+|(?<=\.)[\n]|[ \t]*[“\"‘'][\w.]+[”\"’'][ \t]+)"
_RUN = re.compile(
    rf"(?<![\w@#’'-]){_WORD}(?:{_GAP}(?:(?:{_PARTICLE}|of|for|and|of the|for the)[ \t]+)*{_WORD})*"
)
_PIECE = re.compile(rf"(?P<join>(?:(?:{_PARTICLE}|of|for|and|the)[ \t]+)*)(?P<word>{_WORD})")
_LOWER = re.compile(r"(?<![\w’'-])[a-zà-ÿ]+(?![\w’'-])")
_INNER = re.compile(rf"(?<=[a-z,;] )[{_U}]\w+")
_ACRONYM = re.compile(rf"\s?[(\[]([{_U}][\w.&-]{{1,11}})(?=[)\],;])")
_POSSESSIVE = re.compile(r"['’‘](?:s\b|(?!\w))")
_MODIFIED = re.compile(
    r"-(?:of-[a-z]+|[a-z]+(?:ed|ing)|led|born|held|run|wide|era|style|owned|made|friendly|linked|hit|torn|only|year|old|bound|level|wing)$"
)
_HEADLINE_SHARE = 0.6
"""Share of longer words that are capitalised from which a line without a stop is a headline. Of 70 such lines
in the development data those at or above are headlines and notices, those below mostly prose cut short."""
_LONGEST = 14
"""Words in a run; a longer one is a headline or a list."""
_LONGEST_PERSON = 6
"""Words in a name that is no body's; a longer one is a headline."""


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """A name in a text: where it stands, what it is, and the role that the words around it give."""

    start: int
    end: int
    text: str
    kind: Kind | None
    gender: Gender | None
    role: str | None  # as worded, whichever side it stands on
    lead: int  # where the title or role in front of it begins; ``start`` if there is none
    acronym: str | None
    sentence: int
    quoted: bool
    possessive: bool
    governed: bool  # stands behind a preposition
    modifies: bool = False  # qualifies a noun: "the Marr government", "a Vela man"
    kin: bool = False  # brought in as a relative: "his wife, Ilse Marr", "the son of Otto Marr"
    all_role: bool = False  # "Foreign Secretary": capitalised, but nobody's name


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A text with what finding names needs, computed once."""

    text: str
    sentence_starts: list[int]
    sentence_ends: list[int]
    quote_starts: list[int]
    quote_ends: list[int]
    lower: frozenset[str]
    inner: frozenset[str] = frozenset()  # words that stand capitalised inside a sentence

    def sentence(self, at: int) -> int:
        """The number of the sentence that holds an offset (the one before it, between sentences)."""
        return max(0, bisect_right(self.sentence_starts, at) - 1)

    def quoted(self, at: int) -> bool:
        """Whether an offset lies inside quotation marks."""
        n = bisect_right(self.quote_starts, at) - 1
        return n >= 0 and at < self.quote_ends[n]

    def sentence_start(self, at: int) -> int:
        """Where the sentence that holds an offset begins."""
        return self.sentence_starts[self.sentence(at)] if self.sentence_starts else 0


def lay_out(text: Text) -> Layout:
    """The layout of a text."""
    content = text.document.text
    return Layout(
        text=content,
        sentence_starts=[start for start, _ in text.sentences],
        sentence_ends=[end for _, end in text.sentences],
        quote_starts=[q.start for q in text.quotations],
        quote_ends=[q.end for q in text.quotations],
        lower=frozenset(_LOWER.findall(content)),
        inner=frozenset(_INNER.findall(content)),
    )


def find_names(text: Text, layout: Layout) -> tuple[Name, ...]:
    """The names in a text's paragraphs, in order; headlines, all in capitalised words, are left out."""
    found: list[Name] = []
    for start, end in text.paragraphs:
        if not _is_headline(layout.text[start:end]):
            found += names_between(layout, start, end)
    return tuple(found)


def names_between(layout: Layout, start: int, end: int) -> Iterator[Name]:
    """The names in a stretch of a text."""
    taken = start
    for run in _RUN.finditer(layout.text, start, end):
        for name in _read_run(layout, run.start(), run.end()):
            if name.start >= taken:  # else part of a ministry's name that goes on over commas
                yield name
                taken = name.end


def _is_headline(paragraph: str) -> bool:
    if paragraph.rstrip()[-1:] in '.!?”"’…' or len(paragraph) > 200:
        return False
    words = [w for w in paragraph.split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= _HEADLINE_SHARE * len(words)


def _read_run(layout: Layout, start: int, end: int) -> Iterator[Name]:
    pieces = [
        (m.start("word"), m.end("word"), m["word"], m["join"])
        for m in _PIECE.finditer(layout.text, start, end)
    ]
    for group in _cut(pieces):
        kept = _strip(layout, group)
        if kept and len(kept) <= _LONGEST and not _is_adjective(layout, kept):
            name = _read_name(layout, kept)
            if name.kind == "organization" or name.all_role or name.text.count(" ") < _LONGEST_PERSON:
                yield name


_Piece = tuple[int, int, str, str]


def _cut(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The run in parts: cut at "and", and at "of" and "for" unless a body or an office stands before."""
    group: list[_Piece] = []
    for piece in pieces:
        joins = piece[3].split()
        small = {"of", "for", "and"} & set(joins)
        if group and small and not _holds_on(group, small):
            yield group
            group = []
        if (
            group and piece[2][-1] == "s" and fold(piece[2])[:-1] in ontology().demonyms
        ):  # "Ilse Marr Iraqis": two
            yield group
            group = []
        if _MODIFIED.search(piece[2]):  # "Moscow-based", "Russian-speaking": no part of a name
            if group:
                yield group
            group = []
            continue
        group.append(piece)
    if group:
        yield group


def _holds_on(group: list[_Piece], small: set[str]) -> bool:
    known = ontology()
    keys = [fold(p[2]) for p in group]
    body = any(k in known.body_words for k in keys) or "university" in keys
    if "and" in small:
        return body and len(keys) > 1 and any({"of", "for"} & set(p[3].split()) for p in group)
    return body or keys[-1] in known.roles or keys[-1] in known.titles or keys[-1] in _HALF_BODIES


_HALF_BODIES = frozenset(
    "state states republic kingdom bank voice knights sons daughters people's emirates".split()
)


def _strip(layout: Layout, group: list[_Piece]) -> list[_Piece]:
    """The words of a run from its first that can be part of a name, without a weekday behind it."""
    known = ontology()
    while len(group) > 1 and fold(group[-1][2]) in _WEEKDAYS:  # "Ilse Marr Tuesday"
        group = group[:-1]
    n = 0
    while n < len(group):
        key = fold(group[n][2])
        told = key in known.titles or key in known.roles or key in known.demonyms or key in known.given
        told = told or fold(" ".join(p[2] for p in group[n : n + 2])) in known.bodies  # "Downing Street"
        first = n == 0 and _opens_sentence(layout, group[0][0])
        participle = (
            key.endswith(("ing", "ly")) and key not in known.capitals and group[n][2] not in layout.inner
        )
        common = key in layout.lower or participle or known.is_group(key)
        common = common or key.removesuffix("s") in known.body_heads
        shouted = len(key) > 1 and group[n][2].isupper()
        if (key in ontology().never_names and not shouted) or (
            first and common and not told and key not in known.countries and _alone(group)
        ):
            n += 1
            continue
        break
    return group[n:]


_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


def _is_adjective(layout: Layout, group: list[_Piece]) -> bool:
    """Whether a run is a nationality and nothing else: "Russian officials", "U.S. strikes", "the Iraqis"."""
    known, key = ontology(), fold(" ".join(p[2] for p in group))
    if key in known.countries:
        return key in known.demonyms and bool(_NOUN_NEXT.match(layout.text, group[-1][1]))
    return key in known.demonyms or key.removesuffix("s") in known.demonyms


_NOUN_NEXT = re.compile(r"\s(?:(?:and|military|state|officials?|government|forces?|troops)\b)")


def _fields_end(layout: Layout, words: tuple[str, ...], end: int) -> int:
    """Where a ministry's name ends that lists what it is for: "Ministry of Industry, Trade and Transport"."""
    if "Ministry" not in words[:-1]:
        return end
    listed = _FIELDS.match(layout.text, end)
    known = ontology()
    first = fold(listed["first"]) if listed else ""
    return listed.end() if listed and (first in known.ministries or first in known.role_modifiers) else end


_FIELDS = re.compile(
    r",\s(?P<first>[A-Z][a-z]+)(?:,\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)*)*,?\sand\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)*"
)


def _alone(group: list[_Piece]) -> bool:
    """Whether the first word of a sentence stands apart from what follows it."""
    return len(group) == 1 or fold(group[0][2]).endswith("ing")


def _is_short(acronym: str) -> bool:
    """Whether what stands in brackets can be a short name: no agency, which signs its dispatches so."""
    return fold(acronym) not in ontology().agencies


def _opens_sentence(layout: Layout, at: int) -> bool:
    return (
        not layout.text[layout.sentence_start(at) : at].strip(" “\"‘'—–-(")
        or layout.text[max(0, at - 1) : at] in '“"‘'
        or layout.text[max(0, at - 2) : at] == ") "  # behind "(Prensa Latina)", which opens a dispatch
    )


def _read_name(layout: Layout, group: list[_Piece]) -> Name:
    words = tuple(p[2] for p in group)
    joined = tuple(bool({"of", "for"} & set(p[3].split())) for p in group)
    parts = split_name(words, joined)
    before = layout.text[max(layout.sentence_start(group[0][0]), group[0][0] - 120) : group[0][0]]
    if len(words) > 1 and fold(words[0]) in ontology().countries and is_office_of(before):
        parts = Parts(lead=1, person=True, role=True, gender=ontology().given.get(fold(words[1])))
    acronym = _ACRONYM.match(layout.text, group[-1][1])
    body = acronym is not None and not parts.gender and abbreviates(acronym[1], words)
    all_role = parts.lead == len(words) and not body
    lead = 0 if all_role or body else parts.lead
    start, end = group[lead][0], _fields_end(layout, words, group[-1][1])
    if lead and group[lead][3]:  # "President de Vries": the particle belongs to the name
        first = group[lead][3].split()[-1]
        start -= len(group[lead][3]) if first not in ("of", "for", "and", "the") else 0
    leading = (
        group[0][0] - role_reach(before, in_run=bool(lead), closed=layout.text[end : end + 1] == ",")
        if not all_role
        else group[0][0]
    )
    noun = noun_before(before)
    modifies = qualifies_noun(layout.text, end)
    kind = "organization" if body else kind_of(tuple(words[lead:]), after_the=noun == "the" and not modifies)
    gender, person = parts.gender, parts.person and not all_role and not body
    known = ontology()
    if noun in known.roles and not all_role and not (noun == "official" and kind == "organization"):
        person, gender = True, known.roles[noun] or gender
    elif noun in known.body_heads and kind is None:
        kind = "organization"
    if person and kind not in ("country",):
        kind = "person"
    gender = gender or (known.given.get(fold(words[lead])) if kind == "person" else None)
    behind = role_behind(layout.text, end) if kind in ("person", None) and not all_role else None
    if behind:
        kind = "person"
        gender = gender or known.roles.get(head_noun(behind))
    role = tidy_role(layout.text[leading:start]) if leading < start else ""
    if not tells_role(role):
        role = ""
    if role and kind is None:
        kind = "person"
    if role and kind == "person":
        gender = gender or next((g for w in fold(role).split() if (g := known.roles.get(w))), None)
    return Name(
        start=start,
        end=end,
        text=" ".join(layout.text[start:end].split()),
        kind=kind,
        gender=gender,
        role=role or behind,
        lead=leading,
        acronym=acronym[1] if acronym and kind != "person" and (body or _is_short(acronym[1])) else None,
        sentence=layout.sentence(start),
        quoted=layout.quoted(start),
        possessive=bool(_POSSESSIVE.match(layout.text, end)),
        governed=is_governed(layout.text[max(layout.sentence_start(start), leading - 40) : leading]),
        all_role=all_role,
        modifies=modifies,
        kin=kind in ("person", None)
        and is_relative(layout.text[max(layout.sentence_start(start), start - 80) : start]),
    )
