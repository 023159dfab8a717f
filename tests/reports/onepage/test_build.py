"""The one page: one page however much there is, INTERNAL or without a note, and words that the rows prove."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.reports.format import Formats
from partnerdesk.reports.onepage import OnePage, compose, file_name
from partnerdesk.reports.onepage.data import LastMoney, Owed, Person
from partnerdesk.reports.onepage.words import opening, title
from partnerdesk.reports.pack.data import InternalNote, Party
from tests.reports.pack.ahead_world import deals
from tests.reports.pack.world import AS_OF, FORMATS, PARTNER, Q3, VENDOR, figures, month, renewals, score
from tests.reports.page.reading import reader, squeezed, texts

LONG = "The Very Long and Rather Unwieldy Company Name of Hamburg & Sons GmbH & Co. KG"


def page(**changes: object) -> OnePage:
    found = OnePage(
        internal=True,
        partner=PARTNER,
        vendor=VENDOR,
        period=Q3,
        previous="Q2",
        as_of=AS_OF,
        currency="EUR",
        version="2026.2",
        reader="Rosa Silva",
        figures=figures(),
        score=score(),
        deals=deals(),
        pipeline=D(640000),
        renewals=renewals(),
        ours=(Owed("Orrin dashboard", "Priya Nair", date(2026, 11, 10), late=True),),
        theirs=(Owed("Second engineer", "Mira Okafor", date(2026, 12, 31), late=False),),
        money=LastMoney(month(2026, 9), "ST-2026-09", D(44500), D(31300), D(29225), date(2026, 12, 1), D(3900)),
        notes=(InternalNote(date(2026, 11, 12), "call", "Jonas is frustrated about Orrin.", "Rosa Silva"),),
        people=(Person("Jonas Weber", "partner manager", "+49 30 5550 0142"),),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def text(found: OnePage, locale: str = "en_GB", paper: str = "") -> str:
    made = compose(found, Formats(locale), paper=paper)
    assert made.faults == ()
    (only,) = texts(made.content)
    return " ".join(only.replace("\u00a0", " ").split())


def test_the_brief_says_first_what_is_pressing() -> None:
    assert title(page(), FORMATS).replace("\u00a0", " ") == (
        "Halvorsen Data: 3.6 points from Gold, Borealis renews on 14 December without an owner"
    )
    said = opening(page(), FORMATS).replace("\u00a0", " ")
    assert said.startswith("We are late with “Orrin dashboard”, due 10 Nov 2026: begin there.")
    assert "Borealis needs an owner: 84k renews on 14 Dec 2026." in said


def test_the_brief_is_internal_and_holds_the_note_and_the_money_to_the_cent() -> None:
    found = text(page())
    for words in ("INTERNAL", "for Rosa Silva, not for the partner", "Jonas is frustrated", "44,500.00", "31,300.00"):
        assert words in found, words
    for words in ("29,225.00", "3,900.00", "Open deals: 14, 640k", "We owe them: 1", "late, Priya Nair", "71.4"):
        assert words in found, words
    assert file_name(page()).endswith("_INTERNAL.pdf")


def test_the_digest_holds_nothing_internal() -> None:
    digest = page(internal=False, notes=(), reader="")
    found = text(digest)
    assert "INTERNAL" not in found and "frustrated" not in found
    assert "Confidential: prepared for Halvorsen Data" in found
    assert "Joint revenue: +12% on Q2." in found and "Fennmark owes: 1" in found
    assert file_name(digest) == "DIGEST_Halvorsen Data_2026Q3.pdf"


def test_a_partner_with_nothing_says_so_in_words() -> None:
    bare = page(
        figures=(),
        score=None,
        deals=(),
        pipeline=D(0),
        renewals=(),
        ours=(),
        theirs=(),
        money=None,
        notes=(),
        people=(),
    )
    found = text(bare)
    for words in ("nothing is measured yet", "The score is not evaluated", "No deal is open.", "Nothing is open."):
        assert words in found, words
    assert "No statement is finished yet." in found


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "vi_VN"])
def test_much_and_long_keeps_to_one_page(locale: str, paper: str) -> None:
    owed = tuple(Owed(f"{LONG} {n}", LONG, AS_OF, late=True) for n in range(40))
    full = page(
        partner=Party("p", LONG),
        deals=tuple(replace(d, customer=LONG, stage=LONG) for d in deals() * 20),
        renewals=tuple(replace(r, customer=LONG) for r in renewals() * 9),
        ours=owed,
        theirs=owed,
        notes=tuple(InternalNote(AS_OF, "visit", "They said it again. " * 60, LONG) for _ in range(3)),
        people=(Person(LONG, LONG, LONG),) * 9,
    )
    assert "more" in text(full, locale, paper)
    made = compose(full, Formats(locale), paper=paper)
    bottom = max(p.bottom for p in made.placed if "Data as of" not in p.text and "1/1" not in p.text)
    assert bottom <= {"A4": 842, "Letter": 792}[paper] - 20


def test_names_in_two_scripts_are_verbatim() -> None:
    found = text(page(partner=Party("p", "Ελληνικά & Łódź <Labs>")))
    assert squeezed("Ελληνικά & Łódź <Labs>") in squeezed(found)
    info = reader(compose(page(), FORMATS).content).metadata
    assert info is not None and info.title == "Call brief (internal), Halvorsen Data, 19\u00a0Nov\u00a02026"


@pytest.mark.parametrize(("currency", "earned"), [("KWD", "44,500.000 KWD"), ("JPY", "44,500 JPY")])
def test_amounts_have_the_decimals_of_their_currency(currency: str, earned: str) -> None:
    told = squeezed(" ".join(placed.text for placed in compose(page(currency=currency), FORMATS).placed))
    assert squeezed(f"Earned in September 2026 {earned}.") in told
