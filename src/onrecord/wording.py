"""Bodies and groups as a text words them -> the form they are recorded in.

One body has one name, however it is worded: "Norway's foreign ministry" and "the Norwegian Foreign
Ministry" are the Ministry of Foreign Affairs of Norway; "officials in Kestrel County" are "Kestrel County
officials". What a body deals with and which state it is of are read off its words alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import msgspec

from onrecord.names import split_name
from onrecord.ontology import fold, ontology
from onrecord.states import state_called, state_in_full

_LONGEST = 3
"""Words of a state's name or nationality."""
_LINKS = frozenset("the of and for 's".split())
_STATE_FORMS = frozenset(
    "republic kingdom commonwealth federation people's islamic democratic arab union states".split()
)
_FORMS_OF_GOVERNMENT = frozenset("government central federal national interim transitional caretaker".split())
_IN_PLACE = re.compile(r"^(?P<head>\w[\w\s-]*?)\s(?:in|from|of|with)\s(?:the\s)?(?P<place>[A-Z][\w.’'&-]*(?:\s(?:of\s)?[A-Z][\w.’'&-]*)*)$")  # fmt: skip  # noqa: E501
_LOYAL = re.compile(r"^(?P<head>\w+)\sloyal\sto\s(?:the\s)?(?P<place>[A-Z][\w.’'&-]*(?:\s[A-Z][\w.’'&-]*)*)$")
_SPEAKS_FOR = re.compile(r"^(?P<head>spokes\w+)\s(?:for|of)\s(?:the\s)?(?P<place>[A-Z][\w.’'&-]*(?:\s[A-Z][\w.’'&-]*)*)$")  # fmt: skip  # noqa: E501
_OF_PERSON = re.compile(
    r"^(?P<who>(?:[A-Z][\w.’'-]*\s)+[A-Z][\w-]*)[’']s?\s(?P<what>administration|cabinet)$"
)
_OF_REGION = re.compile(
    r"^(?P<place>(?:[A-Z][\w’'-]*\s)+(?:State|Province|County|City|Region))(?:[’']s)?\s[Gg]overnment$"
)
_SOMEONE = re.compile(r"^(?:someone|somebody)\s(?=\w)", re.IGNORECASE)
_VAGUE_PLACE = re.compile(
    r"\s(?:in\sthe\s(?:area|region|vicinity)|there|here|on\sthe\sground|at\sthe\sscene)$"
)


class StateBody(msgspec.Struct, frozen=True, kw_only=True):
    """A ministry or government: what of (None for a government), and of which state, if its words tell."""

    field: str | None
    state: str | None

    def name(self, state: str | None = None) -> str:
        """Its full name; ``state`` where its own words do not tell it.

        >>> StateBody(field="Health", state="NLD").name()
        'Ministry of Health of the Netherlands'
        """
        what = f"Ministry of {self.field}" if self.field else "Government"
        iso3 = self.state or state
        of = state_in_full(iso3) if iso3 else None  # a code such as IGO is no state's
        return f"{what} of {of}" if of else what


@functools.lru_cache(maxsize=1 << 12)
def find_state_body(words: str) -> StateBody | None:
    """The ministry or government that words name and nothing else; None for anything else.

    >>> find_state_body("Norway's foreign ministry")
    StateBody(field='Foreign Affairs', state='NOR')
    >>> find_state_body("Norwegian officials") is None
    True
    """
    words = words.replace("’", "'").replace("People's Republic of ", "")
    tokens = words.replace("'s ", " 's ").split()
    if not any(fold(t) in ("ministry", "government") for t in tokens):
        return None
    states, rest = _take_states(tokens)
    if len(states) > 1:
        return None
    state = next(iter(states), None)
    rest = [t for t in rest if t not in _LINKS and not (state and t in _STATE_FORMS)]
    if rest and set(rest) <= _FORMS_OF_GOVERNMENT and "government" in rest:
        return StateBody(field=None, state=state)
    if "ministry" not in rest:
        return None
    field = ontology().ministries.get(" ".join(t for t in rest if t not in ("ministry", "federal")))
    return StateBody(field=field, state=state) if field else None


def _take_states(tokens: Sequence[str]) -> tuple[set[str], list[str]]:
    """The states that words name, and the words that are left, folded."""
    states, rest, at = set(), [], 0
    while at < len(tokens):
        for size in range(_LONGEST, 0, -1):
            words = " ".join(tokens[at : at + size])
            iso3 = state_called(words) if words[0].isupper() and at + size <= len(tokens) else None
            if iso3:
                states.add(iso3)
                at += size
                break
        else:
            rest.append(fold(tokens[at]))
            at += 1
    return states, rest


def tidy_group(words: str, short: Mapping[str, str] | None = None) -> str:
    """The form that a group is recorded in: where it belongs stands before it, in full.

    ``short`` holds, folded, the short forms that a text itself explains.

    >>> tidy_group("Health officials in Norway"), tidy_group("officials from the UN")
    ('Norwegian health officials', 'United Nations officials')
    """
    words = _VAGUE_PLACE.sub("", words)
    found = _IN_PLACE.match(words) or _LOYAL.match(words)
    if found is None or not ontology().is_group(fold(found["head"]).split()[-1]):
        return spell_out(words, short)
    return _placed(found["place"], found["head"], short)


def tidy_speaker(words: str) -> str:
    """The form in which a spokesperson, an administration, a region's government is recorded.

    >>> tidy_speaker("spokesman for the UN"), tidy_speaker("Norwegian Premier Ilse Marr's administration")
    ('United Nations spokesman', 'Ilse Marr administration')
    """
    words = _SOMEONE.sub("person ", _VAGUE_PLACE.sub("", words))
    found = _SPEAKS_FOR.match(words)
    if found is not None and spell_out(found["place"]) != found["place"]:
        return _placed(found["place"], found["head"])
    if (found := _OF_PERSON.match(words)) is not None:
        return f"{_bare_name(found['who'])} {found['what']}"
    if (found := _OF_REGION.match(words)) is not None:
        return f"Government of {found['place']}"
    return spell_out(words)


def _bare_name(words: str) -> str:
    """A name without title, role and nationality: "U.S. President Ilse Marr" -> "Ilse Marr"."""
    parts = tuple(words.split())
    lead = split_name(parts, (False,) * len(parts)).lead
    return " ".join(parts[lead:]) or words


def _placed(place: str, head: str, short: Mapping[str, str] | None = None) -> str:
    iso3 = ontology().countries.get(fold(place))
    where = ontology().nationalities.get(iso3, place) if iso3 else spell_out(place, short)
    return f"{where} {head[:1].lower()}{head[1:]}"


def spell_out(words: str, short: Mapping[str, str] | None = None) -> str:
    """The words with a body's short form in front in full: "UN officials" -> "United Nations officials".

    ``short`` holds, folded, the short forms that a text itself explains.
    """
    first, _, rest = words.partition(" ")
    if not first.replace(".", "").isupper():
        return words
    full = (short or {}).get(fold(first)) or ontology().body_names.get(fold(first))
    return f"{full} {rest}".rstrip() if full else words


def well_known(words: str) -> str | None:
    """The full name of a well-known body by any form, its possessor's too: "the UN's refugee agency"."""
    return ontology().body_names.get(fold(words.replace("’s ", " ").replace("'s ", " ").replace("s' ", "s ")))


def spell_out_state(words: str) -> str:
    """A body's name with the state in front in full: "US Embassy" -> "United States Embassy"."""
    first, _, rest = words.partition(" ")
    full = _STATES.get(fold(first)) if first.replace(".", "").isupper() and rest else None
    return f"{full} {rest}" if full else spell_out(words)


_STATES = {"us": "United States", "uk": "United Kingdom"}
