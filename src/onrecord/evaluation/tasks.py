"""The tasks: gold file -> readings -> :class:`Score`.

1. open the gold, 2. read its texts afresh (or take readings that were made
before), 3. drop what is below the confidence asked for, 4. compare and count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from onrecord.confidence import keep_confident
from onrecord.errors import UsageError
from onrecord.evaluation import (
    attribution,
    coreference,
    dates,
    events,
    intl,
    metonymy,
    places,
    relations,
    speakers,
    tokens,
)
from onrecord.evaluation.calibration import calibration
from onrecord.evaluation.faults import Fault
from onrecord.evaluation.gold import AnnotatedText, Article, AttributedText, Instance, read_gold
from onrecord.evaluation.readings import Reader, read_afresh, read_readings
from onrecord.records import ProducedBy, Reading

TEXTS = "dev.jsonl"
"""Where the article texts of task ``tokens`` lie beside its gold, unless told otherwise."""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What one evaluation found: ``figures`` in percent, ``primary`` from 0 to 1."""

    task: str
    primary: float
    figures: dict[str, Any]
    confidence: dict[str, Any]
    documents: int
    statements: int
    min_confidence: float
    seconds: float | None
    produced_by: ProducedBy | None
    faults: tuple[Fault, ...]

    def to_dict(self) -> dict[str, Any]:
        """One object: the figures beside ``primary``, the counts, and what made the readings."""
        fields: dict[str, Any] = msgspec.to_builtins(self)
        fields |= {"faults": len(self.faults)}
        figures = fields.pop("figures")
        head: dict[str, Any] = {name: fields.pop(name) for name in ("task", "primary")}
        return {**head, **figures, **{name: fields[name] for name in fields if name not in figures}}


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a task makes of the readings; ``primary`` in percent."""

    primary: float
    figures: dict[str, Any]
    confidence: dict[str, Any] = {}
    faults: tuple[Fault, ...] = ()


class Opened(msgspec.Struct, frozen=True):
    """A task with its gold open: the articles to read (looked up when needed), and how readings score.

    ``articles`` is None where the gold gives all that is scored and nothing is read.
    """

    articles: Callable[[], Sequence[Article]] | None
    score: Callable[[Sequence[Reading]], Outcome]


def evaluate(
    task: str,
    path: str | Path,
    *,
    reader: Reader | None = None,
    texts: str | Path | None = None,
    readings: str | Path | None = None,
    min_confidence: float = 0.0,
) -> Score:
    """The score of ``reader`` (by default onrecord's own) on the gold in ``path``.

    ``texts`` names the article texts of task ``tokens`` (by default ``dev.jsonl``
    beside ``path``); ``readings`` a JSON Lines file of readings to score instead of
    reading afresh; ``seconds`` is then None. Raises :class:`UsageError` for an
    unknown task or gold that does not fit it.
    """
    if task not in _OPENERS:
        raise UsageError(f"unknown task {task!r}; give one of {', '.join(_OPENERS)}")
    opened = _OPENERS[task](Path(path), Path(texts) if texts else Path(path).parent / TEXTS)
    seconds = None
    made: list[Reading] = []
    if readings is not None:
        made = read_readings(readings)
    elif opened.articles is None:
        pass
    else:
        begin = time.perf_counter()
        made = read_afresh(opened.articles(), reader, origin=str(path))
        seconds = round(time.perf_counter() - begin, 2)
    kept = [keep_confident(reading, min_confidence) for reading in made]
    outcome = opened.score(kept)
    return Score(
        task=task,
        primary=round(outcome.primary / 100, 6),
        figures=outcome.figures,
        confidence=outcome.confidence,
        documents=len(kept),
        statements=sum(len(reading.statements) for reading in kept),
        min_confidence=min_confidence,
        seconds=seconds,
        produced_by=kept[0].produced_by if kept else None,
        faults=outcome.faults,
    )


def run(
    task: str,
    file: str | Path,
    *,
    texts: str | Path | None = None,
    readings: str | Path | None = None,
    errors: str | Path | None = None,
    min_confidence: float = 0.0,
) -> dict[str, Any]:
    """:func:`evaluate` as ``onrecord evaluate`` shows it; ``errors`` gets a JSON line for every fault."""
    if errors is not None and task == "tokens":
        raise UsageError("task tokens compares labels, not statements; use --errors with attribution or intl")
    score = evaluate(task, file, texts=texts, readings=readings, min_confidence=min_confidence)
    if errors is not None:
        _write_faults(Path(errors), score.faults)
    return score.to_dict()


def _write_faults(path: Path, faults: Sequence[Fault]) -> None:
    try:
        path.write_bytes(msgspec.json.Encoder().encode_lines(faults))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; give a file that can be written") from error


def _open_attribution(path: Path, texts: Path) -> Opened:
    del texts  # the articles stand in the gold itself
    gold = read_gold(path, AttributedText)
    return Opened(lambda: gold, partial(_score_attribution, gold))


def _score_attribution(gold: Sequence[AttributedText], readings: Sequence[Reading]) -> Outcome:
    compared = attribution.compare(gold, readings)
    figures = attribution.figures(compared, readings)
    judged = attribution.judge(compared)
    return Outcome(
        primary=figures["statement.partial"]["F1"],
        figures=figures,
        confidence={"partial": calibration(judged, sum(len(c.gold) for c in compared))},
        faults=tuple(attribution.find_all_faults(compared)),
    )


def _open_tokens(path: Path, texts: Path) -> Opened:
    instances = read_gold(path, Instance)
    return Opened(partial(_find_texts, instances, texts), partial(_score_tokens, instances))


def _find_texts(instances: Sequence[Instance], texts: Path) -> list[Article]:
    """The articles that the instances are cut from."""
    if not texts.exists():
        raise UsageError(f"{texts}: no such file; task tokens needs the article texts, give --texts FILE")
    wanted = {instance.article for instance in instances}
    return [article for article in read_gold(texts, Article) if article.id in wanted]


def _score_tokens(instances: Sequence[Instance], readings: Sequence[Reading]) -> Outcome:
    texts = {_article_name(reading): reading.document.text for reading in readings}
    wanted = {instance.article for instance in instances}
    if not wanted & texts.keys():
        raise UsageError(
            "no reading is named after an article of the gold; give --texts FILE with those articles, "
            "or readings whose document.given_id (or title) is the article id"
        )
    figures: dict[str, Any] = tokens.figures(instances, readings, texts)
    primary = tokens.primary(figures)
    figures |= {"instances": len(instances), "articles_without_reading": len(wanted - texts.keys())}
    return Outcome(primary=primary, figures=figures)


def _article_name(reading: Reading) -> str:
    document = reading.document
    return document.given_id or document.title or document.id


def _open_intl(path: Path, texts: Path) -> Opened:
    return _open_annotated(path, texts, _score_intl)


def _open_events(path: Path, texts: Path) -> Opened:
    return _open_annotated(path, texts, _score_events)


def _open_annotated(
    path: Path, texts: Path, score: Callable[[Sequence[AnnotatedText], Sequence[Reading]], Outcome]
) -> Opened:
    del texts  # the articles stand in the gold itself
    gold = read_gold(path, AnnotatedText)
    articles = [Article(id=a.document, text=a.text, date=a.published) for a in gold]
    return Opened(lambda: articles, partial(score, gold))


def _compare(gold: Sequence[AnnotatedText], readings: Sequence[Reading]) -> list[intl.Comparison]:
    """Every article beside the reading that has its text; UsageError where one has none."""
    by_text = {reading.document.text: reading for reading in readings}
    missing = [article.document for article in gold if article.text not in by_text]
    if missing:
        raise UsageError(
            f"no reading has the text of {len(missing)} articles, the first {missing[0]}; "
            "document.text must be the gold text, unchanged"
        )
    return [intl.compare(article, by_text[article.text]) for article in gold]


def _score_intl(gold: Sequence[AnnotatedText], readings: Sequence[Reading]) -> Outcome:
    compared = _compare(gold, readings)
    statements = intl.figures(compared)
    firm = intl.firm(compared)
    return Outcome(
        primary=statements["content"]["F1"],
        figures={"statements": statements, "events": events.figures(compared)},
        confidence={
            "partial": calibration(intl.judge_partially(compared), firm),
            "content": calibration(intl.judge_contents(compared), firm),
        },
        faults=tuple(intl.find_all_faults(compared)),
    )


def _score_events(gold: Sequence[AnnotatedText], readings: Sequence[Reading]) -> Outcome:
    compared = _compare(gold, readings)
    figures = events.figures(compared)
    return Outcome(
        primary=figures["right"]["F1"],
        figures=figures,
        confidence={
            "right": calibration(events.judge(compared), events.firm(compared)),
            "false_event_sentences": events.false_at_thresholds(compared),
        },
        faults=tuple(events.find_all_faults(compared)),
    )


def _open_speakers(path: Path, texts: Path) -> Opened:
    del texts  # the documents stand in the gold itself
    gold = speakers.scored(read_gold(path, speakers.SpokenText))
    return Opened(lambda: gold, partial(_score_speakers, gold))


def _score_speakers(gold: Sequence[speakers.SpokenText], readings: Sequence[Reading]) -> Outcome:
    by_text = {reading.document.text: reading for reading in readings}
    missing = [document.id for document in gold if document.text not in by_text]
    if missing:
        raise UsageError(
            f"no reading has the text of {len(missing)} documents, the first {missing[0]}; "
            "document.text must be the gold text, unchanged"
        )
    judged = [j for document in gold for j in speakers.judge(document, by_text[document.text])]
    figures = speakers.figures(gold, judged)
    return Outcome(primary=figures["speaker_right"] or 0.0, figures=figures)


def _open_dates(path: Path, texts: Path) -> Opened:
    del texts  # the texts stand in the gold itself
    gold = read_gold(path, dates.DatedText)
    return Opened(None, partial(_score_dates, gold))


def _score_dates(gold: Sequence[dates.DatedText], readings: Sequence[Reading]) -> Outcome:
    del readings  # spans and document dates are given
    answers = dates.answer_all(gold)
    return Outcome(
        primary=dates.primary(answers),
        figures=dates.figures(answers) | {"documents": len(gold)},
        faults=tuple(dates.find_all_faults(answers)),
    )


def _open_places(path: Path, texts: Path) -> Opened:
    del texts  # the texts stand in the gold itself
    return Opened(None, partial(_score_places, read_gold(path, places.PlacedText)))


def _score_places(gold: Sequence[places.PlacedText], readings: Sequence[Reading]) -> Outcome:
    del readings  # spans are given
    figures = places.figures(gold)
    return Outcome(primary=places.primary(figures, gold), figures=figures | {"documents": len(gold)})


def _open_metonymy(path: Path, texts: Path) -> Opened:
    del texts  # the sentences stand in the gold itself
    return Opened(None, partial(_score_metonymy, read_gold(path, metonymy.GoldName)))


def _score_metonymy(gold: Sequence[metonymy.GoldName], readings: Sequence[Reading]) -> Outcome:
    del readings  # names are given
    figures = metonymy.figures(gold)
    return Outcome(primary=figures["accuracy"] or 0.0, figures=figures | {"documents": len(gold)})


def _open_coreference(path: Path, texts: Path) -> Opened:
    del texts  # the articles stand in the gold itself
    gold = read_gold(path, coreference.ClusteredText)
    return Opened(None, partial(_score_coreference, coreference.of_one_part(gold)))


def _score_coreference(gold: Sequence[coreference.ClusteredText], readings: Sequence[Reading]) -> Outcome:
    del readings  # clusters are no part of a reading: the engine is asked for them
    figures = coreference.compare(gold)
    return Outcome(primary=figures["conll"], figures=figures)


def _open_plover(path: Path, texts: Path) -> Opened:
    del texts  # the sentences stand in the gold itself
    return Opened(None, partial(_score_plover, read_gold(path, relations.RelatedText)))


def _score_plover(gold: Sequence[relations.RelatedText], readings: Sequence[Reading]) -> Outcome:
    del readings  # participants are given: the model of relations is asked
    answers = relations.answer_types(gold, relations.load())
    figures = relations.type_figures(answers)
    return Outcome(
        primary=figures["root"]["macro_F1"],
        figures=figures | {"documents": len(gold)},
        faults=tuple(relations.find_type_faults(answers)),
    )


def _open_stance(path: Path, texts: Path) -> Opened:
    del texts  # the sentences stand in the gold itself
    return Opened(None, partial(_score_stance, read_gold(path, relations.JudgedPair)))


def _score_stance(gold: Sequence[relations.JudgedPair], readings: Sequence[Reading]) -> Outcome:
    del readings  # participants are given: the model of relations is asked
    answers = relations.answer_stances(gold, relations.load())
    figures = relations.stance_figures(answers)
    return Outcome(
        primary=figures["macro_F1"],
        figures=figures | {"documents": len(gold)},
        faults=tuple(relations.find_stance_faults(answers)),
    )


_OPENERS: dict[str, Callable[[Path, Path], Opened]] = {
    "attribution": _open_attribution,
    "tokens": _open_tokens,
    "intl": _open_intl,
    "coreference": _open_coreference,
    "speakers": _open_speakers,
    "dates": _open_dates,
    "places": _open_places,
    "metonymy": _open_metonymy,
    "events": _open_events,
    "plover": _open_plover,
    "stance": _open_stance,
}
TASKS = tuple(_OPENERS)
