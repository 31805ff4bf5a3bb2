"""Leaders and foreign ministers of the seed facts, with identifiers and without."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from knowledge_offices import news_title
from knowledge_people import People, Term, clean

from onrecord.knowledge.offices import office_named
from onrecord.knowledge.table import plain
from onrecord.ontology import fold

# Countries as the facts call them, where the ontology does not.
CALLED = {
    "Republic of Ireland": "IRL",
    "State of Palestine": "PSE",
    "Kingdom of Denmark": "DNK",
    "The Gambia": "GMB",
    "Kingdom of the Netherlands": "NLD",
    "Federated States of Micronesia": "FSM",
    "The Bahamas": "BHS",
    "Congo (Brazzaville)": "COG",
    "DRC": "COD",
    "C&ocirc;te d'Ivoire": "CIV",
    "Holy See (Vatican City)": "VAT",
    "Micronesia, Federated States of": "FSM",
    "Virgin Islands": "",
    "Macau": "",
    "Hong Kong": "",
    "Puerto Rico": "",
}
# Office of a body by the role: body, title, office, country code.
OF_BODY = {
    "President of the European Commission": ("Q8880", "President", "head", "EUR"),
    "President of the European Council": ("Q8886", "President", "head", "EUR"),
    "Chairperson of the African Union Commission": ("Q2362881", "Chairperson", "head", "IGO"),
    "Chairperson of the African Union": ("Q7159", "Chairperson", "head", "IGO"),
    "High Representative of the Union for Foreign Affairs and Security Policy": (
        "Q458",
        "High Representative for Foreign Affairs",
        "diplomatic chief",
        "EUR",
    ),
}
# Territories of other states: their head is the state's.
DEPENDENT = set(
    "ABW AIA ALA ASM BES BLM BMU COK CUW CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HKG IMN JEY MAC MAF MNP MSR"
    " MTQ MYT NCL NIU PRI PYF REU SHN SPM TCA VGB VIR WLF".split()
)
SOURCES = {
    "every-politician-scrapers/world-leaders-2021": "world-leaders-2021",
    "every-politician-scrapers/world sources/foreign": "world-foreign-ministers",
    "open-data-archive/world-leaders-current": "world-leaders-current",
    "factbook/factbook.json": "factbook",
}
_FOREIGN = re.compile(
    r"foreign|external relations|external affairs|secretary for relations with states|"
    r"international relations",
    re.I,
)
_MONTHS = {
    m: f"{n:02}"
    for n, m in enumerate(
        "January February March April May June July August September October November December".split(), 1
    )
}
# What stands before a name in the facts without identifiers; the office it tells, None where it tells none.
_PREFIX = re.compile(
    r"^(?:(?:Acting|Interim|Caretaker|Transition(?:al)?|Crown Prince and|Sultan and|"
    r"President of the Council of Ministers|Prime Minister Crown Prince) )*"
    r"(?P<title>Vice President|Prime Minister|President|King|Queen|Emperor|Sultan|Amir|"
    r"Grand Duke|Prince|Chancellor|Federal Chancellor|"
    r"Supreme Leader|Premier|Taoiseach|Pope)\b(?: of the Swiss Confederation|"
    r" and Foreign Minister| and Prime Minister| and Co-Vice President)?"
    r"(?: (?:Dr|Gen|Col|Capt|Gen\.|Col\.|Capt\.|Sir|Dame)\.?)* "
)
_UNSOUND = re.compile(
    r"[,;]|represented|officer|Governor|Commissioner|Administrator|Council|Chair|General", re.I
)


def leaders(facts: list[dict[str, Any]], people: People, countries: dict[str, str]) -> Counter[str]:
    """Put the leaders into ``people``; what was left out, counted by reason."""
    left_out: Counter[str] = Counter()
    for kind, tell in (("person_role", _with_id), ("person_role_noqid", _without_id)):
        for fact in facts:
            if fact["kind"] == kind:
                left_out[tell(fact, people, countries)] += 1
    del left_out[""]
    return left_out


def _with_id(fact: dict[str, Any], people: People, countries: dict[str, str]) -> str:
    source, as_of = _source(fact)
    role = fact["role"]
    if not fact["name"]:
        return "rows without name"
    if role in OF_BODY:
        body, title, office, code = OF_BODY[role]
        term = Term(office, body, title, fact["start"] or None, fact["end"] or None, source, as_of, code, "")
        people.add(_sound_id(fact, source, people), fact["name"], None, term)
        return ""
    iso3 = _state(fact["country"], countries)
    office_ = _office(role, iso3) if iso3 else None
    if not iso3 or not office_:
        if fact["qid"] in people.authored:
            people.add(
                fact["qid"],
                fact["name"],
                None,
                Term("", iso3 or "", "", "", "", source, as_of, iso3 or "", "GOV"),
            )
        return f"leaders of no state, or of no office: {role if iso3 else fact['country']}"
    start, end = fact["start"] or None, fact["end"] or None
    title = news_title(office_, iso3, _bare(role))
    people.add(
        fact["qid"], fact["name"], None, Term(office_, iso3, title, start, end, source, as_of, iso3, "GOV")
    )
    return ""


def _sound_id(fact: dict[str, Any], source: str, people: People) -> str:
    """The identifier of the head of a body; one source gives some of them those of other persons.

    Its identifiers of heads of state agree with all other sources; of the four heads of bodies one is
    another person's and one contradicts another source, so there only the name counts.
    """
    if source != "world-leaders-current":
        return str(fact["qid"])
    known = people.named(fact["name"])
    return known.pop() if len(known) == 1 else own_id(fact["name"])


def own_id(name: str) -> str:
    """The identifier of somebody for whom the facts have none."""
    return "onrecord:" + re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")


def _source(fact: dict[str, Any]) -> tuple[str, str]:
    source, _, as_of = fact["source"].partition("@")
    return SOURCES[source], as_of


def _state(country: str, countries: dict[str, str]) -> str | None:
    iso3 = CALLED.get(country, countries.get(fold(country))) or None
    return None if iso3 in DEPENDENT else iso3


def _bare(role: str) -> str:
    return re.sub(
        r" (?:of|in) (?!Foreign|External|State|Ministers|International|Europe|the Council|"
        r"the Exec).*|, Turkey| \(.*",
        "",
        role,
    )


def _office(role: str, iso3: str) -> str | None:
    if role == "Member of the Swiss Federal Council":
        return "minister"
    if _FOREIGN.search(role) or (iso3, role) == ("USA", "United States Secretary of State"):
        return "foreign minister"
    if role == "President of the Executive Yuan":
        return "prime minister"
    bare = (
        re.sub(r" of .*", "", role) if not role.startswith(("Minister of State", "Chairman of the")) else role
    )
    if bare == "Prime Minister (King)" or role == "Sultan and Prime Minister":
        return "prime minister"
    return "prime minister" if role.startswith("Minister of State of Monaco") else office_named(bare, iso3)


def _without_id(fact: dict[str, Any], people: People, countries: dict[str, str]) -> str:
    """Put in a leader told without identifier: as a person known already, or as a new one without."""
    iso3 = _state(fact["country"], countries)
    prefix = _PREFIX.match(fact["name"])
    if not iso3 or not prefix or _UNSOUND.search(name := fact["name"][prefix.end() :]):
        return "leaders without identifier: no state or no plain title and name"
    office = office_named(prefix["title"], iso3) or ("monarch" if prefix["title"] == "Prince" else None)
    start = _day(fact["start"])
    if not office or office == "vice president" or not start:
        return "leaders without identifier: no office or date"
    source, as_of = _source(fact)
    term = Term(
        office, iso3, news_title(office, iso3, prefix["title"]), start, None, source, as_of, iso3, "GOV"
    )
    meant = _meant(name, people.serving(iso3))
    if people.others_since(office, iso3, start, meant):
        return "leaders without identifier: others came into the office after the start told"
    if len(meant) == 1:
        people.recognised(meant.pop(), term)
        return ""
    if meant or people.open_terms(office, iso3):
        return "leaders without identifier: cannot tell who of several is meant"
    usual = _usual(name)
    people.add(own_id(usual), usual, None, term)
    return ""


def _day(words: str | None) -> str | None:
    parts = (words or "").split(";")[0].split(",")[0].split()
    if len(parts) == 3 and parts[1] in _MONTHS:
        return f"{parts[2]}-{_MONTHS[parts[1]]}-{int(parts[0]):02}"
    return None


def _meant(name: str, serving: dict[str, set[str]]) -> set[str]:
    """Those whose name has every word in capitals of this one, and one more where both have more."""
    words = plain(clean(name)).replace("-", " ").split()
    capitals = {plain(word) for word in re.split(r"[ -]", clean(name)) if len(word) > 1 and word.isupper()}
    found = set()
    for id_, forms in serving.items():
        for form in forms:
            its = plain(form).replace("-", " ").split()
            shared = set(words) & set(its)
            if capitals and capitals <= shared and (len(shared) > 1 or len(its) == 1 or len(words) == 1):
                found.add(id_)
    return found


def _usual(name: str) -> str:
    return " ".join(
        part.capitalize() if part.isupper() and len(part) > 2 else part for part in clean(name).split()
    )
