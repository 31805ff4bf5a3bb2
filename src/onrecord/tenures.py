"""Offices that people held, in words, and the office that a description names."""

from __future__ import annotations

from onrecord.knowledge import Knowledge, Tenure, office_named
from onrecord.states import state_in_full, without_state


def office_called(words: str) -> tuple[str, str] | None:
    """The office and the state of a description ("the French premier"), None where it lacks one."""
    of, title = without_state(words)
    office = office_named(title, of) if of else None
    return (office, of) if office and of else None


def office_at(known: Knowledge, person: str, on: str | None) -> str | None:
    """The only office that somebody held on a day, as news words it; None where there is none or several."""
    titles = {word_office(tenure) for tenure in known.offices(person, on)} if on else set()
    return titles.pop() if len(titles) == 1 else None


def word_office(tenure: Tenure) -> str:
    """An office with the state whose it is: "Foreign Minister of France"."""
    state = state_in_full(tenure.of)
    return f"{tenure.title} of {state}" if state and " of " not in tenure.title else tenure.title


def spell_term(tenure: Tenure) -> str:
    """An office with its dates: "Foreign Minister, 1957-02-14 to 1985-07-02"."""
    return f"{tenure.title}, {tenure.start or '?'} to {tenure.end or f'at least {tenure.as_of}'}"
