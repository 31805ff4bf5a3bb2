"""Readings against gold -> every figure behind a claim about accuracy (docs/evaluation.md).

    onrecord evaluate attribution dev.jsonl        who said what, whole attributions (PolNeAR's layout)
    onrecord evaluate tokens cofenet_dev.jsonl     the published token-label protocol
    onrecord evaluate intl dev.jsonl               international news annotated in full
    onrecord evaluate events events.jsonl          who did what to whom
    onrecord evaluate plover train.jsonl           what kind of event, actor and recipient given
    onrecord evaluate stance valid.jsonl           who is for or against whom, both given

Imported only when something is evaluated; it never touches a record.
"""

from onrecord.evaluation.tasks import TASKS, Score, evaluate, run

__all__ = ["TASKS", "Score", "evaluate", "run"]
