"""Task ``speakers``: who speaks, by canonical name, on documents annotated for attribution and coreference.

Statements match one to one at half their content's characters. Only those are judged whose speaker
gold names (``speaker.canonical``: a name, or the title of an encyclopedia article).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

import msgspec

from onrecord.evaluation.figures import percent
from onrecord.evaluation.gold import Article, Gold, Pair
from onrecord.evaluation.intl import characters, span_characters
from onrecord.evaluation.names import same_name
from onrecord.evaluation.pairing import pair_greedily
from onrecord.records import Reading

DEV = "dev"


class GoldSpeaker(Gold, frozen=True, kw_only=True):
    """Whom gold takes a source to stand for; ``canonical`` is None for somebody without a name."""

    canonical: str | None = None
    chain: tuple[Pair, ...] = ()


class AttributedClause(Gold, frozen=True, kw_only=True):
    """One statement: its content, and its speaker where the source is an entity."""

    content: tuple[Pair, ...]
    speaker: GoldSpeaker | None = None

    @property
    def name(self) -> str | None:
        """The canonical name of its speaker, or None."""
        if self.speaker is None or not self.speaker.canonical:
            return None
        return _TITLE_NOTE.sub("", unquote(self.speaker.canonical))


_TITLE_NOTE = re.compile(r"\s\([^()]*\)$")
"""What tells apart two encyclopedia articles of one name: "(philosopher)"."""
_NO_NAMES = frozenset(
    "i you he she it we they me him her us them my your his its our their this that all who".split()
)


class SpokenText(Article, frozen=True, kw_only=True):
    """A document with its statements (task ``speakers``)."""

    split: str | None = None
    statements: tuple[AttributedClause, ...]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A matched statement whose speaker gold names: that name, and the one found (None: left open)."""

    wanted: str
    found: str | None
    called: tuple[str, ...] = ()  # the names that the document itself has for the wanted one

    @property
    def right(self) -> bool:
        """Whether the found name is the wanted one, or a form of it."""
        return self.found is not None and same_name(self.found, self.wanted)

    @property
    def same_participant(self) -> bool:
        """Whether the found name is any name of the wanted one, be it gold's canonical one or not."""
        found = self.found
        return found is not None and any(same_name(found, name) for name in (self.wanted, *self.called))


def scored(documents: Sequence[SpokenText]) -> list[SpokenText]:
    """The documents that are scored: of a file with several splits those of ``dev``, else all."""
    if {d.split for d in documents} > {DEV}:
        return [d for d in documents if d.split == DEV]
    return list(documents)


def judge(document: SpokenText, reading: Reading) -> Iterator[Judgement]:
    """The matched statements of a document whose speaker gold names."""
    names = {actor.id: actor.name for actor in reading.actors}
    for i, j in _pair_contents(document, reading).items():
        wanted = document.statements[i].name
        if wanted is not None:
            found = names.get(reading.statements[j].speaker or "")
            yield Judgement(wanted=wanted, found=found, called=_names_in(document, i))


def _names_in(document: SpokenText, n: int) -> tuple[str, ...]:
    """The mentions of a statement's speaker that begin with a capital and are no pronoun."""
    speaker = document.statements[n].speaker
    words = [document.text[start:end] for start, end in speaker.chain] if speaker else []
    return tuple(dict.fromkeys(w for w in words if w[:1].isupper() and w.casefold() not in _NO_NAMES))


def _pair_contents(document: SpokenText, reading: Reading) -> Mapping[int, int]:
    wanted = [characters(s.content) for s in document.statements]
    found = [span_characters(s.content) for s in reading.statements]
    return pair_greedily(
        (-len(g & p) / len(g | p), i, j)
        for i, g in enumerate(wanted)
        for j, p in enumerate(found)
        if g & p and 2 * len(g & p) >= len(g | p)
    )


def figures(documents: Sequence[SpokenText], judged: Sequence[Judgement]) -> dict[str, Any]:
    """What share of the judged speakers is right, wrong and left open, in percent, with the counts."""
    right = sum(j.right for j in judged)
    unresolved = sum(j.found is None for j in judged)
    wrong = len(judged) - right - unresolved
    named = sum(s.name is not None for d in documents for s in d.statements)
    return {
        "speaker_right": percent(right, len(judged)),
        "speaker_wrong": percent(wrong, len(judged)),
        "same_participant": percent(sum(j.same_participant for j in judged), len(judged)),
        "counts": {
            "named": named,
            "matched": len(judged),
            "right": right,
            "wrong": wrong,
            "open": unresolved,
        },
    }
