"""Sources that are no speakers -> why not: those who are told, asked or addressed, and media without a name.

"A court was told that …" names who listened; "had appealed to the Cuban leaders" whom the appeal went to.
"""

from __future__ import annotations

import re

import msgspec

from onrecord.continuations import find_continued
from onrecord.ontology import fold
from onrecord.phrases import Phrase
from onrecord.records import Span, Statement
from onrecord.scene import Link, Scene

_TELLING = "told|informed|asked|warned|advised|reminded|assured|briefed|notified|urged|questioned"
_IS_TOLD = re.compile(rf"\b(?:was|were|is|are|been|being|be)\s(?:\w+ly\s)?(?:{_TELLING})\b|^heard?s?\b")
_TOLD = re.compile(rf"^(?:when\s)?(?:{_TELLING})\b")
_TO_SOMEBODY = re.compile(
    r"\b(?:(?:appeal|speak|spoke|wr[io]te|written|talk|complain|apologi[sz]e|turn|call|repl[yi]|respond|listen)"
    r"\w*\sto|call(?:s|ed|ing)?\s(?:up)?on)$"
)
_ARTICLE = r"\s(?:(?:the|a|an|his|her|their|its|both|all)\s)?"
_BARE_MEDIA = frozenset("radio telephone phone loudspeaker telegraph cable wireless internet".split())


def find_bystander(scene: Scene, phrase: Phrase, stmt: Statement) -> Link | None:
    """Why the source of a statement does not speak, or who does instead; None where it can be the speaker."""
    if phrase.shape == "nominal" and fold(phrase.worded) in _BARE_MEDIA:
        return Link(why=f'"{phrase.worded}" is a way of speaking, nobody who speaks')
    if stmt.source is None or stmt.cue is None:
        return None
    words = scene.layout.text[stmt.source.start : stmt.source.end]
    if _is_addressed(scene, stmt.source, stmt.cue):
        link = find_continued(scene, msgspec.structs.replace(stmt, source=None))
        return link if link.whose is not None else Link(why=f'"{words}" is who is spoken to')
    return Link(why=f'"{words}" is who is told or asked') if _is_told(scene, stmt.source, stmt.cue) else None


def _is_addressed(scene: Scene, source: Span, cue: Span) -> bool:
    """Whether a source is the object of its own cue: "had appealed to the Cuban leaders"."""
    if source.start < cue.end or not _TO_SOMEBODY.search(fold(cue.text)):
        return False
    return bool(re.fullmatch(_ARTICLE, scene.layout.text[cue.end : source.start]))


def _is_told(scene: Scene, source: Span, cue: Span) -> bool:
    """Whether a source is the subject of a passive cue, or of the sentence that a participle opens."""
    words = fold(cue.text)
    if source.start < cue.start:
        told = _IS_TOLD.search(words) or _IS_TOLD.search(
            fold(scene.layout.text[source.start : cue.end][-40:])
        )
        return bool(told) and fold(scene.layout.text[source.start : cue.end]).endswith(words)
    opens = not scene.layout.text[scene.layout.sentence_start(cue.start) : cue.start].strip(' “"—–-')
    return opens and bool(_TOLD.match(words)) and ", " in scene.layout.text[cue.end : source.start]
