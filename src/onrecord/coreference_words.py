"""A mention's words -> what can be told from them alone: class, form, gender, number, head, content words.

The tables are closed classes of English; what they leave open is for the model to weigh.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from onrecord.ontology import ontology
from onrecord.records import Form

CLASSES = (
    "i", "we", "you", "he", "she", "it", "they", "this", "who", "one",
    "name", "definite", "demonstrative", "possessed", "indefinite", "counted", "bare",
)  # fmt: skip
"""What a mention begins with, or which pronoun it is."""

PRONOUNS = {
    form: pronoun
    for pronoun, forms in {
        "i": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
        "this": "this that these those here there",
        "who": "who whom whose which what",
        "one": "one ones another other others some all both many each everyone someone anyone nobody",
    }.items()
    for form in forms.split()
}
_OPENINGS = {
    word: kind
    for kind, words in {
        "definite": "the",
        "demonstrative": "this that these those such",
        "possessed": "my our your his her its their whose",
        "indefinite": "a an any another",
        "counted": "one two three four five six seven eight nine ten some many several few all both most "
        "more other each every no",
    }.items()
    for word in words.split()
}
_POSSESSIVES = frozenset("my our your his her its their whose".split())
_BEHIND = frozenset(
    "of in on at to for from with by about as into over under between among against during after before "
    "since through without within near like that which who whom whose where when while ( [ , ; : – — - "
    "and or is are was were such".split()
)
"""A head noun stands before the first of these."""
_EMPTY = frozenset(
    "the a an this that these those of in on at to for and or 's s ’ ' , . - – ( ) \" “ ”".split()
)
_SINGULAR_S = ("ss", "us", "is", "ics", "news")
MALE, FEMALE = 1, 2
SINGULAR, PLURAL = 1, 2
_GENDERS = {"he": MALE, "she": FEMALE}
_NUMBERS = {
    "i": SINGULAR, "he": SINGULAR, "she": SINGULAR, "it": SINGULAR, "we": PLURAL, "they": PLURAL,
}  # fmt: skip


class Wording(msgspec.Struct, frozen=True):
    """What a mention's words tell; ``head`` counts in them, ``gender`` and ``number`` are 0 where unknown."""

    kind: int  # of CLASSES
    head: int
    gender: int
    number: int
    content: tuple[str, ...]

    @property
    def form(self) -> Form:
        """Name, nominal or pronoun."""
        name = CLASSES[self.kind]
        return "name" if name == "name" else "pronoun" if self.kind < CLASSES.index("name") else "nominal"


def read_wording(words: Sequence[str]) -> Wording:
    """What the words of one mention tell.

    >>> read_wording(["the", "old", "ministers", "of", "Vela"]).head
    2
    """
    low = [w.lower() for w in words]
    head = _head(low)
    kind = _class(words, low, head)
    content = tuple(w for w in low if w not in _EMPTY and w not in _POSSESSIVES)
    pronoun = kind < CLASSES.index("name")
    return Wording(
        kind=kind,
        head=head,
        gender=_GENDERS.get(CLASSES[kind], 0) if pronoun else _gender(low, head),
        number=_NUMBERS.get(CLASSES[kind], 0) if pronoun else _number(low, head),
        content=content if not pronoun else (),
    )


def _class(words: Sequence[str], low: Sequence[str], head: int) -> int:
    first = low[0]
    if len(low) == 1 and first in PRONOUNS:
        return CLASSES.index(PRONOUNS[first])
    if words[head][0].isupper() and (first == "the" or words[0][0].isupper() or words[0][0].isdigit()):
        shouted = len(words) > 2 and all(w.isupper() for w in words if w.isalpha())
        if not shouted and first not in _POSSESSIVES and first not in ("a", "an"):
            return CLASSES.index("name")
    if first in _OPENINGS:
        return CLASSES.index(_OPENINGS[first])
    if any(w in ("'", "’") and n + 1 < head and low[n + 1] == "s" for n, w in enumerate(low[:head])):
        return CLASSES.index("possessed")
    return CLASSES.index("counted" if first[0].isdigit() else "bare")


def _head(low: Sequence[str]) -> int:
    """The last word before what qualifies it from behind; the first word if there is nothing before that."""
    for n, word in enumerate(low):
        if n and word in _BEHIND and low[n - 1] not in _GOING_ON and not _joins(low, n):
            return n - 1
    last = len(low) - 1
    while last > 0 and not low[last][0].isalnum():
        last -= 1
    return last - 2 if last >= 2 and low[last] == "s" and low[last - 1] in ("'", "’") else last


_GOING_ON = frozenset(("the", "a", "an", "-"))


def _joins(low: Sequence[str], n: int) -> bool:
    """Whether a mark stands inside a word or a number: "well-known", "40,000"."""
    within = 0 < n < len(low) - 1
    return within and (low[n] == "-" or (low[n] == "," and low[n - 1].isdigit() and low[n + 1].isdigit()))


def _gender(low: Sequence[str], head: int) -> int:
    known = ontology()
    for word in (low[0], *low[1 : head + 1]):
        told = known.titles.get(word) or known.given.get(word) or known.roles.get(word) or _KIN.get(word)
        if told:
            return MALE if told == "male" else FEMALE
    return 0


_KIN = dict.fromkeys("man men father son brother husband boy king uncle grandfather".split(), "male") | (
    dict.fromkeys("woman women mother daughter sister wife girl queen aunt grandmother".split(), "female")
)


def _number(low: Sequence[str], head: int) -> int:
    if low[0] in ("these", "those", "many", "several", "both", "few") or "and" in low[1 : head + 2]:
        return PLURAL
    noun = low[head]
    if noun in ("people", "men", "women", "children", "police"):
        return PLURAL
    plural = len(noun) > 3 and noun.endswith("s") and not noun.endswith(_SINGULAR_S)
    return PLURAL if plural else SINGULAR
