"""Words that describe a body or a group -> its sector in the PLOVER code book."""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources

from onrecord.ontology import fold

_BEHIND = re.compile(r"\s(?:of|in|at|for|from|on|with|loyal|near|inside)\s|,")


@functools.cache
def _heads() -> dict[str, str]:
    file = resources.files("onrecord.ontology") / "sectors.toml"
    listed = tomllib.loads(file.read_text(encoding="utf-8"))
    return {word.replace("_", " "): code for code, words in listed.items() for word in words["heads"].split()}


@functools.lru_cache(maxsize=1 << 12)
def sector_of(words: str) -> str | None:
    """The sector that the head of a description tells, None where it tells none.

    >>> sector_of("Norwegian navy"), sector_of("riot police"), sector_of("two cyclists")
    ('MIL', 'COP', None)
    """
    known = _heads()
    head = _BEHIND.split(fold(words), maxsplit=1)[0].split()
    for size in (2, 1):
        code = known.get(" ".join(head[-size:])) if len(head) >= size else None
        if code:
            return code
    return None
