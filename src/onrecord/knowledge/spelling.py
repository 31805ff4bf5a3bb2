"""Whether one name is a near spelling of another."""

from __future__ import annotations

# How many letters may differ, by the length of the shorter word: a short name with one letter changed
# is another name (Kim/Kin, Marin/Martin), a long one is the same name misspelt (Gross/Grossi). Chosen on the
# persons of the table: tests/test_knowledge.py counts how rarely two officials of one state come this near.
ONE_FROM, TWO_FROM = 5, 9


def apart(one: str, other: str, limit: int) -> int | None:
    """How many letters were added, dropped, changed or swapped with a neighbour; None above ``limit``.

    >>> apart("gross", "grossi", 2), apart("lavrov", "larvov", 2), apart("biden", "putin", 2)
    (1, 1, None)
    """
    if abs(len(one) - len(other)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, facing in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None


def allowed(one: str, other: str) -> int:
    """How many letters two words may differ in and still be one name misspelt."""
    shorter = min(len(one), len(other))
    return 2 if shorter >= TWO_FROM else 1 if shorter >= ONE_FROM else 0


def near_names(given: str, known: str) -> int | None:
    """By how many letters a given name differs from a known one; None if it is another name.

    Both are folded. The last words (surnames) are compared, and the first words where both have one:
    only one of the two may be misspelt, and an initial will do. The first letters of surnames must
    agree, since misspellings seldom touch them.
    """
    mine, theirs = given.split(), known.split()
    if not mine or not theirs or mine[-1][0] != theirs[-1][0]:
        return None
    total = apart(mine[-1], theirs[-1], allowed(mine[-1], theirs[-1]))
    if total is None or len(mine) == 1 or len(theirs) == 1:
        return total
    first, its = mine[0], theirs[0]
    if len(first) == 1 or len(its) == 1:
        return total if first[0] == its[0] else None
    between = apart(first, its, allowed(first, its))
    return None if between is None or (total and between) else total + between
