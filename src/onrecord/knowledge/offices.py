"""The offices that the table knows, and the office that a title names.

One office has many titles: the foreign minister of the United States is the Secretary of State, of
the United Kingdom the Foreign Secretary. :func:`office_named` brings a title down to its office, so
that the builder of the table and the readers of text agree; the titles are in ``offices.toml``.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

import msgspec

from onrecord.ontology import fold

OFFICES: tuple[str, ...] = (
    # of a state
    "president", "prime minister", "monarch", "supreme leader", "vice president", "deputy prime minister",
    "crown prince", "foreign minister", "defence minister", "interior minister", "finance minister",
    "justice minister", "minister", "deputy foreign minister", "deputy minister", "spokesperson",
    "foreign ministry spokesperson", "defence ministry spokesperson", "un ambassador", "ambassador",
    "national security adviser", "diplomatic chief", "presidential aide", "chief of staff", "envoy",
    "armed forces chief", "intelligence chief", "speaker of parliament", "attorney general", "chief justice",
    "central bank governor", "governor", "mayor", "opposition leader", "party leader",
    # of a body
    "head", "deputy head", "commander", "judge", "member",
)  # fmt: skip

# How the title of any minister starts. "Minister of State for Finance" is a junior and not *the* minister,
# "Secretary of State for Defence" is.
_JUNIOR = "minister of state for "
_LEADS = (
    _JUNIOR,
    "secretary of state for ",
    "federal minister of ",
    "federal minister for ",
    "cabinet secretary for ",
    "minister of ",
    "minister for ",
    "secretary of ",
    "secretary for ",
)


class _Titles(msgspec.Struct, frozen=True):
    anywhere: dict[str, str]
    only: dict[str, dict[str, str]]
    portfolios: dict[str, str]


@functools.cache
def _titles() -> _Titles:
    data = tomllib.loads((resources.files(__package__) / "offices.toml").read_text(encoding="utf-8"))
    return _Titles(
        anywhere={title: office for office, titles in data["titles"].items() for title in titles},
        only=data["only"],
        portfolios={start: office for office, starts in data["portfolios"].items() for start in starts},
    )


def office_named(title: str, of: str | None = None) -> str | None:
    """The office that a title names in a state (ISO 3166-1), or None where the words do not tell.

    >>> office_named("Secretary of State", "USA")
    'foreign minister'
    >>> office_named("Minister of Fisheries", "NOR")
    'minister'
    >>> office_named("goalkeeper") is None
    True
    """
    words = fold(title).removeprefix("the ")
    known = _titles()
    return known.only.get(of or "", {}).get(words) or known.anywhere.get(words) or _by_portfolio(words)


def _by_portfolio(words: str) -> str | None:
    """The office of "minister of …" by its portfolio; "minister" where it is another one."""
    lead = next((lead for lead in _LEADS if words.startswith(lead)), None)
    if lead is None or words == "secretary of state":  # which is many things in many states
        return None
    portfolio = words.removeprefix(lead)
    if lead == _JUNIOR:
        return "minister"
    for start, office in _titles().portfolios.items():
        if portfolio == start or portfolio.startswith((start + ",", start + " and ")):
            return office
    return "minister"
