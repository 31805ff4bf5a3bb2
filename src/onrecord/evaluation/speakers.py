"""Task ``speakers``: who speaks, by canonical name, on documents annotated for attribution and coreference.

Statements match one to one at half their content's characters. Only those are judged whose speaker
gold names (``speaker.canonical``: a name, or the title of an encyclopedia article).
"""

from __future__ import annotations

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


class AttributedClause(Gold, frozen=True, kw_only=True):
    """One statement: its content, and its speaker where the source is an entity."""

    content: tuple[Pair, ...]
    speaker: GoldSpeaker | None = None

    @property
    def name(self) -> str | None:
        """The canonical name of its speaker, or None."""
        return unquote(self.speaker.canonical) if self.speaker and self.speaker.canonical else None


class SpokenText(Article, frozen=True, kw_only=True):
    """A document with its statements (task ``speakers``)."""

    split: str | None = None
    statements: tuple[AttributedClause, ...]


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A matched statement whose speaker gold names: that name, and the one found (None: left open)."""

    wanted: str
    found: str | None

    @property
    def right(self) -> bool:
        """Whether the found name is the wanted one, or a form of it."""
        return self.found is not None and same_name(self.found, self.wanted)


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
            yield Judgement(wanted=wanted, found=names.get(reading.statements[j].speaker or ""))


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
        "counts": {
            "named": named,
            "matched": len(judged),
            "right": right,
            "wrong": wrong,
            "open": unresolved,
        },
    }
