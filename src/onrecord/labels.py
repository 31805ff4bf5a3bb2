"""The labels that the statement model gives to words: shared by training and reading."""

from __future__ import annotations

ANCHORS = ("none", "begin", "inside", "bare")
"""What a word is to the search for statements: nothing; the first or a further
word of a cue; or the first content word of a statement that has no cue."""

ROLES = ("cue", "source", "content", "via", "addressee", "venue", "date")
"""What a word is to one given statement."""

LABELS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
"""BIO over the roles: label ``1 + 2 * r`` begins role ``r`` and ``2 + 2 * r`` continues it."""


def begin(role: str) -> int:
    """The label of the first word of a stretch of ``role``."""
    return 1 + 2 * ROLES.index(role)


def may_follow(previous: int, label: int) -> bool:
    """Whether ``label`` may stand after ``previous``: an I only after its own B or I."""
    return label == 0 or label % 2 == 1 or previous in (label - 1, label)


DISTANCES = (1, 2, 3, 5, 9, 17, 33, 65)
"""Upper-open bounds of the distance buckets between a word and the cue, in words."""

DISTANCE_BUCKETS = 2 * len(DISTANCES) + 1
PARAGRAPH_REACH = 2
"""Paragraphs further from the cue than this are all the same to the model."""
