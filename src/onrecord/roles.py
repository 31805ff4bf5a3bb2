"""The words around a name -> what they tell of its bearer: role, apposition, whose relative it is."""

from __future__ import annotations

import re

from onrecord.ontology import fold, ontology

_APPOSITION = re.compile(
    r",\s(?:who\s(?:is|was|serves\sas)\s)?((?!and\b|but\b|who\b|which\b|where\b|when\b)(?:[^,.;:()“”\"\n]|(?<=\b[A-Z])\.|\.(?=\w)){4,110})"
)
_APPOSED = re.compile(r"(?<=\w)(,\s)$")
_KINSHIP = (
    "wife|husband|son|daughter|brother|sister|father|mother|widow|widower|partner|cousin|uncle|aunt|nephew"
    "|niece|grandson|granddaughter|grandfather|grandmother|stepson|stepdaughter|child|children|heir|twin|in-law"
)
_RELATIVE = re.compile(
    rf"(?:\b(?:his|her|their|whose)|[’']s?)\s(?:[a-z-]+\s)?(?:{_KINSHIP}),?\s(?:[A-Z][\w.]*\s)*$"
    rf"|\b(?:{_KINSHIP})\s(?:of|to)\s(?:the\s|a\s)?(?:[\w’'.-]+\s){{0,5}}$"
)
_HEAD_ENDS = frozenset("of for in at to on with from who which that and by under between against".split())
_ROLE_REACH = 9
"""Most words that a role in front of a name may have."""


KIN = frozenset(_KINSHIP.split("|"))
"""Words for relatives."""


def is_relative(before: str) -> bool:
    """Whether the words before a name bring its bearer in as somebody's relative.

    >>> is_relative("It fell to Marr's brother, "), is_relative("She is the widow of the late painter ")
    (True, True)
    """
    return bool(_RELATIVE.search(before))


def qualifies_noun(text: str, end: int) -> bool:
    """Whether a noun for a person, group or body follows: what stands before it is no participant there."""
    following = _NEXT_WORD.match(text, end)
    if following is None:
        return False
    known, word = ontology(), following[1]
    return word in known.roles or word in known.body_heads or known.is_group(word)


_NEXT_WORD = re.compile(r"\s([a-z]+)\b")


def is_office_of(before: str) -> bool:
    """Whether a run follows "ambassador to": a country then ends the role, and the name comes after it."""
    words = before.split()[-2:]
    return (
        before[-1:].isspace()
        and len(words) == 2
        and words[1] in ("to", "of", "for")
        and fold(words[0]) in ontology().roles
        and fold(words[0]) not in _KINSHIP.split("|")  # "the son of King Otto": no office of the king's
    )


def abbreviates(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether an acronym in brackets begins as the name before it does."""
    return len(words) > 1 and acronym[0] == words[0][0] and acronym.isupper()


def is_governed(before: str) -> bool:
    """Whether a run stands behind a preposition."""
    words = before.split()
    while words and fold(words[-1]) in ("the", "his", "her", "their", "a", "an", "its"):
        words.pop()
    return bool(words) and words[-1].lower() in _GOVERNING


_GOVERNING = frozenset(
    "of in at to on with from for by against between under near about over into than via toward "
    "towards behind among amid along alongside across around within without upon onto beyond unlike inside "
    "outside".split()
)


def noun_before(before: str) -> str:
    """The word right before a run, folded; "" where a mark or nothing stands there."""
    word = before[-40:].rsplit(None, 1)[-1:] if before[-1:].isspace() else []
    return fold(word[0]) if word and word[0][-1] not in ',;:()“”"' else ""


def role_reach(before: str, *, in_run: bool, closed: bool) -> int:
    """How many characters before a run are the role in front of its name; ``closed``: a comma follows it."""
    known = ontology()
    kept, length, heads = 0, 0, in_run
    if not in_run and (
        before.endswith(", ") and (apposed := _APPOSED.search(before, len(before) - 3))
    ):  # "his counterpart, Ilse Marr"
        before = before[: apposed.start(1)]
        if not closed and _opens_clause(
            before.rpartition(", ")[2]
        ):  # "After meeting the minister, Marr left"
            return 0
        kept = length = len(apposed[1])
        heads = fold(re.split(r"\s", before)[-1]) in known.roles
        before += " "
        length -= 1
        if not heads:
            return 0
    if not in_run and not heads and noun_before(before) not in known.roles:
        return 0
    over = {"to", "of", "for"} if in_run and is_office_of(before) else set()
    for n, word in enumerate(reversed(re.findall(r"\S+\s+", before))):
        key = fold(word.strip())
        bare = key.removesuffix("'s").removesuffix("'")
        if n == 0 and key in known.roles:
            heads = True
        fits = (
            key in known.roles
            or key in known.role_modifiers
            or key in known.body_heads
            or key in known.demonyms
        )
        fits = fits or (n == 0 and key in over)
        capital = word[:1].isupper() and bare not in ontology().never_names
        if (
            not heads
            or n >= _ROLE_REACH
            or (word.strip()[-1] in ',;:.—–”"' and key not in ("us", "un", "uk"))
            or not (fits or capital)
        ):
            break
        length += len(word)
        kept = length
    return kept


def _opens_clause(words: str) -> bool:
    """Whether the words before a comma are a clause of their own, so that no apposition ends there."""
    first = words.strip(' “"').casefold().split()[:1]
    return bool(first) and (first[0] in _CLAUSE or first[0].endswith("ing"))


_CLAUSE = frozenset(
    "after before while when since if although though despite without unlike like asked because once until "
    "unless whereas".split()
)


def tells_role(role: str) -> bool:
    """Whether words in front of a name hold a role, not only a title such as "Mr" or "Dr"."""
    known = ontology()
    keys = fold(role).split()
    return any(k in known.roles or (k in known.titles and k not in _BARE_TITLES) for k in keys)


_BARE_TITLES = frozenset("mr mrs ms miss mme mdm madam madame dr sir lady lord prof st".split())


def role_behind(text: str, end: int) -> str | None:
    """The apposition behind a name, if its head is a role: ", Iran's foreign minister"."""
    match = _APPOSITION.match(text, end)
    if not match or head_noun(match[1]) not in ontology().roles:
        return None
    if _PREDICATE.match(match[1]):
        return None  # "In a letter to Otto Marr, the Danish leader wrote that …": a subject
    told = match[1]
    if text[match.end() - 1 : match.end() + 1].isalnum():  # longer than a role is read: up to a whole word
        told = told.rpartition(" ")[0]
    return tidy_role(told) or None


_PREDICATE = re.compile(
    r"(?:(?!(?:who|whom|whose|which|that|where|when)\b)\S+\s)+?"
    r"(?:said|says|wrote|told|was|is|has|had|will|would|could|did|[a-z]+ed(?=\s(?:that|the|his|her|its)\b))(?:\s|$)"
)
_ROLE_BEFORE = re.compile(
    r"^(?:[\s,;:–—-]|(?:the|an?|also|then|now|and|but|as|that|while|when)\s)+", re.IGNORECASE
)
_ROLE_BEHIND = re.compile(
    r"(?:[\s,;:–—-]|(?<=\s)(?:and|but|or|as|of|for|in|at|to|the|an?|who|which|his|her|its|their))+$"
)


def tidy_role(words: str) -> str:
    """A role without determiners, conjunctions and marks around it.

    >>> tidy_role("the head of the River Board, and ")
    'head of the River Board'
    """
    return _ROLE_BEHIND.sub("", _ROLE_BEFORE.sub("", words.strip()))


def head_noun(phrase: str) -> str:
    """The head noun of a description, folded: the last word before a preposition or relative."""
    head = ""
    for word in phrase.split():
        key = fold(word.strip(',“”"()[]'))
        if key in _HEAD_ENDS and head:
            break
        if key in ontology().roles or head not in ontology().roles:
            head = key
        elif word[:1].islower():
            break
    return head
