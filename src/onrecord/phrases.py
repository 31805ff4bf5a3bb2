"""Words that stand for a speaker -> what they are: a pronoun, a name, a description, a document.

``read_phrase`` looks at the phrase and the names in it, not at the rest of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal, TypeAlias

import msgspec

from onrecord.cast import country_in
from onrecord.mentions import Layout, Name, names_between
from onrecord.ontology import Gender, fold, ontology
from onrecord.records import Form
from onrecord.roles import tidy_role

Shape: TypeAlias = Literal["pronoun", "name", "nominal", "document"]

PRONOUNS = {
    form: pronoun
    for pronoun, forms in {
        "he": "he his him himself",
        "she": "she her hers herself",
        "it": "it its itself this",
        "they": "they their them themselves both",
        "i": "i my me myself",
        "we": "we our us",
        "who": "who which that whom",
        "you": "you your",
        "one": "one another",
    }.items()
    for form in forms.split()
}
"""Each form of a pronoun -> the pronoun it is read as."""
_BREAK = re.compile(
    r",\s|\s[—–-]+\s|—|\s\(|\s\[|;\s|\n"
    r"|\s(?:who|whom|which|that|whose|where|when|while|as|speaking|asking|requesting|declining|insisting"
    r"|on\scondition|like|such\sas|including|reached\sby|contacted\sby|interviewed\sby|has|have|had|is|are|was|were|will|would|said|says|told)\s"
)
_BEFORE = re.compile(
    r"(?:[\s,;:.…–—-]|(?:and|but|as|while|whereas|when|because|although|though|by|according to)\b"
    r"(?![’'-]))*",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:[\s,;:–—-]|(?<=\s)(?:and|but|or|as|who|which|today|yesterday|tonight)|(?<=\w)[’'](?:s|S)?)*$"
)
_WITH_PRONOUN = frozenset("himself herself itself themselves also too then later both all alone".split())
_HIS = frozenset("his her its their".split())
_PREPOSITION = re.compile(
    r"\s(?:of|for|in|at|from|with|on|by|to|within|inside|near|under|close|loyal|familiar|there|worldwide|like|the|a|an|released|issued|compiled|conducted|filed|obtained|published|seen|posted|based|led|signed|written|sent|provided|cited|distributed|carried|read|broadcast|aired|delivered|dated|entitled|titled|named|called|known|made)(?:\s|$)"
)
_COUNT = (
    r"(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty|hundred|thousand"
    r"|(?:a\s)?dozen|dozens|hundreds|thousands|scores)"
)
_DETERMINER = re.compile(
    r"^(?:(?:(?:(?:a|the)\s(?:growing\s|large\s|small\s)?(?:number|handful|couple|majority|series|pair|minority)"
    rf"|one|some|many|most|several|both|all|few|none|any|each|either|{_COUNT})\sof(?:\s(?:the|these|those))?"
    rf"|(?:more\sthan|fewer\sthan|less\sthan|at\sleast|at\smost|up\sto|nearly|about|almost|around|over)\s{_COUNT}"
    rf"|{_COUNT}|the|a|an|this|that|these|those|some|several|many|other|all|both|few|most|more|various|certain"
    r"|another|any|no|every|each|either|neither|multiple|numerous|one|such|his|her|their|its|our|my|also|even"
    r"|only|at least)\s+)+",
    re.IGNORECASE,
)
_QUOTING = re.compile(
    r"(?:[\w’'.-]+\s){1,6}?(?:has\s|had\s)?quot(?:ed|es)\s(?=\w)|[\w’'.-]+(?:\s[\w’'.-]+){0,5},\s(?:citing|quoting)\s(?=\w)"
)
"""A relay in front of those whom it quotes: they speak, it relays."""
_INSERTED = re.compile(r"\[([A-Z][^\]]*)\]")
"""A name that an editor put in: "Our captain [Ilse Marr]"."""
_ONE_OF = re.compile(r"(?:one|another|each|either|neither|any|none)\sof\s", re.IGNORECASE)
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|his|her|their|its|said)\s", re.IGNORECASE)
_POSSESSED = re.compile(r"[A-Z][\w.-]*(?:\s[A-Z][\w.-]*){0,3}['’]s?\s")
_ISSUED = re.compile(r"\b(?:by|from|of|on behalf of)\s+(?:the\s+|a\s+|an\s+)?(?:[\w’'.-]+\s+){0,4}$")
_RELAYED = re.compile(
    r"\b(?:read|obtained|seen|reviewed|cited|viewed|quoted|carried|published|leaked|distributed|broadcast|aired"
    r"|relayed|transmitted|circulated)\s+(?:\w+\s+)?(?:by|over|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OBTAINED = re.compile(r"\s(?:had\s|has\s)?(?:obtained|saw|reviewed|viewed|seen)\b")
_TYPES = frozenset(
    "group movement organization organisation newspaper agency network channel company party militia bloc "
    "broadcaster service outlet".split()
)


_SITE = re.compile(r"['’]s?\s(?:website|site|account|page|figures|data)\b")
_UMBRELLAS = frozenset(("united nations", "un", "eu", "european union"))


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """What a source phrase is. ``worded`` is the description as the text words it, without determiners."""

    shape: Shape
    start: int
    pronoun: str = ""
    name: Name | None = None
    also: tuple[Name, ...] = ()  # further people named in an apposition's place
    head: str = ""
    text: str = ""  # all its words
    worded: str = ""
    definite: bool = False
    country: str | None = None
    plural: bool = False
    role: str | None = None
    gender: Gender | None = None

    def form(self) -> Form:
        """The form of the mention; "his statement" is read as "he", but it is a description."""
        return (
            "pronoun"
            if self.shape == "pronoun" and not self.worded
            else "name"
            if self.shape == "name"
            else "nominal"
        )


def read_phrase(layout: Layout, names: Sequence[Name], starts: Sequence[int], start: int, end: int) -> Phrase:
    """What the words from ``start`` to ``end`` are; ``starts`` are the offsets where ``names`` begin."""
    start, end = _trim(layout.text, start, end)
    if (quoting := _QUOTING.match(layout.text, start, end)) is not None:  # "the radio quoted the army"
        start = quoting.end()
    words = layout.text[start:end]
    bare = _without_adverbs(fold(words.strip(" ,.:;“”\"’'‘")))
    if bare in PRONOUNS and (len(words.strip()) == 1 or not words.strip().isupper()) and "." not in words:
        return Phrase(shape="pronoun", start=start, pronoun=PRONOUNS[bare])
    if "\n" in words:  # wrapped lines: a name may run over the end of one
        inside = list(names_between(layout, start, end))
    else:
        inside = [n for n in names[bisect_left(starts, start) : bisect_left(starts, end)] if n.end <= end + 1]
    if not inside and any(c.isupper() for c in words):
        inside = list(names_between(layout, start, end))
    if (inserted := _INSERTED.search(layout.text, start, end)) is not None:
        by_hand = list(names_between(layout, *inserted.span(1)))
        if len(by_hand) == 1 and (by_hand[0].lead, by_hand[0].end) == inserted.span(1):
            return Phrase(shape="name", start=start, name=by_hand[0])
    region = start + _region(words)
    if (cut := fold(layout.text[start:region].strip())) in PRONOUNS and cut != bare and len(cut) > 1:
        return Phrase(shape="pronoun", start=start, pronoun=PRONOUNS[cut])  # "he had been reliably"
    region = max((n.end for n in inside if n.start < region < n.end), default=region)
    if (named := _named(layout, inside, start, region, end)) is not None:
        return Phrase(shape="name", start=start, name=named, role=_role_around(layout, named, start))
    return _described(layout, inside, start, region)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks and conjunctions around it and its own "’s"; as it is if all would go."""
    before = _BEFORE.match(text, start, end)
    first = before.end() if before else start
    behind = _BEHIND.search(text, first, end)
    last = behind.start() if behind else end
    return (first, last) if first < last else (start, end)


def _without_adverbs(words: str) -> str:
    """A pronoun without what only stresses it: "he himself", "they too"."""
    first, _, rest = words.partition(" ")
    return first if first in PRONOUNS and rest and set(rest.split()) <= _WITH_PRONOUN else words


def _region(words: str) -> int:
    """How far the phrase goes before its first comma, bracket or relative clause."""
    lead = len(words) - len(words.lstrip(" “\"‘'(["))
    found = _BREAK.search(words, lead + 1)
    return found.start() if found else len(words)


def _named(layout: Layout, inside: list[Name], start: int, region: int, end: int) -> Name | None:
    """The name that the phrase is built around: its first person who is nobody's possessor or complement."""
    proper = [n for n in inside if not n.all_role and (not n.possessive or n.end >= end)]
    head = _head_of(layout.text[start:region])
    if not proper or (head in ontology().documents and _in_small(layout.text[start:region], head)):
        return None
    free = [n for n in proper if not _bound(layout, start, n, inside)]
    person = next((n for n in free if n.kind == "person"), None)
    if person is not None:
        return _first_joined(layout, free, person)
    behind = [n for n in free if n.start > region]
    called = head in ontology().body_heads or bool(_ITS_NOUN.fullmatch(layout.text, start, region))
    closing = behind[-1] if behind and behind[-1].end >= end - 1 and called else None
    core = _core(layout.text, start, region)
    if any(n.start < region and abs(core - n.end) <= 1 for n in free):
        closing = None  # the first of several names, not "the company, Hollin"
    for name in [n for n in proper if n.start < region and closing is None]:
        if name in free and abs(core - name.end) <= 1:
            return _first_joined(layout, proper, name)
        if _typed(layout.text, name, core):
            return name
    return (
        _named_behind(layout, behind, start, region)
        or closing
        or _opening(layout, proper[0], start)
        or next((n for n in free[:1] if _is_placed(layout, n, start)), None)
    )


_ITS_NOUN = re.compile(r"(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s[a-z]+")
"""What a name behind a comma explains whatever the noun is: "its builder, Hollin Works"."""


def _named_behind(layout: Layout, behind: list[Name], start: int, region: int) -> Name | None:
    """The name after a role and a comma: "the head of the council, Ilse Marr"."""
    if not _holds_role(layout.text[start:region]) and not _ONE_OF.match(layout.text, start, region):
        return None
    spoken = (n for n in behind if layout.text[n.lead - 1] not in "([")
    return next((n for n in spoken if n.kind in (None, "person")), None)


def _opening(layout: Layout, name: Name, start: int) -> Name | None:
    """The first of joint speakers, where the second is no plain name."""
    joint = name.lead <= start + len("the ") and layout.text.startswith(" and ", name.end)
    return name if joint else None


def _is_placed(layout: Layout, name: Name, start: int) -> bool:
    """Whether a phrase is a name and where its bearer belongs: "Ilse Marr of the River Board"."""
    sure = name.kind is not None or " " in name.text
    return sure and name.lead == start and bool(_PLACED.match(layout.text, name.end))


_PLACED = re.compile(r"\s(?:of|from|at|in|with)\s")


def _in_small(words: str, head: str) -> bool:
    """Whether a head noun is written small or opens the phrase: the Post is a paper, a post a document."""
    return (
        head in words
        or words.strip()[: len(head)].casefold() == head
        or words[:4].casefold() + head == words.casefold()
    )


def _bound(layout: Layout, start: int, name: Name, inside: list[Name]) -> bool:
    """Whether a name stands behind a preposition inside the phrase, in its own part between commas.

    One within another name binds nobody: "Ministry of Health (MOH) Secretary Ilse Marr".
    """
    if layout.text[start : name.lead].endswith((" named ", " called ")):
        return False
    part = max(start, layout.text.rfind(", ", start, name.lead))
    if name.kind == "person":
        before = max((n.end for n in inside if n.end <= name.lead), default=part)
        part = max(part, before) if " and " not in layout.text[before : name.lead] else part
    return bool(_PREPOSITION.search(layout.text, part, name.lead)) and name.lead > start


def _first_joined(layout: Layout, proper: list[Name], name: Name) -> Name:
    """The first of names joined by "and": joint speakers are entered under the one named first."""
    for other in proper:
        if other.end < name.lead and re.fullmatch(
            r"(?:,\s.*)?,?\sand\s(?:(?:the|his|her|their|its)\s)?", layout.text[other.end : name.lead]
        ):
            return other
    return name


def _holds_role(words: str) -> bool:
    return any(w.removeprefix("ex-") in ontology().roles for w in fold(words).split())


def _core(text: str, start: int, region: int) -> int:
    """Where the words of a phrase end that stand before its first comma."""
    words = text[start:region].rstrip(' ,.:;“”"')
    return start + len(words)


def _typed(text: str, name: Name, core: int) -> bool:
    """Whether only its kind follows a name: "the Osprey resistance group", "Reuters news agency"."""
    if name.kind in ("country", "place") or fold(name.text) in _UMBRELLAS:
        return False
    rest = fold(text[name.end : core]).split()
    if not 0 < len(rest) <= 3 or rest[-1] not in _TYPES:
        return False
    return len(rest) == 1 or rest[0] in _KINDS_OF_TYPES


_KINDS_OF_TYPES = frozenset("state official news resistance militant rebel rights media television".split())


def _role_around(layout: Layout, name: Name, start: int) -> str | None:
    """The role of a named speaker that stands before a comma: "The head of the council, Ilse Marr"."""
    before = layout.text[start : name.lead].strip()
    if not before.endswith(","):
        return name.role
    before = before.rstrip(",").rpartition(", ")[0] or before.rstrip(",")
    if _head_of(before) not in ontology().roles:
        return name.role
    stated = tidy_role(_DETERMINER.sub("", before))
    return stated if not name.role else f"{stated}, {name.role}"


def _described(layout: Layout, inside: list[Name], start: int, region: int) -> Phrase:
    words = layout.text[start:region].strip(' ,.:;“”"')
    core = _DETERMINER.sub("", words)
    if (of_them := PRONOUNS.get(fold(core))) and " " in words:  # "many of them", but not "one of them"
        several = not _ONE_OF.match(words)
        return Phrase(shape="pronoun", start=start, pronoun=of_them if several else "one", worded=words)
    head = _head_of(core) or _head_of(words)
    known = ontology()
    is_document = head in known.documents and _in_small(words, head)
    issuer = _issuer(layout, inside, start) if is_document else None
    first = fold(words).partition(" ")[0]
    if is_document and issuer is None and first in _HIS:
        return Phrase(shape="pronoun", start=start, pronoun=PRONOUNS[first], worded=words)
    return Phrase(
        shape="document" if is_document else "nominal",
        start=start,
        name=issuer,
        head=head,
        text=words,
        worded=" ".join(core.split()).removesuffix(" there"),
        definite=bool(_DEFINITE.match(words) or _POSSESSED.match(words))
        or (words[:1].isupper() and fold(words) in known.roles),
        country=country_in(words),
        plural=known.is_group(head) or _is_people(head),
        gender=known.roles.get(head),
    )


def _is_people(head: str) -> bool:
    known = ontology()
    return head.endswith("s") and (
        head[:-1] in known.demonyms or (head in known.demonyms and head not in known.countries)
    )


def _head_of(words: str) -> str:
    """The head noun of a noun phrase, folded: its last word before the first preposition."""
    found = _PREPOSITION.search(words, 1)
    before = words[: found.start()] if found else words
    parts = fold(re.sub(r"[“”\"()\[\]]", " ", before)).split()
    return parts[-1].removesuffix("'s").strip(",.") if parts else ""


def _issuer(layout: Layout, inside: list[Name], start: int) -> Name | None:
    """Whose words a document carries: "a report by the WHO", "UN figures", "the ministry's statement"."""
    text = layout.text
    for name in inside:
        before = text[start : name.start]
        if name.all_role or name.possessive or _RELAYED.search(before):
            continue
        if _ISSUED.search(text[start : name.lead]) or _ISSUED.search(before):
            return name
    for name in inside:
        if _RELAYED.search(text[start : name.start]) or _OBTAINED.match(text, name.end):
            continue
        if (
            not name.all_role
            and (not _bound(layout, start, name, inside) or _SITE.match(text, name.end))
            and (name.possessive or text[name.end : name.end + 1] == " ")
        ):
            return name
    return None
