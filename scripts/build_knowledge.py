"""Rebuild src/onrecord/knowledge/entities.csv and tenures.csv from a folder of facts.

    python scripts/build_knowledge.py FACTS             write the two files, tell what was left out
    python scripts/build_knowledge.py FACTS --turnover  how soon holders of high offices leave (GRACE_DAYS)

FACTS holds ``officeholders/holders.jsonl`` (person, position, country, dates, Wikidata identifier) and
``knowledge/kb_seed.jsonl`` (leaders, international bodies, states). Identifiers come from there only. The
hand-written ``authored_`` files beside the result are read too, so that a person without identifier in
the facts is recognised. The result is committed, so nobody needs FACTS to install, test or run.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from knowledge_bodies import body_rows
from knowledge_leaders import leaders
from knowledge_offices import HIGH, national_tenure, no_office
from knowledge_people import People, Person, aliases, contradicts, merged

from onrecord.ontology import fold, ontology

TARGET = Path(__file__).parents[1] / "src" / "onrecord" / "knowledge"
ENTITY_COLUMNS = ("id", "name", "kind", "country", "sector", "aliases", "source", "as_of")
TENURE_COLUMNS = ("person", "office", "of", "title", "start", "end", "source", "as_of")

# States that no longer exist; the facts have no identifier for them.
GONE = {"SUN": "soviet-union", "YUG": "yugoslavia", "CSK": "czechoslovakia", "DDR": "east-germany"}

# Offices whose holders the news names rarely once they have left; told only of those who served since then.
MINOR = {"ambassador", "minister", "governor", "judge", "deputy minister", "member", "commander"}
LATELY = "2012"


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def states(facts: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """One entity row for each state and territory that the ontology names, with every name it goes by."""
    known = {
        found: fact | {"qid": fact["country_qid"], "name": fact["country"], "official": fact["country"]}
        for fact in facts
        if fact["kind"] == "person_role"
        and fact.get("country_qid")
        and (found := ontology().countries.get(fold(fact["country"]))) in ("NAM", "KOS")
    }  # which the list of countries lacks
    known |= {fact["iso3"]: fact for fact in facts if fact["kind"] == "country"}
    named: dict[str, list[str]] = defaultdict(list)
    with (TARGET.parent / "ontology" / "countries.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            named[row["iso3"]] = row["names"].split("|")
    return [_state(iso3, names, known.get(iso3)) for iso3, names in sorted(named.items())]


def _state(iso3: str, names: list[str], fact: dict[str, Any] | None) -> tuple[str, ...]:
    id_ = fact["qid"] if fact else f"onrecord:{GONE[iso3]}"
    more = [*names[1:], fact["name"], fact["official"]] if fact else names[1:]
    others = dict.fromkeys(name for name in more if name != names[0])
    source = fact["source"].split("@")[0] if fact else "authored"
    as_of = "2026-05" if fact else ""
    return (id_, names[0], "country", iso3, "", "|".join(others), source, as_of)


def office_holders(facts: list[dict[str, Any]], people: People) -> Counter[str]:
    """The national offices of the holders, put into ``people``; what was left out, counted by reason."""
    left_out: Counter[str] = Counter()
    for fact in facts:
        term = national_tenure(fact)
        if isinstance(term, str):
            left_out[term] += 1
            if fact["wikidata"] in people.authored:
                people.add(fact["wikidata"], fact["person"], fact["enwiki"], no_office(fact))
        elif contradicts(term):
            left_out["ends before it starts"] += 1
        else:
            people.add(fact["wikidata"], fact["person"], fact["enwiki"], term)
    return left_out


def person_row(person: Person) -> tuple[str, ...]:
    """The entity row of a person; country and sector are those of the latest office."""
    last = max(person.terms, key=lambda term: term.start or "")
    as_of = max(term.as_of for term in person.terms)
    return (
        person.id,
        person.name,
        "person",
        last.country,
        last.sector,
        "|".join(aliases(person)),
        last.source,
        as_of,
    )


def kept(person: Person, authored: set[str]) -> bool:
    """Whether the authored files know somebody, or an office that the news names, or a minor one lately."""
    return person.id in authored or any(
        term.office not in MINOR or (term.end or term.as_of) >= LATELY for term in person.terms
    )


def tenure_rows(people: Iterable[Person]) -> list[tuple[str, ...]]:
    """The tenures of all persons, rows of one term merged."""
    return [
        (
            person.id,
            term.office,
            term.of,
            term.title,
            term.start or "",
            term.end or "",
            term.source,
            term.as_of,
        )
        for person in people
        for term in merged(person.terms)
        if term.office
    ]


def turnover(people: Iterable[Person]) -> None:
    """Print, for each high office, the share of its holders gone N days after a day on which they held it."""
    held = defaultdict(list)
    for person in people:
        for term in merged(person.terms):
            if term.office in HIGH and len(term.start or "") == 10 == len(term.end or term.as_of):
                held[term.office].append((term.start or "", term.end or "9", term.as_of))
                held["all of these"].append(held[term.office][-1])
    for office, terms in sorted(held.items()):
        shares = " ".join(f"{wait} days {_gone(terms, wait):.1%}" for wait in (30, 45, 60, 90, 180, 365))
        sys.stdout.write(f"{office:28}{len(terms):5} terms: {shares}\n")


def _gone(terms: list[tuple[str, str, str]], wait: int) -> float:
    here = gone = 0
    for day in (date(year, month, 1) for year in range(2002, 2022) for month in (1, 4, 7, 10)):
        later = (day + timedelta(days=wait)).isoformat()
        ends = [end for start, end, as_of in terms if start <= day.isoformat() < end and later < as_of]
        here, gone = here + len(ends), gone + sum(end <= later for end in ends)
    return gone / here


def write(name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table, its rows in order, cells cleaned of what the format uses itself."""
    with (TARGET / name).open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(columns)
        table.writerows(sorted(rows))


def main() -> None:
    """Write the tables."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    facts = Path(sys.argv[1])
    seed = read(facts / "knowledge" / "kb_seed.jsonl")
    people = People(TARGET)
    left_out = office_holders(read(facts / "officeholders" / "holders.jsonl"), people)
    left_out += leaders(seed, people, ontology().countries)
    if sys.argv[2:] == ["--turnover"]:
        turnover(people.everyone())
        return
    named = [person_row(person) for person in people.unwritten() if kept(person, people.authored)]
    holders = [person for person in people.everyone() if kept(person, people.authored)]
    write("entities.csv", ENTITY_COLUMNS, [*states(seed), *body_rows(seed), *named])
    write("tenures.csv", TENURE_COLUMNS, tenure_rows(holders))
    for reason, count in left_out.most_common():
        sys.stdout.write(f"{count:6} left out: {reason}\n")


if __name__ == "__main__":
    main()
