"""The labels that the relation model gives: shared by training and reading, in the order of the weights."""

from __future__ import annotations

KINDS = (
    "none", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
"""What a word triggers, or what is between two participants: a type of event, or none."""
MODALITIES = ("actual", "future", "hypothetical", "negated", "historical")
ROLE_LABELS = ("O", "B-actor", "I-actor", "B-recipient", "I-recipient")
"""What a word is to one given trigger."""
STANCES = ("neutral", "pos_p2q", "neg_p2q", "pos_q2p", "neg_q2p")
"""How the first of two participants stands to the second (p2q), or the second to the first (q2p)."""
MARKS = ("none", "actor", "recipient", "trigger")
"""What a word is marked as, where two participants are given."""
LONGEST = 220
"""Wordpieces of a sentence that are read; the rest of a longer one is left out."""
