"""Statements -> the occasion on which they were made: "at a press briefing in Ostrow", "on Telegram"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.clauses import Clause, Stretch, read_noun_phrase
from onrecord.ontology import fold, ontology
from onrecord.ontology.chains import chains
from onrecord.outlets import is_outlet, is_told_outlet
from onrecord.records import Statement, Venue

_WORD = r"[\w’'.-]+"
_STOP = (
    r"(?!(?:who|that|which|and|of|in|on|at|to|from|with|by|said|told|after|before|answer|response|reply)\b)"
)
_MONTHS = "january february march april may june july august september october november december".split()
_DAY = rf"(?!(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day|(?i:{'|'.join(_MONTHS)}))\b)"
PLACE = rf"(?:\s(?:in|at|outside|near)\s(?:the\s)?(?-i:{_DAY}[A-Z])[\w’'-]+(?:\s(?-i:[A-Z])[\w’'-]+)*)?"
_SITE = r"(?:\son\s(?:its|his|her|their|the)\s(?:[\w’'-]+\s)?(?:web\s?site|account|page|channel))?"


def _either(words: frozenset[str]) -> str:
    spelt = (re.escape(word).replace(r"\ ", r"[\s-]") for word in words)
    return "|".join(sorted(spelt, key=len, reverse=True))


HEADS = _either(chains().occasions)
TOWN = rf"(?-i:{_DAY}[A-Z])[\w’'-]+(?:\s(?-i:[A-Z])[\w’'-]+)*"
_OCCASION = re.compile(
    rf"\b(?:in|at|during|through|via|from|(?:start|end|opening|close|beginning)\sof)\s(?P<venue>(?:(?:a|an|the|his|her|its|their|this)\s|{_WORD}day[’']s\s)"
    rf"(?:{_STOP}{_WORD}\s){{0,4}}?(?:{HEADS})\b{_SITE}{PLACE}|(?:remarks|comments|testimony)\b|(?<=\bin\s)(?:(?:\w+ly\s)?[a-z-]+\s)?(?:{_either(chains().pieces)})\b)",
    re.IGNORECASE,
)
"""An occasion with its article and its place; what it was "with" or "to" is added by :func:`_whole`."""
_PUT_OUT = r"(?:issued|issuing|released|releasing|put\sout)"
_LESS = (
    rf"\b(?:testif(?:y|ying|ied)|appear(?:ing|ed))\s(?:\w+day\s)?before\s(?P<venue>(?:an?|the|its|their)\s(?:{_STOP}{_WORD}\s){{0,4}}?(?:{_either(chains().bodies)})\b{PLACE})",
    r"\b(?:during|under)\s(?P<venue>(?:(?:his|her|their|the|police|further)\s)?(?:cross-examination|examination|interrogation|questioning))\b",
    rf"\b(?:up)?on\s(?P<venue>(?:(?:his|her|its|their)\s)?(?:arrival|departure|return)(?:\s(?:at|in|from|to)\s(?:{TOWN}|the\s[\w-]+)(?:\s(?:airport|station|port|harbour))?)?)(?=[\s,.])",
    r"\b(?:at|during)\s(?P<venue>(?:[\w’'-]+\s){0,3}?question(?:s\sto\s[\w’'-]+|\s(?:time|hour|period)))\b",
    rf"\bover\s(?P<venue>(?:(?:an?|the)\s(?:[\w-]+\s)?)?(?:breakfast|lunch|dinner|supper|tea|coffee|drinks|brunch){PLACE})\b",
    r"\bin\s(?P<venue>writing)\b(?=[,.]|\s(?:that|on|to)\b)",
    rf"\b(?:at|during)\s(?P<venue>(?:an?|the|his|her|its|their|this|[\w’'.-]+day[’']s)\s(?:{_STOP}{_WORD}\s){{0,3}}?(?:{_either(chains().events)})\b{PLACE})",
    r"\b(?:in|on)\s(?P<venue>(?:the|his|her|its|their|a)\s(?:[\w-]+\s)?(?:news|newscast|programme|program|panel|talk\sshow))\b(?=[,.]|\s(?:on|last|that|said|in|at|the|\w+day)\b)",
    r"\bon\s(?P<venue>an?\s(?:[\w-]+\s){0,3}?(?:visit|tour|trip|walkabout|call)(?:\s(?:to|of|with)\s(?:the\s)?\w+(?:\s(?:(?:district|town|city|port|village|island|province|region)\sof\s)?[A-Z]\w+)?)?)\b",
    rf"\b{_PUT_OUT}\s(?P<venue>(?:an?|the|its|their)\s(?:{_STOP}{_WORD}\s){{0,3}}?(?:{_either(chains().issued)}))\b",
    rf"\bin\s(?:open\s)?(?P<venue>(?:the\s(?:{_WORD}\s){{0,2}}?)?(?:{_either(chains().houses)}))\b(?!\s(?:of|that|which)\b)",
    rf"\bon\s(?P<venue>the\s(?:{_WORD}\s)?(?:steps|stand|tarmac|doorstep)(?:\sof\sthe\s{_WORD})?)\b",
    r"\bon\s(?P<venue>the\s(?:recording|tape|footage|programme|program|show|call))\b",
    r"\b(?:on|in)\s(?P<venue>(?:an?|the|his|her|its|their)\s(?:[\w’'-]+\s){0,2}?podcast)\b",
    r"\bin\s(?P<venue>\w+day[’']s\s(?:edition|issue|paper|extract|column|programme|show|bulletin))\b",
    (
        rf"\b(?:approached|cornered|buttonholed|doorstepped|stopped|caught|interviewed|questioned)\b[^,.;“”\"]{{0,40}}?"
        rf"\s(?:in|on|at|outside)\s(?P<venue>(?:the|an?|his|her|its|their)\s(?:[\w’'-]+\s){{0,2}}?(?:{_either(chains().sites)})){PLACE}"
    ),
    rf"\bon\s(?P<venue>the\s(?:sidelines|margins|fringes)\sof\s(?:the|an?)\s{_WORD}(?:\s(?!(?:in|on|at|said|told)\b){_WORD}){{0,3}}?(?=[\s,.]){PLACE}(?=\s(?:in|on|at|said|told|\w+day)\b|[,.]))",
    rf"\bon\s(?P<venue>(?:his|her|its|their|(?:the\s)?(?:{_WORD}\s)?{_WORD}[’']s)\s(?:{_WORD}\s)?(?:{_either(chains().pages)}))\b",
)
"""Where no occasion is told by its own name: "issued a statement", "said in court", "on its website"."""
_IN_WHICH = re.compile(
    rf"\b(?P<venue>(?:an?|the|his|her|its|their)\s(?:{_STOP}{_WORD}\s){{0,3}}?(?:{HEADS}))(?:\s(?:that|which)\s[^,.;]{{3,40}})?(?:,\s[^,.;]{{3,60}},|,)?\s(?:and\s)?(?:in|at|on|during)\swhich\s$"
)
"""As in "published a letter in which Marr offers …": right before the source."""
_ASIDE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _LESS)
_SHARED_WITH = re.compile(r"\s(?:with|to)\s(?P<who>.+)", re.DOTALL)
_MEANS = re.compile(
    rf"\b(?:on|by|via|over)\s(?:the\s|(?!(?:for|state|public|national|local|live)\b)\w+\s)?(?P<venue>(?:(?:state|public|national|local|live)\s)?"
    rf"(?:{_either(chains().means)}))\b",
    re.IGNORECASE,
)
_ON_AIR = re.compile(rf"\bon\s(?P<venue>(?:the\s)?(?:[A-Z]|{_either(chains().outlet_heads)}).+)")
_SITE_NAMES = (
    "Square|Street|Avenue|Park|Hall|House|Stadium|Airport|Palace|Bridge|Cathedral|Church|University|Museum|Academy|"
    "Hospital|Hotel|Arena|Theatre|Library|Castle|Station|Harbour|School|College|Monument|Pier|Quay|Club|Garden|Gardens"
)
_AT_SITE = re.compile(
    r"(?:\s(?:gathered|massed|assembled|standing|waiting))?\s(?:at|outside|aboard|from)\s"
    r"(?P<venue>(?:the|a|an|his|her|its|their)\s.+)|"
    rf"\s(?:in|on)\s(?P<place>(?:the|a|his|her|its)\s(?:\w+\s)?(?:{_either(chains().sites)})\b"
    rf"(?:\s(?:of|to)\s(?:the\s)?\w+)?|the\s(?:[\w’'-]+\s)?(?:city|town|village|port|province)\sof\s{TOWN})",
    re.DOTALL,
)
_NAMED_SITE = re.compile(
    rf"\s(?:on|in|at|outside|aboard)\s(?P<venue>(?:the\s)?(?:[A-Z][\w’'-]+\s){{1,3}}(?:{_SITE_NAMES}))\b"
)
_SITE_IN_WORDS = re.compile(
    rf"\s(?:on|in|at|outside|aboard)\s(?P<venue>(?:the|a|his|her|its)\s(?:\w+\s)?(?:{_either(chains().sites)}))\b"
)
_SAID_OUTSIDE = re.compile(
    r"\s(?:outside|aboard)\s(?P<venue>(?:(?:the|a|his|her|its|their)\s|[A-Z]).+)", re.DOTALL
)
_IN_TOWN = re.compile(rf"\s(?:here\s)?in\s(?P<venue>{TOWN})", re.IGNORECASE)
_LAST_TOWN = re.compile(
    rf"(?:reporters|journalists|newsmen|crowd|supporters|audience|worshippers)\sin\s(?P<venue>{TOWN})\Z"
)
_SOCIAL = frozenset("twitter facebook telegram instagram x weibo vk youtube tiktok linkedin whatsapp".split())


def find_occasion(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Stretch | None:
    """The words for the occasion in a statement's clause; None where it tells of none, or of several.

    ``shown`` are names that the text shows to be outlets': "on Radio Belkin" is an occasion, "in the
    Ostrow Post" is none.
    """
    found = [
        _whole(text, match.span("venue"), end)
        for start, end in clause.stretches()
        for match in _OCCASION.finditer(text, start, end)
        if not _is_named(stmt, match.span("venue"))
        and not is_paper(match["venue"])
        and not _CARRIED.match(text, match.start("venue"))
    ]
    if stmt.source and (which := _IN_WHICH.search(text[clause.before[0] : stmt.source.start])):
        told = (clause.before[0] + which.start("venue"), clause.before[0] + which.end("venue"))
        found = [stretch for stretch in found if stretch[1] <= told[0] or told[1] <= stretch[0]] + [told]
    found = found or list(_find_aside(text, stmt, clause)) or list(_find_air(text, stmt, clause, shown))
    head = [stretch for stretch in found if stretch[0] <= clause.before[0] + len("during ")]
    return found[0] if len(found) == 1 else next(iter(head), None)


def is_paper(words: str) -> bool:
    """Whether what looks like an occasion is a newspaper: "the Ostrow Post"."""
    return words.split()[-1][0].isupper() and is_outlet(words)


_FROM_STAND = re.compile(
    rf"\bfrom\s(?P<venue>(?:an?|the|his|her|its)\s(?:\w+\s)?(?:{_either(chains().stands)})\b(?:\sof\s(?:the|an?|his|her|its)\s\w+)?)",
    re.IGNORECASE,
)
_SHOWN_IN = re.compile(r"\sin\s(?P<venue>the\s(?:video|recording|clip|footage|message))\Z")


def _find_aside(text: str, stmt: Statement, clause: Clause) -> Iterator[Stretch]:
    """What is put out or owned, and what somebody speaks in: "a masked man in the video"."""
    if stmt.source and (shown := _SHOWN_IN.search(text, stmt.source.start, stmt.source.end)):
        yield shown.span("venue")
    for stretch in clause.stretches():
        for match in _FROM_STAND.finditer(text, *stretch):
            # "said from the bench", "told reporters from the porch"; news may spread from the pulpit, too
            heard = stmt.addressee.end if stmt.addressee else -1
            if match.start() - 1 in (stretch[0], heard) or text.startswith(", ", match.start() - 2):
                yield match.span("venue")
        for pattern in _ASIDE:
            for match in pattern.finditer(text, *stretch):
                if not _is_named(stmt, match.span("venue")):
                    yield match.span("venue")


def _find_air(text: str, stmt: Statement, clause: Clause, shown: frozenset[str]) -> Iterator[Stretch]:
    """By what it was said, or on what air: "by telephone", "on Telegram", "on Radio Belkin"."""
    for stretch in (clause.before, clause.after):
        for match in _MEANS.finditer(text, *stretch):
            if _is_means(match["venue"]) and not _is_named(stmt, match.span("venue"), text):
                yield match.span("venue")
    for stretch in clause.stretches():
        for match in _ON_AIR.finditer(text, *stretch):
            air = read_noun_phrase(text, *match.span("venue"))
            if air and is_told_outlet(text[slice(*air)], shown) and not _is_named(stmt, air):
                yield air


_SPEAKING = re.compile(
    r"\b(?:speaking|spoke|standing|testifying|appearing|reached|interviewed|contacted)\s"
    r"(?:(?:for\scomment|by\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+){0,3}|to\s(?:\w+\s){0,3}?\w+)\s)?(?:\w+day\s)?(?:"
    r"on\s(?P<air>(?:\w+\s){0,2}?(?:radio\sand\stelevision|television\sand\sradio|television|radio))\b|"
    rf"on\s(?P<place>(?:the|his|her)\s(?:\w+\s)?(?:{_either(chains().sites)}))\b|"
    r"(?:at|from|outside|aboard)\s(?P<venue>(?:home\b|"
    r"(?:the|an?|his|her|their)\s(?!(?:same\s)?(?:time|end|start|beginning|close|request)\b)|"
    rf"(?-i:{_DAY}[A-Z])).*))",
    re.IGNORECASE | re.DOTALL,
)
"""Where somebody spoke; "on" and "before" more often tell of what and when: "speaking on the war"."""


_NO_PLACE = (
    "time|times|same|end|start|beginning|close|age|height|moment|request|heart|core|top|bottom|urging|outset"
)
_AT_HEAD = re.compile(
    rf"\s*At\s(?P<house>(?:the|an?|his|her|their)\s(?!(?:{_NO_PLACE})\b)(?:{_WORD}\s){{0,3}}?{_WORD}(?:\sin\s{TOWN})?)"
    r"(?=,\s|\son\s\w+day\b)|"
    rf"\s*(?:On|In|At|Outside|Aboard)\s(?P<venue>(?:the|his|her)\s(?:\w+\s)?(?:{_either(chains().sites)})\b"
    rf"(?:\sof\s(?:the\s)?\w+)?)"
)


def find_stage(text: str, clause: Clause) -> Stretch | None:
    """Where a clause says that somebody spoke: "Speaking at the harbour", "On the steps of the palace, …"."""
    if head := _AT_HEAD.match(text, *clause.before):
        return head.span("house" if head["house"] else "venue")
    searched = (_SPEAKING.search(text, *stretch) for stretch in clause.stretches())
    found = next((match for match in searched if match), None)
    if found is None or found["air"] or found["place"]:
        return found.span("air" if found["air"] else "place") if found else None
    return read_noun_phrase(text, *found.span("venue"))


def find_ground(text: str, stretch: Stretch) -> Stretch | None:
    """Where listeners stand in a sentence that tells of a speech: "faced reporters in the garden"."""
    found = _SITE_IN_WORDS.search(text, *stretch) or _NAMED_SITE.search(text, *stretch)
    return found.span("venue") if found else None


_ATTENDING = re.compile(
    r"\b(?:opening|closing|addressing|hosting|chairing|attending)\s(?P<venue>(?:an?|the|his|her|its)\s.+)",
    re.IGNORECASE | re.DOTALL,
)
_USED = re.compile(
    rf"\b(?:us(?:ed|es|ing)|took|interrupted|opened|closed)\s(?P<venue>(?:an?|the|his|her|its|their|{_WORD}day[’']s)\s"
    rf"(?:{_STOP}{_WORD}\s){{0,3}}?(?:{HEADS})\b{PLACE})\s(?:to|by)\b"
)


def find_attended(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """What somebody opens, addresses or uses to say it: "Opening the forum", "used the talk to accuse"."""
    used = _USED.search(text, clause.before[0], stmt.cue.end if stmt.cue else clause.before[1])
    if used:
        return used.span("venue")
    for stretch in clause.stretches():
        for match in _ATTENDING.finditer(text, *stretch):
            words = read_noun_phrase(text, *match.span("venue"))
            if words and not _is_named(stmt, words) and is_occasion(text[slice(*words)]):
                return words
    return None


_CARRIED_ON = re.compile(
    rf"\b(?P<venue>(?:an?|his|her|its|the)\s(?:{_WORD}\s){{0,2}}?(?:{HEADS}))\s"
    r"(?:carried|broadcast|aired|relayed|shown)\s(?:live\s)?(?:by|on|over)\s(?:the\s)?\Z"
)
"""An occasion right before the air that carried it: "an address carried by" television and radio."""


def mend_venue(text: str, where: Venue) -> Stretch:
    """The words of an occasion as far as they go: "an interview with" is one with somebody, "a letter to".

    >>> mend_venue("In a letter to the Herald, Marr", Venue(start=3, end=14, text="a letter to"))
    (3, 25)
    """
    whole = re.sub(
        r"^the\s(?:start|end|opening|close|beginning)\sof\s(?=an?\s|the\s|his\s|her\s)", "", where.text
    )
    if whole != where.text:
        return where.end - len(whole), where.end
    if carried := _CARRIED_ON.search(text[max(0, where.start - 60) : where.start]):
        return max(0, where.start - 60) + carried.start("venue"), where.end
    bare = re.sub(r"\s(?:with|to|by|for|in|on|at|of|from)$", "", where.text)
    if bare == where.text:
        return where.start, where.end
    other = read_noun_phrase(text, where.end, find_end(text, where.end))
    return where.start, other[1] if other else where.start + len(bare)


def find_end(text: str, at: int) -> int:
    """Where the line ends that an offset lies in."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def find_named(text: str, where: Venue, begin: int) -> Stretch | None:
    """The occasion that "it" stands for, the last named from ``begin`` on: "They got a letter. In it …"."""
    pattern = re.compile(
        rf"\b(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|{_WORD}[’']s)\s(?:{_WORD}\s){{0,3}}?(?:{HEADS})\b"
    )
    found = list(pattern.finditer(text, begin, where.start))
    return found[-1].span() if found else None


def is_misplaced(text: str, where: Venue) -> bool:
    """Whether words given for an occasion are only near it in time, or a language: "ahead of a rally"."""
    return (
        bool(
            _BEFORE.search(text, max(0, where.start - 20), where.start)
            and not _SAT.search(text, 0, where.start)
        )
        or bool(_DAY_ALONE.fullmatch(where.text))
        or fold(where.text) in ontology().demonyms
        or where.text.startswith(("the eve ", "the heels "))
        or where.text.split()[-1] in ("question", "questions", "request")
        or bool(_CARRIED.match(text, where.start))
    )


def opens_elsewhen(text: str, start: int, end: int) -> bool:
    """Whether a stretch, a sentence's first words, tells of another time than before: "two weeks ago".

    >>> words = "But on Saturday, Marr"
    >>> opens_elsewhen(words, 0, len(words))
    True
    """
    return bool(_TIME.search(text, start, end))


_TIME = re.compile(r"\b(?:\w+day|yesterday|tomorrow|ago|earlier|later|last|previously)\b", re.IGNORECASE)
_SAT = re.compile(
    r"\b(?:testif(?:y|ying|ied)|appear(?:ing|ed|ances?)?|evidence|testimony|arguing|argued)\sbefore\s\Z",
    re.IGNORECASE,
)
"""What is "before" a body is where it is said, and not what comes ahead of it."""
_DAY_ALONE = re.compile(
    rf"(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?(?:\s(?:{'|'.join(_MONTHS)}))?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:{'|'.join(_MONTHS)})(?:\s\d+)?",
    re.IGNORECASE,
)
"""A day or month where an occasion is looked for: "had wired on the 4th"."""
_BEFORE = re.compile(
    r"\b(?:ahead\sof|prior\sto|before|after|following|since|citing|quoting|unlike)\s$", re.IGNORECASE
)
_CARRIED = re.compile(
    r"(?:his\s|her\s|the\s)?(?:remarks|comments)\s(?:carried|quoted|reported|published)\sby\b"
)
"""Of remarks that somebody carries nobody tells where they were made: the relay says all there is."""


def find_site(text: str, stmt: Statement, clause: Clause) -> Stretch | None:
    """The town or site right behind whom something was told: "told reporters in Ostrow", "at the gates"."""
    if stmt.cue is None:
        return None
    if stmt.addressee is None:
        outside = _SAID_OUTSIDE.match(text, *clause.after)
        return read_noun_phrase(text, *outside.span("venue")) if outside else None
    if stmt.addressee.start < stmt.cue.end:
        return None
    for pattern in (_NAMED_SITE, _SITE_IN_WORDS):
        if found := pattern.search(text, stmt.addressee.start, stmt.addressee.end):
            return found.span("venue")
    if found := _NAMED_SITE.match(text, stmt.addressee.end, clause.after[1]):
        return found.span("venue")
    end = max(clause.after[1], stmt.addressee.end)
    if found := _IN_TOWN.match(text, stmt.addressee.end, end):
        return found.span("venue")
    if found := _LAST_TOWN.search(text, stmt.addressee.start, stmt.addressee.end):
        return found.span("venue")
    found = _AT_SITE.match(text, stmt.addressee.end, end)
    if found and found["place"]:
        return found.span("place")
    site = read_noun_phrase(text, *found.span("venue")) if found else None
    town = re.compile(rf"\sin\s{TOWN}", re.IGNORECASE).match(text, site[1], end) if site else None
    return (site[0], town.end()) if site and town else site


def _whole(text: str, stretch: Stretch, end: int) -> Stretch:
    """The occasion with whom it was shared: "an interview" with "with the Herald"."""
    if text[slice(*stretch)].split()[-1].casefold() not in chains().shared:
        return stretch
    found = _SHARED_WITH.match(text, stretch[1], end)
    other = read_noun_phrase(text, *found.span("who")) if found else None
    return (stretch[0], other[1]) if other else stretch


def _is_means(words: str) -> bool:
    """As in "on X", not "in x": a network is written with a capital."""
    return words[0].isupper() if fold(words) in _SOCIAL else words[0].islower()


def _is_named(stmt: Statement, stretch: Stretch, text: str = "") -> bool:
    """Whether the words are already the source or somebody spoken to; a source may tell by what it spoke."""
    spoke = re.search(
        r"\b(?:speaking|talking|testifying|appearing|reached|contacted)\sby\s(?:\w+\s)?$", text[: stretch[0]]
    )
    spans = [span for span in (None if spoke else stmt.source, stmt.addressee) if span]
    return any(span.start < stretch[1] and stretch[0] < span.end for span in spans)


_BEHIND_HEAD = re.compile(
    r"\s(?:in|at|of|on|with|to|for|before|after|by|from|about|against|between|during|over|outside|inside|near|that|which|who|where|"
    r"carried|broadcast|released|issued|made|published|distributed|held|read|sent|put|shown|given|written)\s|,"
)
_THEN_DEED = re.compile(rf"(?P<head>.*?\b(?:{HEADS}))\s\w+ed\b.*", re.IGNORECASE | re.DOTALL)


def is_occasion(words: str) -> bool:
    """Whether whom something was told is an occasion: "told a news conference".

    >>> is_occasion("a closing news conference"), is_occasion("reporters")
    (True, False)
    """
    words = deed["head"] if (deed := _THEN_DEED.fullmatch(words)) else words
    kept = _BEHIND_HEAD.split(words)[0]
    head = kept.split()[-1:]
    known = chains().occasions | chains().pieces | chains().rooms
    return bool(head) and fold(head[0]) in known and not is_paper(kept)


_COURT = re.compile(
    r"(?:the\s(?:[\w’'-]+\s){0,3}?court|(?:an?|the)\s(?:[\w’'-]+\s){0,2}?court\sin\s[A-Z].*)", re.IGNORECASE
)


def is_courtroom(words: str) -> bool:
    """Whether who was told something is a court in its room: a known one, or one with its town.

    >>> is_courtroom("the court"), is_courtroom("A court in Ostrow"), is_courtroom("a court")
    (True, True, False)
    """
    return bool(_COURT.fullmatch(words))


def is_document(words: str) -> bool:
    """Whether what speaks is itself the occasion: "the letter adds", where nothing else is one.

    >>> is_document("The letter"), is_document("the letter's author")
    (True, False)
    """
    return is_occasion(words) and words[:1].islower() | words.startswith(("The ", "Its ", "His ", "Her "))
