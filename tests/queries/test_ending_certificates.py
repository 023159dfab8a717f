"""Certificates that end soon stand on Today, a row per partner, and go once somebody has renewed them."""

from datetime import date, timedelta
from pathlib import Path

from partnerdesk.engine.facts import Certification
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.today.certificates import SOON
from partnerdesk.queries.today.ranked import today
from partnerdesk.queries.today.view import Need
from partnerdesk.reports.format import Formats
from partnerdesk.store import Store
from partnerdesk.ui.screens.need_words import need_words
from tests.cli.conftest import make_book

DAY = date(2026, 9, 30)


def held(id: str, person: str, days: int | None, title: str = "Architect", since: int = -700) -> Certification:
    ends = DAY + timedelta(days=days) if days is not None else None
    begun = DAY + timedelta(days=since)
    return Certification(id=id, partner="P1", person=person, certificate=title, awarded=begun, expires=ends)


def rows(store: Store) -> list[Need]:
    return [need for need in store.read(today, DAY).needs if need.kind == "certificate"]


def test_what_ends_soon_and_is_not_renewed_is_a_row_of_its_partner(tmp_path: Path) -> None:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        far = SOON.days + 1
        given = [
            held("1", "Ida Berg", 20),
            held("2", "Bo Lund", SOON.days),
            held("3", "Cy", far),
            held("4", "Dora", -1),
        ]
        renewed = [held("5", "Eva", 5), held("6", "EVA", 400, since=-1), held("7", "Finn", 5), held("8", "Finn", None)]
        store.transact(
            "Facts", add_rows, [*given, *renewed, held("9", "Gus", 5, "Seller"), held("10", "Gus", 900, "Seller", 9)]
        )
        (need,) = rows(store)
        assert (need.partner, need.count, need.target) == ("P1", 3, ("partner", "P1", "progress", "enablement"))
        assert need_words(need, Formats("en_GB")) == "Seller of Gus ends on 05 Oct, and 2 more soon"
        store.transact("Renewed", add_rows, [held("11", "Gus", 900, "Seller", -1)])
        (need,) = rows(store)
        assert (need.count, need.about, need.due) == (2, "Ida Berg", DAY + timedelta(days=20))
