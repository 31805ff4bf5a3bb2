"""Fits the confidence of events: how sure the relation model is -> how often the whole event is right.

    python -m training.judgement DATA/intl/dev.jsonl [MORE.jsonl] --out src/onrecord/models/relations.json

Every event that the model would report at any confidence is read and held against the gold: right is a
trigger of the gold with its type, its actors and its recipients; what matches a marginal event is left out.
A logistic regression over what the model says of each (``onrecord.judgement.features``) goes into the card.
The table that is logged tells precision and recall at thresholds, cross-validated by document.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.coreference import find_heads
from onrecord.encoder import MODEL_FOLDER, Annotation, Encoder
from onrecord.evaluation.events import same_people
from onrecord.evaluation.gold import AnnotatedText, read_gold
from onrecord.evaluation.intl import gold_characters, span_characters
from onrecord.events import Draft, Found, complete_events, draft_events
from onrecord.judgement import Judgement
from onrecord.participants import Participants
from onrecord.pipeline import Engine, read
from onrecord.records import Reading, Statement
from onrecord.relations import Relations
from onrecord.sightings import find_sighting_head, find_sightings
from onrecord.sources.raw import RawDocument
from onrecord.text import Text

log = logging.getLogger("judgement")
FOLDS = 5
STEPS, RIDGE = 25, 0.002
NAMES = Judgement.__struct_fields__[1:]


class Recorder(Engine):
    """An engine that reports every event however unsure, unmerged, and keeps what it was told of each."""

    drafts: list[Draft]

    def events(
        self, text: Text, ann: Annotation, statements: tuple[Statement, ...], participants: Participants
    ) -> Found:
        """All events; ``drafts`` has one for each."""
        assert self.sighting
        assert self.relations
        sighted = find_sightings(text, ann, self.sighting)
        self.drafts = [d for s in sighted for d in draft_events(ann, s, self.relations, participants, 0.0)]
        return Found(*complete_events(text, self.drafts, statements))


def examples(
    engine: Recorder, gold: Sequence[AnnotatedText]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Features (N, F), whether each event is right, the number of its document, and how many gold events."""
    x, y, home = [], [], []
    for n, article in enumerate(gold):
        raw = RawDocument(data=article.text, published=article.published, published_from="input")
        reading = read(raw, engine=engine)
        for draft, verdict in zip(engine.drafts, judge_all(article, reading), strict=True):
            if verdict is not None:
                x.append([draft.features[name] for name in NAMES])
                y.append(verdict)
                home.append(n)
    firm = sum(not e.marginal for a in gold for e in a.events)
    return np.asarray(x), np.asarray(y, dtype=float), np.asarray(home), firm


def judge_all(article: AnnotatedText, reading: Reading) -> list[bool | None]:
    """Whether each event is right; None where it matches a marginal one."""
    names = {a.id: a.name for a in reading.actors}
    verdicts: list[bool | None] = []
    for event in reading.events:
        at = span_characters([event.trigger])
        touching = [
            g for g in article.events if at & (gold_characters(g.trigger) | gold_characters(g.other_triggers))
        ]
        touching.sort(key=lambda g: event.type not in g.types)
        if not touching:
            verdicts.append(False)
        elif touching[0].marginal:
            verdicts.append(None)
        else:
            verdicts.append(event.type in touching[0].types and same_people(touching[0], event, names))
    return verdicts


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bias and weights of a logistic regression with a ridge, by Newton's method."""
    x1 = np.column_stack((np.ones(len(x)), x))
    ridge = np.diag([0.0] + [RIDGE] * x.shape[1])
    w = np.zeros(x1.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x1 @ w))
        slope = x1.T @ (p - y) / len(y) + ridge @ w
        curve = (x1 * (p * (1 - p))[:, None]).T @ x1 / len(y) + ridge
        w -= np.linalg.solve(curve, slope)
    return w


def main() -> None:
    """The recipe; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--models", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    encoder = Encoder.load()
    engine = Recorder(
        encoder,
        find_heads(MODEL_FOLDER, encoder.sha256),
        find_sighting_head(args.models, encoder.sha256),
        Relations.load(args.models, vocabulary=encoder.vocabulary),
    )
    gold = [a for path in args.gold for a in read_gold(path, AnnotatedText)]
    x, y, home, firm = examples(engine, gold)
    p = np.zeros(len(y))
    for fold in range(FOLDS):
        out = home % FOLDS == fold
        w = fit(x[~out], y[~out])
        p[out] = 1 / (1 + np.exp(-(w[0] + x[out] @ w[1:])))
    for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = p >= least
        right = y[kept].sum()
        log.info(
            "at %.1f: %d reported, precision %.1f, recall %.1f",
            least,
            kept.sum(),
            100 * right / max(1, kept.sum()),
            100 * right / firm,
        )
    w = fit(x, y)
    judgement = dict(zip(("bias", *NAMES), (round(float(v), 4) for v in w), strict=True))
    log.info("%d events, %d right: %s", len(y), y.sum(), judgement)
    if args.out:
        card = json.loads(args.out.read_text(encoding="utf-8")) | {"confidence": judgement}
        args.out.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main()
