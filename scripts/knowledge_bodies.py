"""International bodies of the seed facts -> entity rows with PLOVER codes."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ONTOLOGY = Path(__file__).parents[1] / "src" / "onrecord" / "ontology" / "bodies.csv"

# UN system: the organs, funds, programmes, specialised agencies and related organisations.
_UN = re.compile(
    r"\bUN\b|United Nations|UNAIDS|UNESCO|UNICEF|International Court of Justice|World Bank|Monetary Fund|"
    r"^World (Health|Food|Meteorological|Intellectual|Trade)|Food and Agriculture Org|International Labour|"
    r"International Maritime Org|International Telecommunication Union|Universal Postal|Atomic Energy Agency|"
    r"Prohibition of Chemical|Civil Aviation Organi[sz]ation|Fund for Agricultural Dev|"
    r"Organization for Migration|"
    r"Nuclear-Test-Ban|Seabed Authority|Law of the Sea|International Trade Centre|"
    r"^Economic (and Social )?Commission for|"
    r"International Finance Corporation|International Bank for Rec|"
    r"Multilateral Investment Guar|Law Commission|"
    r"^Commission (for Social|on (Crime|Narcotic|Population|Science|the Status))|Statistical Commission|"
    r"Narcotics Control|Office of the High Commissioner|Residual Mechanism|High-Level Political Forum"
)
_NOT_UN = re.compile(
    r"Arab|African Civil|Latin American Civil|Pacific|Advisory Centre|ECOWAS|Asia-Pacific Fishery|Association"
)
# Of the European Union: its institutions, agencies and joint undertakings.
_EU = re.compile(
    r"European (Union|Commission|Council|Parliament|Central Bank|Court of (Auditors|"
    r"Justice)|External Action|Ombudsman|"
    r"Investment|Defence Agency|Banking Authority|Border|Centre for (Disease|the Dev)|"
    r"Chemicals|Climate|Committee of the|"
    r"Cybersecurity|Data Prot|Economic and Social|Education and|Environment Ag|Fisheries Control|Food Safety|"
    r"Foundation for the|Health and|High Perf|Innovation Council|Institute (for Gender|"
    r"of Innov)|Insurance|Labour Auth|"
    r"Maritime|Medicines|Public Pros|Research (Council|Executive)|Securities|Stability|"
    r"Training F|Atomic Energy C|"
    r"Agency for Safety|Systemic|Systems)|Joint Undertaking|Europol|Eurogroup|"
    r"Council of the E|Court of Justice of the E|"
    r"^EU\b|Single Resolution|Agency for (Support for BEREC|the Cooperation)|Plant Variety|"
    r"Bodies of the E|College of Com|Foreign Affairs Council"
)
_NGO = re.compile(
    r"FIFA|UEFA|CONMEBOL|Olympic|Basketball|World (Athletics|Rowing)|Shooting Sport|"
    r"Red Cross|Conservation of Nature$"
)
_COURT = re.compile(r"\b(Court|Tribunal)\b")
_ASSEMBLY = re.compile(r"Parliament|Legislative Assembly")
# Bodies whose founding or naming in the facts is plain but which the patterns would miscode.
_CODED = {"Q8475": "IGO", "Q42262": "IGO", "Q7817": "UNO", "Q122880": "IGO", "Q8908": "IGO", "Q132551": "UNO"}


def body_rows(facts: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """One entity row for each body, every name that the facts or the ontology give it among its aliases."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    told: dict[str, dict[str, Any]] = {}
    for fact in facts:
        if fact["kind"] == "igo":
            names[fact["qid"]][fact["name"].replace("’", "'").replace("‐", "-")] += 1
            told[fact["qid"]] = fact | {
                "country": fact.get("country") or told.get(fact["qid"], {}).get("country")
            }
    known = _ontology()
    return [_row(told[qid], list(forms), known) for qid, forms in names.items() if not _doubtful(list(forms))]


def _doubtful(forms: list[str]) -> bool:
    """Whether one identifier stands for names that share no word: one of them is wrong, unknown which."""
    words = [
        set(form.lower().replace("-", " ").split()) - {"of", "the", "and", "for", "in"} for form in forms
    ]
    short = any(len(form.split()) == 1 for form in forms)
    return len(forms) > 1 and not short and not set.intersection(*words)


def _row(fact: dict[str, Any], forms: list[str], known: dict[str, list[str]]) -> tuple[str, ...]:
    listed = next((known[form] for form in forms if form in known), [])
    name = listed[0] if listed else forms[0]
    others = dict.fromkeys(other for other in (*listed, *forms) if other != name)
    source, _, as_of = fact["source"].partition("@")
    return (
        fact["qid"],
        name,
        "organization",
        code(fact, name),
        _sector(name),
        "|".join(others),
        source,
        as_of,
    )


def code(fact: dict[str, Any], name: str) -> str:
    """The PLOVER code of a body: UNO, EUR, NGO, else IGO."""
    if fact["qid"] in _CODED:
        return _CODED[fact["qid"]]
    if fact.get("country") in ("un", "eu"):
        return {"un": "UNO", "eu": "EUR"}[fact["country"]]
    if _NGO.search(name):
        return "NGO"
    if _EU.search(name):
        return "EUR"
    return "UNO" if _UN.search(name) and not _NOT_UN.search(name) else "IGO"


def _sector(name: str) -> str:
    return "JUD" if _COURT.search(name) else "LEG" if _ASSEMBLY.search(name) else ""


def _ontology() -> dict[str, list[str]]:
    """Any form of a well-known body -> all its forms, the fullest first."""
    with ONTOLOGY.open(encoding="utf-8", newline="") as table:
        rows = [[row["name"], *filter(None, row["alternatives"].split("|"))] for row in csv.DictReader(table)]
    return {form: row for row in rows for form in row}
