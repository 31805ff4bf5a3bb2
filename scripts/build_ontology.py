"""Rebuild src/onrecord/ontology/countries.csv from a folder of facts.

    python scripts/build_ontology.py FACTS

FACTS holds ``kb_seed.jsonl``: one JSON object a line, those with ``"kind": "country"`` giving ``name``,
``official``, ``iso3``, ``demonym`` and ``capital`` (from datasets/country-codes and mledoze/countries).
What the facts lack or what news writes otherwise is in the tables below, authored by this project.
The result is committed, so nobody needs FACTS to install, test or run.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src" / "onrecord" / "ontology" / "countries.csv"

# Names as the news writes them in full; the first is the actor's name.
NAMES = {
    "USA": "United States|United States of America|US|U.S.|USA|U.S.A.|America",
    "GBR": "United Kingdom|UK|U.K.|Britain|Great Britain",
    "TUR": "Turkey|Türkiye|Turkiye|Republic of Turkey",
    "COD": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|Congo-Kinshasa",
    "COG": "Republic of the Congo|Congo-Brazzaville",
    "BIH": "Bosnia and Herzegovina|Bosnia|Bosnia-Herzegovina",
    "CIV": "Ivory Coast|Côte d'Ivoire|Cote d'Ivoire",
    "CZE": "Czech Republic|Czechia",
    "MMR": "Myanmar|Burma",
    "SWZ": "Eswatini|Swaziland",
    "TLS": "East Timor|Timor-Leste",
    "CPV": "Cape Verde|Cabo Verde",
    "ATG": "Antigua and Barbuda|Antigua",
    "TTO": "Trinidad and Tobago|Trinidad",
    "STP": "São Tomé and Príncipe|Sao Tome and Principe",
    "KNA": "Saint Kitts and Nevis|St. Kitts and Nevis",
    "LCA": "Saint Lucia|St. Lucia",
    "VCT": "Saint Vincent and the Grenadines|St. Vincent and the Grenadines",
    "IRN": "Iran|Islamic Republic of Iran|Islamic Republic",
    "CHN": "China|People's Republic of China|PRC|P.R.C.",
    "PRK": "North Korea|Democratic People's Republic of Korea|DPRK|D.P.R.K.",
    "KOR": "South Korea|Republic of Korea|ROK|R.O.K.",
    "ARE": "United Arab Emirates|UAE|U.A.E.|Emirates",
    "SAU": "Saudi Arabia|Kingdom of Saudi Arabia",
    "SYR": "Syria|Syrian Arab Republic",
    "RUS": "Russia|Russian Federation",
    "NLD": "Netherlands|Holland",
    "VAT": "Vatican City|Vatican|Holy See",
    "VNM": "Vietnam|Viet Nam",
    "KGZ": "Kyrgyzstan|Kyrgyz Republic",
}
DEMONYMS = {
    "USA": "American|U.S.|US",
    "GBR": "British|Briton|UK|U.K.",
    "SAU": "Saudi|Saudi Arabian",
    "ARG": "Argentine|Argentinian",
    "ECU": "Ecuadorian|Ecuadorean",
    "KAZ": "Kazakh|Kazakhstani",
    "KGZ": "Kyrgyz|Kirghiz",
    "TJK": "Tajik|Tadzhik",
    "UZB": "Uzbek|Uzbekistani",
    "ESP": "Spanish|Spaniard",
    "FRA": "French|Frenchman",
    "NZL": "New Zealander",
    "TUR": "Turkish|Turk",
    "POL": "Polish|Pole",
    "SWE": "Swedish|Swede",
    "DNK": "Danish|Dane",
    "FIN": "Finnish|Finn",
    "IRL": "Irish|Irishman",
    "PHL": "Philippine|Filipino",
    "SRB": "Serbian|Serb",
    "HRV": "Croatian|Croat",
    "SVN": "Slovenian|Slovene",
    "SVK": "Slovak|Slovakian",
    "AFG": "Afghan|Afghani",
    "AZE": "Azerbaijani|Azeri",
    "BWA": "Botswanan|Motswana",
    "BGD": "Bangladeshi",
    "BIH": "Bosnian|Herzegovinian",
    "ISL": "Icelandic|Icelander",
    "LIE": "Liechtensteiner",
    "MLT": "Maltese",
    "MDV": "Maldivian",
    "MDG": "Malagasy",
    "LSO": "Basotho",
    "ARE": "Emirati|UAE",
    "BLR": "Belarusian|Belarussian",
    "CUB": "Cuban",
    "PRK": "North Korean|DPRK",
    "ROU": "Romanian",
    "KEN": "Kenyan",
    "PAK": "Pakistani",
    "BFA": "Burkinabe|Burkinabé",
    "CMR": "Cameroonian",
    "CAF": "Central African",
    "PNG": "Papua New Guinean",
    "VAT": "Vatican",
    "NER": "Nigerien",
    "MKD": "Macedonian|North Macedonian",
    "MNE": "Montenegrin",
    "TLS": "East Timorese|Timorese",
}
# Cities that stand for the government more often than the capital of the facts, or as well as it.
SEATS = {
    "ISR": "Jerusalem|Tel Aviv",
    "BOL": "La Paz|Sucre",
    "KAZ": "Astana|Nur-Sultan",
    "MMR": "Naypyidaw|Nay Pyi Taw",
    "NLD": "The Hague|Amsterdam",
    "PSE": "Ramallah|East Jerusalem",
    "UKR": "Kyiv|Kiev",
    "IND": "New Delhi|Delhi",
    "CHN": "Beijing|Peking",
    "USA": "Washington|Washington, D.C.|Washington D.C.",
    "BRA": "Brasília|Brasilia",
    "COL": "Bogotá|Bogota",
    "BDI": "Gitega|Bujumbura",
    "TZA": "Dodoma",
    "CIV": "Abidjan|Yamoussoukro",
    "BEL": "",
    "YEM": "Sanaa|Sana'a",
    "MDV": "Malé",
    "VAT": "",
    "LKA": "Colombo",
    "SRB": "Belgrade",
    "SYC": "",
    "DMA": "Roseau",
}
# States that no longer exist, for records of the past, and those that the facts lack.
GONE = [
    ("SUN", "Soviet Union|USSR|U.S.S.R.|Union of Soviet Socialist Republics", "Soviet", ""),
    ("YUG", "Yugoslavia", "Yugoslav|Yugoslavian", ""),
    ("CSK", "Czechoslovakia", "Czechoslovak", ""),
    ("DDR", "East Germany|German Democratic Republic|GDR", "East German", "East Berlin"),
    ("KOS", "Kosovo", "Kosovar|Kosovan", "Pristina"),
    ("NAM", "Namibia|Republic of Namibia", "Namibian", "Windhoek"),  # the facts lack it
]
# Nobody's capital speaks here: too small, or a word that means something else.
DROPPED = {
    "ATA",
    "BVT",
    "HMD",
    "IOT",
    "SGS",
    "UMI",
    "ATF",
    "BES",
    "SJM",
    "TKL",
    "CCK",
    "CXR",
    "NFK",
    "PCN",
    "MAF",
    "SXM",
}
NO_DEMONYM = {"MNP", "JEY", "GGY", "ATF"}


def rows(facts: Path) -> list[tuple[str, str, str, str]]:
    """(iso3, names, demonyms, capitals) of every country, alternatives parted by ``|``."""
    found = list(GONE)
    for line in (facts / "kb_seed.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        if fact["kind"] != "country" or fact["iso3"] in DROPPED:
            continue
        iso3 = fact["iso3"]
        names = NAMES.get(iso3, fact["name"].replace(" & ", " and "))
        demonyms = "" if iso3 in NO_DEMONYM else DEMONYMS.get(iso3, _parted(fact["demonym"]))
        found.append((iso3, names, demonyms, SEATS.get(iso3, fact["capital"].strip())))
    return sorted(found)


def _parted(demonym: str) -> str:
    return "|".join(part.strip() for part in demonym.replace(" or ", ",").split(",") if part.strip())


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("iso3", "names", "demonyms", "capitals"))
        table.writerows(rows(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
