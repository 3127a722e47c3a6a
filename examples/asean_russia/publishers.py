"""The publisher of each row, the kind of its document, and the copy in which it was read.

Rows often name the publisher together with the site on which the text was read: "VNA via TalkVietnam". The site holds
a copy and is not a second source; the kind of document is that of the publisher, not of the copy.
"""

from __future__ import annotations

OFFICIAL, TEXT, NEWS, OPINION, SCHOLARLY = "official-release", "official-text", "news", "op-ed", "scholarly"

RUSSIAN_MFA, SECRETARIAT, VNA, SPUTNIK = "Russian MFA", "ASEAN Secretariat", "VNA", "Sputnik"

PUBLISHERS: dict[str, tuple[str, str, str | None]] = {
    "ANI / LatestLY": ("ANI", NEWS, "LatestLY"),
    "ASEAN Centre, MGIMO": ("ASEAN Centre, MGIMO", OFFICIAL, None),
    "ASEAN Secretariat": (SECRETARIAT, OFFICIAL, None),
    "ASEAN Secretariat (Primakov statement)": (SECRETARIAT, TEXT, None),
    "ASEAN Secretariat via MFA Singapore": (SECRETARIAT, OFFICIAL, "MFA Singapore"),
    "ASEAN-Russia joint statement (republished)": ("ASEAN and Russia", TEXT, "a republished copy"),
    "AVI / VietnamPlus (French)": ("AVI", NEWS, "VietnamPlus (French)"),
    "Bali Ekbis": ("Bali Ekbis", NEWS, None),
    "CSSD (Viet Nam)": ("CSSD (Viet Nam)", SCHOLARLY, None),
    "Cambridge University Press / ISEAS foreword": ("ISEAS", SCHOLARLY, "Cambridge University Press"),
    "China Radio International (Filipino)": ("China Radio International", NEWS, None),
    "Communist Party of Viet Nam Online / VNA": (VNA, NEWS, "Communist Party of Viet Nam Online"),
    "Eastern Economic Forum": ("Eastern Economic Forum", OFFICIAL, None),
    "Government of Viet Nam (VGP)": ("Government of Viet Nam", OFFICIAL, "VGP"),
    "HSE Global Centre": ("HSE Global Centre", SCHOLARLY, None),
    "ISSI Pakistan": ("ISSI Pakistan", SCHOLARLY, None),
    "Jakarta Post / Bloomberg": ("Bloomberg", NEWS, "Jakarta Post"),
    "Lokmat Times / Xinhua": ("Xinhua", NEWS, "Lokmat Times"),
    "MFA Singapore via PR Newswire": ("MFA Singapore", OFFICIAL, "PR Newswire"),
    "Philippine embassy in Moscow": ("Philippine embassy in Moscow", OFFICIAL, None),
    "Phnom Penh Post (op-ed)": ("Phnom Penh Post", OPINION, None),
    "President of Russia": ("President of Russia", OFFICIAL, None),
    "President of Russia (via Foreign Affairs NZ)": ("President of Russia", OFFICIAL, "Foreign Affairs NZ"),
    "RIA Novosti / Sputnik": ("RIA Novosti", NEWS, "Sputnik"),
    "RIAC round table via TalkVietnam": ("RIAC", SCHOLARLY, "TalkVietnam"),
    "Russia's Pivot to Asia": ("Russia's Pivot to Asia", OPINION, None),
    "Russian MFA": (RUSSIAN_MFA, OFFICIAL, None),
    "Russian MFA (German)": (RUSSIAN_MFA, OFFICIAL, None),
    "Russian MFA (via MIL-OSI)": (RUSSIAN_MFA, OFFICIAL, "MIL-OSI"),
    "Russian Ministry of Economic Development": ("Russian Ministry of Economic Development", OFFICIAL, None),
    "Russian Mission channel (tgchannels)": ("Russian Mission to ASEAN", OFFICIAL, "tgchannels"),
    "Russian Mission to ASEAN": ("Russian Mission to ASEAN", OFFICIAL, None),
    "Severino memoir (online extract)": ("Rodolfo Severino", SCHOLARLY, "an online extract"),
    "TASS (Russian)": ("TASS", NEWS, None),
    "The Global Times EU / TASS": ("TASS", NEWS, "The Global Times EU"),
    "The Irrawaddy": ("The Irrawaddy", NEWS, None),
    "The Sun (Malaysia) / Bernama": ("Bernama", NEWS, "The Sun (Malaysia)"),
    "UrduPoint / Sputnik": (SPUTNIK, NEWS, "UrduPoint"),
    "UrduPoint / Xinhua": ("Xinhua", NEWS, "UrduPoint"),
    "VNA (republished)": (VNA, NEWS, "a republished copy"),
    "VNA / VietnamPlus": (VNA, NEWS, "VietnamPlus"),
    "VNA / VietnamPlus (French)": (VNA, NEWS, "VietnamPlus (French)"),
    "VNA via TalkVietnam": (VNA, NEWS, "TalkVietnam"),
    "VNS (scraped copy)": ("VNS", NEWS, "a scraped copy"),
    "VNS via TalkVietnam": ("VNS", NEWS, "TalkVietnam"),
    "VOI Indonesia (Japanese)": ("VOI Indonesia", NEWS, None),
    "Vientiane Times via Vietstock": ("Vientiane Times", NEWS, "Vietstock"),
    "VietnamNet / VNS": ("VNS", NEWS, "VietnamNet"),
    "asean.or.id (archived ASEAN page)": (SECRETARIAT, OFFICIAL, "asean.or.id"),
    "chernayakobra.ru": ("ASEAN and Russia", TEXT, "chernayakobra.ru"),
    "namib.online (Russian MFA text)": (RUSSIAN_MFA, OFFICIAL, "namib.online"),
    "news-pravda (Lavrov speech)": (RUSSIAN_MFA, OFFICIAL, "news-pravda"),
    "news-pravda (Rudenko speech)": (RUSSIAN_MFA, OFFICIAL, "news-pravda"),
    "newslax (republished)": ("newslax", NEWS, "a republished copy"),
    "rbtfl.xyz digest": ("rbtfl.xyz", NEWS, None),
    "russia-asean20.ru": ("russia-asean20.ru", OFFICIAL, None),
    "sgbuzz (Singapore press copy)": ("Singapore press", NEWS, "sgbuzz"),
}
"""Publisher, kind and copy, by the text in the rows. A publisher that is not listed is news, read in the original."""
