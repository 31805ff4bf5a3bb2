"""Positions as the facts word them -> the office, the state and the title that the table holds."""

from __future__ import annotations

import re
from typing import Any

from knowledge_people import Term

from onrecord.knowledge.offices import office_named

# The countries of officeholders/holders.jsonl.
COUNTRIES = {
    "australia": "AUS",
    "belarus": "BLR",
    "brazil": "BRA",
    "canada": "CAN",
    "china": "CHN",
    "egypt": "EGY",
    "france": "FRA",
    "hungary": "HUN",
    "india": "IND",
    "iran": "IRN",
    "israel": "ISR",
    "japan": "JPN",
    "mexico": "MEX",
    "nigeria": "NGA",
    "pakistan": "PAK",
    "poland": "POL",
    "russia": "RUS",
    "south-africa": "ZAF",
    "south-korea": "KOR",
    "sudan": "SDN",
    "turkey": "TUR",
    "uae": "ARE",
    "ukraine": "UKR",
    "united-kingdom": "GBR",
    "us": "USA",
    "yemen": "YEM",
}
# Here the facts mix the ministers of the federation with those of its states; these are the federation's.
FEDERAL = {
    "AUS": {
        "Prime Minister",
        "Deputy Prime Minister",
        "Minister for Foreign Affairs",
        "Minister for Defence",
        "Minister for Home Affairs",
    },
    "CAN": {
        "Prime Minister",
        "Deputy Prime Minister",
        "Minister of Foreign Affairs",
        "Minister of National Defence",
        "Minister of Public Safety",
    },
}
HIGH = {
    "president",
    "prime minister",
    "foreign minister",
    "defence minister",
    "interior minister",
    "finance minister",
    "spokesperson",
    "un ambassador",
    "national security adviser",
}

# Titles as the news words them, where the facts word them as a register does.
NEWS = {
    "foreign minister": {
        "USA": "Secretary of State",
        "GBR": "Foreign Secretary",
        "IND": "External Affairs Minister",
        "": "Foreign Minister",
    },
    "defence minister": {"USA": "Secretary of Defense", "GBR": "Defence Secretary", "": "Defence Minister"},
    "interior minister": {"GBR": "Home Secretary", "": "Interior Minister"},
    "finance minister": {
        "USA": "Treasury Secretary",
        "GBR": "Chancellor of the Exchequer",
        "AUS": "Treasurer",
        "": "Finance Minister",
    },
    "prime minister": {
        "DEU": "Chancellor",
        "AUT": "Chancellor",
        "CHN": "Premier",
        "TWN": "Premier",
        "IRL": "Taoiseach",
        "": "Prime Minister",
    },
    "un ambassador": {"": "Ambassador to the United Nations"},
    "justice minister": {"": "Justice Minister"},
    "president": {"": "President"},
    "vice president": {"ZAF": "Deputy President", "": "Vice President"},
    "deputy prime minister": {"CHN": "Vice Premier", "": "Deputy Prime Minister"},
}

# Other positions worth knowing by name: pattern -> office, sector; the first that fits.
OTHERS = [
    (re.compile(r"(first lady|spouse of)", re.I), None, ""),
    (
        re.compile(
            r"(district|rural|city|city hall) (executive committee|council)|mayor|"
            r"city administration",
            re.I,
        ),
        None,
        "",
    ),
    (
        re.compile(r"lieutenant.governor|deputy (ruler|chairman|chief minister)|voivode|prefect", re.I),
        None,
        "",
    ),
    (re.compile(r"(legislative (assembly|council)|house of assembly|national assembly for)", re.I), None, ""),
    (
        re.compile(
            r"minister assisting|assistant minister|parliamentary (secretary|under)|"
            r"private secretary|lord of the treasury|whip",
            re.I,
        ),
        None,
        "",
    ),
    (
        re.compile(r"^(ambassador|high commissioner|permanent representative|consul)", re.I),
        "ambassador",
        "GOV",
    ),
    (
        re.compile(
            r"^(deputy|under|vice|associate|assistant|junior)[ -]*(minister|secretary|under|"
            r".*secretary of state)|permanent (under-)?secretary|undersecretary",
            re.I,
        ),
        "deputy minister",
        "GOV",
    ),
    (
        re.compile(r"^minister of state|^minister delegate|^secretary of state for digital", re.I),
        "deputy minister",
        "GOV",
    ),
    (
        re.compile(
            r"^governor of |^premier of |^chief minister of |^ruler of |"
            r"^president of (southern sudan|bashkort|the sakha)",
            re.I,
        ),
        "governor",
        "GOV",
    ),
    (
        re.compile(
            r"chief of (the )?(\w+ )?(staff|navy|army|naval|air|joint|defence|operations)|"
            r"^commander|^commandant|head of .* military cabinet",
            re.I,
        ),
        "commander",
        "MIL",
    ),
    (re.compile(r"justice|judge|court", re.I), "judge", "JUD"),
    (
        re.compile(
            r"speaker|president of the (senate|house|chamber|federal senate)|"
            r"chairman of the (council of the national|verkhovna)|national people's congress",
            re.I,
        ),
        "member",
        "LEG",
    ),
    (re.compile(r"minister|secretary of", re.I), "minister", "GOV"),
]
SECTORS = {
    "armed forces chief": "MIL",
    "speaker of parliament": "LEG",
    "chief justice": "JUD",
    "judge": "JUD",
    "commander": "MIL",
    "intelligence chief": "SPY",
}

# Heads of bodies among the positions of the country "world": position -> office, body, sector.
BODIES = {
    "Secretary-General of the United Nations": ("head", "Q1065", "Secretary-General", "UNO", ""),
    "Deputy Secretary-General of the United Nations": (
        "deputy head",
        "Q1065",
        "Deputy Secretary-General",
        "UNO",
        "",
    ),
    "President of the United Nations General Assembly": ("head", "Q47423", "President", "UNO", ""),
    "President of the International Court of Justice": ("head", "Q7801", "President", "UNO", "JUD"),
    "Vice President of the International Court of Justice": (
        "deputy head",
        "Q7801",
        "Vice President",
        "UNO",
        "JUD",
    ),
    "Judge of the International Court of Justice": ("judge", "Q7801", "Judge", "UNO", "JUD"),
    "Director-General of the World Trade Organization": ("head", "Q7825", "Director-General", "UNO", ""),
    "president of the Parliamentary Assembly of the Council of Europe": (
        "head",
        "Q939743",
        "President",
        "IGO",
        "LEG",
    ),
}


# Positions that the facts call by the name of another: those of India are the Foreign Secretaries.
MEANT = {("IND", "Minister of Foreign Affairs"): "Foreign Secretary"}
# Rows of the facts that another office of the same person, or all other sources, contradict.
WRONG = {
    ("Q273396", "Minister of Europe and Foreign Affairs", "2005-06-02"),  # then the minister's delegate
    ("Q6046409", "Minister of National Defence", "2016-05-24"),  # since 2017-07-19, as another row tells
}


def national_tenure(fact: dict[str, Any]) -> Term | str:
    """The term that a row of holders.jsonl tells, or why it is left out."""
    position, iso3 = fact["position"], COUNTRIES.get(fact["country_slug"], "")
    position = MEANT.get((iso3, position), position)
    if (fact["wikidata"], position, fact["start"]) in WRONG:
        return "contradicted by other sources"
    source, dates = "officeholders/" + fact["repo"].split("/")[1], (fact["start"], fact["end"])
    if not iso3:
        if position not in BODIES:
            return f"position without state: {position}"
        office, body, title, country, sector = BODIES[position]
        return Term(office, body, title, *dates, source, fact["snapshot"], country, sector)
    found = office_of(position, iso3)
    if found is None:
        return "local, ceremonial or other positions"
    office, sector = found
    return Term(
        office, iso3, news_title(office, iso3, position), *dates, source, fact["snapshot"], iso3, sector
    )


def no_office(fact: dict[str, Any]) -> Term:
    """The term of somebody whose position the table leaves out, but whom the authored files know."""
    iso3, source = COUNTRIES.get(fact["country_slug"], ""), "officeholders/" + fact["repo"].split("/")[1]
    return Term("", iso3, "", fact["start"], fact["end"], source, fact["snapshot"], iso3, "GOV")


def office_of(position: str, iso3: str) -> tuple[str, str] | None:
    """The office and sector of a position in a state, or None where the table leaves it out."""
    office = office_named(position, iso3)
    if iso3 == "AUS" and position.startswith("Minister") and position not in FEDERAL["AUS"]:
        return None
    mixed = iso3 in FEDERAL and position not in FEDERAL[iso3]
    if office and office != "minister" and not mixed:
        return office, SECTORS.get(office, "GOV")
    for pattern, other, sector in OTHERS:
        if pattern.search(position):
            return (other, sector) if other else None
    return None


def news_title(office: str, iso3: str, position: str) -> str:
    """How the news words the office, or the position as the facts word it, its first letter a capital."""
    titles = NEWS.get(office)
    title = titles.get(iso3, titles[""]) if titles else position
    return title[0].upper() + title[1:]
