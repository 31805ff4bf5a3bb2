"""Stretches of a text that act or are acted upon -> mentions of the document's actors.

The sources of statements are settled first (speakers.py). Whoever acts in an event joins the same cast:

1. a stretch is cut into its parties (parties.py); "both sides" are two (pairs.py);
2. each party is a state by its adjective, a name, a pronoun or a description (doers.py), as sources are;
3. its actor is entered in the register that the speakers were entered in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from onrecord.actors import Register
from onrecord.belonging import known_as
from onrecord.clusters import Cluster
from onrecord.described import find_one_of
from onrecord.doers import Party, complete, find_party, trim
from onrecord.mentions import names_between
from onrecord.pairs import find_pair
from onrecord.parties import distributed, join_halves, split_parties
from onrecord.records import Actor, Form, Mention, Statement
from onrecord.scene import Link
from onrecord.stage import Stage

Place = tuple[int, int]
_NAMES_NOBODY = re.compile(r"(?:(?:the|an?|of|and|or|in|on|at|to|by|with|for|from)\b|\W)*", re.IGNORECASE)


class Participants(msgspec.Struct, kw_only=True, eq=False):
    """The actors of a document while its events are being read."""

    register: Register
    statements: Sequence[Statement]
    clusters: Sequence[Cluster] = ()
    found: dict[Place, tuple[Mention, ...]] = {}

    @property
    def text(self) -> str:
        """The document's text."""
        return self.register.scene.layout.text

    def resolve(self, spans: Sequence[Place]) -> tuple[Mention, ...]:
        """The mentions that stretches of the text hold, each with the id of its actor, None if it is open.

        A stretch may hold several parties, "Norway and Denmark"; "both sides" gives one mention for each.
        One of which only "the" was marked names nobody and gives none.
        """
        text = self.text
        layout = self.register.scene.layout
        telling = [(a, b) for a, b in spans if not _NAMES_NOBODY.fullmatch(text, *trim(text, a, b))]
        telling = join_halves(layout, telling)
        return tuple(m for start, end in telling for m in self._resolve(start, end))

    def close(self) -> tuple[Actor, ...]:
        """All actors: those of the statements first, under the ids that they had."""
        return self.register.close()

    def _resolve(self, start: int, end: int) -> tuple[Mention, ...]:
        if (start, end) not in self.found:
            self.found[start, end] = tuple(self._enter(party) for party in self._parties(start, end))
        return self.found[start, end]

    def _parties(self, start: int, end: int) -> list[Party]:
        """The parties in a stretch of the text, with whom each stands for."""
        stage = Stage.before(self.register, self.statements, self.clusters, start)
        layout = stage.scene.layout
        start, end = complete(stage.scene, *trim(layout.text, start, end))
        words = layout.text[start:end]
        if pair := find_pair(stage.scene, start, end):
            form: Form = "nominal" if " " in words else "pronoun"
            return [
                Party(start=start, end=end, form=form, link=Link(whose=w, by="coreference")) for w in pair
            ]
        if shared := list(distributed(words)):
            links = [find_one_of(stage.scene, start, one) for one in shared]
            return [Party(start=start, end=end, form="nominal", link=link) for link in links]
        if known_as(stage.scene, words) is not None:
            return [find_party(stage, start, end)]
        names = list(names_between(layout, start, end))
        return [find_party(stage, a, b) for a, b in split_parties(layout, names, start, end)]

    def _enter(self, party: Party) -> Mention:
        scene, whose = self.register.scene, party.link.whose
        words = scene.layout.text[party.start : party.end]
        actor = self.register.enter(party.link)
        said = Mention(start=party.start, end=party.end, text=words, actor=actor, form=party.form)
        if whose is not None and not any(n.start < said.end and said.start < n.end for n in whose.names):
            scene.resolved.setdefault(whose.number, []).append(said)
        return said
