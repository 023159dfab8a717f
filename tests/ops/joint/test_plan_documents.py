"""A plan leaves as a document of its partner: nothing internal, nothing of anybody else, on the right paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from partnerdesk.errors import Refused
from partnerdesk.ops.gate.whose import Whose
from partnerdesk.ops.joint import plan_governance as governance
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.plans import add_plan, change_plan
from partnerdesk.ops.plan.documents import export_plan
from partnerdesk.ops.plan.gathered import gathered
from partnerdesk.reports.format import Formats
from partnerdesk.reports.plan import compose
from partnerdesk.reports.release import release
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.reports.page.reading import squeezed, texts

DAY, START, END = date(2026, 9, 30), date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    make_book(tmp_path / "my.partnerdesk")
    with Store.open(tmp_path / "my.partnerdesk", user="me") as store:
        yield store


def plan_of(store: Store, partner: str = "P1") -> int:
    made = store.transact("Plan", add_plan, partner, start=START, end=END, on=START)
    return int(made.value)


def said(path: Path) -> str:
    return squeezed(" ".join(texts(path.read_bytes())))


def test_what_is_our_own_judgement_never_leaves(store: Store, tmp_path: Path) -> None:
    plan = plan_of(store)
    known = {"influence": "high", "relationship": "weak", "stance": "risk", "role": "Head of delivery"}
    store.transact("Person", governance.add_stakeholder, plan, name="Ilse van Dorp", **known)
    store.transact("Level", governance.add_level, plan, vendor="Kim Okafor", partner="Bo Lindholm")
    account = {"vendor_part": "Meets the sponsor", "note": "They think of leaving us"}
    store.transact("Account", governance.add_account, plan, name="Auental", **account)
    said_inside = "Offer them five per cent more if they ask"
    for text, internal in (("Send the price list", False), (said_inside, True)):
        values = {"text": text, "side": "vendor", "on": START, "plan": plan, "internal": internal}
        store.transact("Action", add_action, "P1", **values)
    made = store.read(export_plan, plan, DAY, tmp_path / "out")
    found = said(made.path)
    for shown in ("Ilse van Dorp", "Head of delivery", "Meets the sponsor", "Send the price list", "Bo Lindholm"):
        assert squeezed(shown) in found
    for hidden in ("weak", "Influence", "champion", "They think", "five per cent"):
        assert squeezed(hidden) not in found


def test_what_is_another_partners_is_not_released(store: Store, tmp_path: Path) -> None:
    plan, other = plan_of(store), plan_of(store, "P2")
    secret = "Meridia Pharma buys everything from us next spring"
    store.transact("Word", change_plan, other, {}, thesis=secret)

    def leak(session: Session, thesis: str) -> None:
        found = replace(gathered(session, plan, DAY).document, thesis=thesis)
        world = Whose(session, DAY).world("P1", found.partner.name)
        release(tmp_path / "Plan.pdf", compose(found, Formats("en_GB")).content, world, found)

    with pytest.raises(Refused, match="was not released"):
        store.read(leak, f"As we know, {secret}")
    assert not (tmp_path / "Plan.pdf").exists()
    store.read(leak, "")
    assert (tmp_path / "Plan.pdf").exists()


def test_the_paper_follows_the_partners_country_unless_it_is_said(store: Store, tmp_path: Path) -> None:
    plan = plan_of(store)
    letter = store.read(export_plan, plan, DAY, tmp_path / "letter", paper="letter")
    usual = store.read(export_plan, plan, DAY, tmp_path / "usual")
    assert b"792" in letter.path.read_bytes() and letter.path.read_bytes() != usual.path.read_bytes()
    with pytest.raises(Refused, match="no paper"):
        store.read(export_plan, plan, DAY, tmp_path / "out", paper="a3")
