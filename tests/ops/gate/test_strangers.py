"""A text that somebody typed about a partner does not carry another one's name out, whichever document it stands in."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Partner, Product
from partnerdesk.errors import Refused
from partnerdesk.ops.gate.strangers import Strangers
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.plan_governance import add_account
from partnerdesk.ops.joint.plan_parts import add_objective
from partnerdesk.ops.joint.plans import add_plan, agree_plan, change_plan
from partnerdesk.ops.joint.reviews import add_item, add_review, hold_review, set_page
from partnerdesk.ops.mail.nudging import nudge
from partnerdesk.ops.pack.exports import export_pack, pack_to_print
from partnerdesk.ops.pack.onepage_exports import export_digest
from partnerdesk.ops.plan.documents import export_plan
from partnerdesk.ops.plan.gathered import gathered
from partnerdesk.ops.plan.naming import checked_plan_page
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.whitespace import whitespace
from partnerdesk.store import Store
from tests.cli.conftest import make_book, won

DAY, QUARTER = date(2026, 9, 30), "2026Q3"
OTHER = "Meridia Pharma"  # a customer of the other partner
BOTH = {
    "vendor_commitment": "An engineer",
    "vendor_owner": "Ann",
    "partner_commitment": "A customer",
    "partner_owner": "Bo",
    "due": date(2026, 12, 1),
}
FACTS = [
    Partner(id="P8", name="Nordlys Data Services"),
    Partner(id="P9", name="Nordlys Data"),
    Customer(id="C8", name="Borealis"),
    Customer(id="C9", name=OTHER),
    Product(id="core", name="Core"),
    Product(id="edge", name="Edge"),
    Product(id="theirs", name="Only Theirs"),
    Contract(id="K1", partner="P8", customer="C8", product="core", start=DAY, end=date(2027, 8, 31)),
    Contract(id="K-P9-1", partner="P8", customer="C8", product="core", start=DAY, end=date(2027, 8, 31)),
    Contract(id="K2", partner="P8", customer="C8", product="edge", start=DAY, end=date(2027, 9, 30)),
    Contract(id="K3", partner="P9", customer="C8", product="core", start=DAY, end=date(2026, 12, 24)),
    Contract(id="K4", partner="P9", customer="C9", product="theirs", start=DAY, end=date(2026, 12, 24)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        store.transact("Facts", add_rows, FACTS)
        yield store


def write(store: Store, op: Callable[..., Any], *args: Any, **values: Any) -> Any:
    return store.transact("Write", partial(op, **values), *args).value


def plan_of(store: Store) -> int:
    values = {"start": date(2026, 1, 1), "end": date(2026, 12, 31), "on": DAY}
    return int(write(store, add_plan, "P8", **values))


def test_own_names_are_no_strangers(store: Store) -> None:
    strangers = store.read(Strangers, "P8")
    for text in ("Nordlys Data Services calls", "Borealis buys Core", "NORDLYS DATA SERVICES", "K-P9-1 renews", ""):
        assert strangers.named_in(text) == "", text
    for text, named in (("As Nordlys Data did", "Nordlys Data"), (f"Like at {OTHER}.", OTHER), (OTHER, OTHER)):
        assert strangers.named_in(text) == named


def test_a_pack_with_another_name_says_where_it_stands_and_stays(store: Store, tmp_path: Path) -> None:
    review = write(store, add_review, "P8", QUARTER, on=DAY)
    write(store, set_page, review, "summary", title=f"As good as {OTHER}")
    write(store, add_item, review, "agenda", text=f"Lessons from {OTHER}")
    found = store.read(pack_to_print, "P8", QUARTER, DAY, review=review)
    assert [(one.place, one.name) for one in found.strangers] == [("summary", OTHER), ("list.agenda", OTHER)]
    with pytest.raises(Refused, match=f"names {OTHER}"):
        store.read(export_pack, "P8", QUARTER, DAY, tmp_path / "out", review=review)
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert store.read(export_pack, "P8", QUARTER, DAY, tmp_path / "out", review=review, internal=True).path.exists()


def test_a_review_with_another_name_is_not_held(store: Store) -> None:
    """Frozen, it could neither be reworded nor leave the house."""
    review = write(store, add_review, "P8", QUARTER, on=DAY)
    write(store, set_page, review, "summary", title=f"As good as {OTHER}")
    with pytest.raises(Refused, match=f"not marked as held.*names {OTHER}"):
        write(store, hold_review, review, on=DAY)
    write(store, set_page, review, "summary", title="As good as planned")
    assert write(store, hold_review, review, on=DAY).sha256


@pytest.mark.parametrize("op", [partial(add_objective, title=f"Copy {OTHER}"), partial(add_account, name=OTHER)])
def test_a_plan_with_another_name_stays(store: Store, tmp_path: Path, op: Any) -> None:
    plan = plan_of(store)
    write(store, op, plan)
    for send in (export_plan, send_sheet):
        with pytest.raises(Refused, match=f"names {OTHER}"):
            store.transact("Send", send, plan, DAY, tmp_path / "out")
    assert not [path for path in (tmp_path / "out").glob("*") if path.is_file()]
    view = store.read(checked_plan_page, "P8", DAY)
    assert view is not None
    (gap,) = view.strangers
    (row,) = (*view.objectives, *view.accounts)
    assert gap in view.gaps and gap.id == row.id and f"names {OTHER}" in gap.words


def test_a_plan_with_another_name_is_not_agreed(store: Store) -> None:
    plan = plan_of(store)
    write(store, change_plan, plan, {"partner_goals": ""}, partner_goals="Grow")
    write(store, add_objective, plan, title=f"Copy {OTHER}", **BOTH)
    with pytest.raises(Refused, match=f"names {OTHER}"):
        write(store, agree_plan, plan, on=DAY, by="Ann and Bo")


def test_a_digest_and_a_reminder_look_at_owners_too(store: Store, tmp_path: Path) -> None:
    action = write(store, add_action, "P8", text="Call", side="partner", owner="Ida (Nordlys Data)", on=DAY)
    with pytest.raises(Refused, match="names Nordlys Data"):
        store.read(export_digest, "P8", DAY, tmp_path / "out")
    with pytest.raises(Refused, match="names Nordlys Data"):
        store.read(nudge, [action], DAY, "Rosa")


def test_the_ground_tells_nothing_of_what_others_sell_to_the_same_customer(store: Store) -> None:
    def renews(session: Session) -> date | None:
        return whitespace(session, "P8", DAY).rows[0].renews

    assert store.read(renews) == date(2027, 8, 31)  # and not the day on which the other partner's contract ends
    document = store.read(gathered, plan_of(store), DAY).document
    assert document.products == ("Core", "Edge")


def test_an_amount_of_another_partner_in_a_text_is_told_and_ones_own_and_round_ones_are_not(store: Store) -> None:
    deals = [won("E8", "P8", DAY, "73120.45"), won("E9", "P9", DAY, "48211.37"), won("E10", "P9", DAY, "73120.45")]
    store.transact("Deals", add_rows, [*deals, won("E11", "P9", DAY, "480000")])

    def found(text: str) -> str:
        return store.read(lambda session: Strangers(session, "P8").named_in(text))

    for text in ("We won 73,120.45", "480,000 is the aim", "PO 48211-37", "call +49 89 4821137", "K-48211.37"):
        assert found(text) == "", text
    for text in ("As much as 48,211.37", "in 2026 48,211.37", "48\u202f211,37 EUR", "(48'211.37)"):
        assert found(text), text
    action = write(store, add_action, "P8", text="Earn 48.211,37 too", side="partner", owner="Bo", on=DAY)
    with pytest.raises(Refused, match=r"holds 48\.211,37, an amount of another partner"):
        store.read(nudge, [action], DAY, "Rosa")
