"""Task ``metonymy``: gold place names -> how many are told rightly from their governments and peoples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from onrecord.encoder import Encoder
from onrecord.evaluation.figures import percent
from onrecord.evaluation.gold import Gold
from onrecord.metonymy import metonymy
from onrecord.quotes import find_quotations
from onrecord.records import Document
from onrecord.text import Text


class GoldName(Gold, frozen=True, kw_only=True):
    """One line of the gold: a sentence, the place name in it, and how it is to be read."""

    id: str
    text: str
    start: int
    end: int
    surface: str
    reading: Literal["literal", "metonymic"]


def one_sentence(words: str) -> Text:
    """A sentence as a text of its own."""
    bounds = ((0, len(words.rstrip())),)
    document = Document(id="", text=words)
    return Text(document=document, paragraphs=bounds, sentences=bounds, quotations=find_quotations(words))


def figures(gold: Sequence[GoldName], encoder: Encoder | None = None) -> dict[str, Any]:
    """Accuracy, and how many of each reading are recognised, in percent."""
    encoder = encoder or Encoder.load(threads=1)
    model = metonymy()
    said = []
    for name in gold:
        text = one_sentence(name.text)
        span = (name.start, name.end)
        said.append(model.is_metonym(text, encoder.annotate(text), span, encoder=encoder.sha256))
    truth = [name.reading == "metonymic" for name in gold]
    both = list(zip(truth, said, strict=True))
    return {
        "accuracy": percent(sum(t == s for t, s in both), len(both)),
        "metonymic": _recognised(both, True),
        "literal": _recognised(both, False),
        "by": "vectors" if encoder.sha256 == model.encoder else "words",
    }


def _recognised(both: Sequence[tuple[bool, bool]], kind: bool) -> dict[str, Any]:
    these = [s for t, s in both if t == kind]
    return {"names": len(these), "right": percent(sum(s == kind for s in these), len(these))}
