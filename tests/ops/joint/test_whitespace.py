"""The whitespace of a partner: read from the book, told by people, and made into objectives and deals."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Deal, DealLine, Fact, Partner, Product, Transaction
from partnerdesk.errors import Refused
from partnerdesk.ops.joint import plan_parts as parts
from partnerdesk.ops.joint import plan_whitespace as ops
from partnerdesk.ops.joint import plans as life
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.plans import plan_view
from partnerdesk.queries.joint.whitespace import Cell, Whitespace, whitespace
from partnerdesk.queries.pipeline.deals import deal_view

TODAY = date(2026, 11, 19)
END = date(2027, 1, 31)


def _contract(
    id: str, customer: str, product: str, partner: str = "P-1", amount: int = 10_000, end: date = END
) -> Contract:
    start = date(2026, 2, 1)
    worth = Decimal(amount)
    return Contract(
        id=id,
        partner=partner,
        customer=customer,
        product=product,
        start=start,
        end=end,
        recurring=worth,
        outcome="open",
    )


@pytest.fixture
def plan(session: Session) -> int:
    """Two customers of P-1, six of P-2 that all own Core and mostly Hub."""
    rows: list[Fact] = [Partner(id="P-1", name="Nordlys"), Partner(id="P-2", name="Kestrel")]
    rows += [Product(id=f"X-{n}", name=n) for n in ("Core", "Hub", "Api")]
    rows += [Customer(id=f"C-{n}", name=f"Customer {n}", segment="small") for n in range(1, 9)]
    rows += [_contract("K-1", "C-1", "X-Core"), _contract("K-2", "C-2", "X-Core", end=date(2026, 10, 31))]
    rows += [_contract(f"L-{n}", f"C-{n}", "X-Core", "P-2", 8_000 + n * 1_000) for n in range(3, 9)]
    rows += [_contract(f"M-{n}", f"C-{n}", "X-Hub", "P-2", 30_000) for n in range(3, 8)]
    rows += [Deal(id="D-1", partner="P-1", customer="C-1", product="X-Api", amount=Decimal(5_000))]
    add_rows(session, rows)
    return life.add_plan(session, "P-1", start=date(2026, 1, 1), end=date(2026, 12, 31), on=TODAY)


def _matrix(session: Session, plan: int | None = None) -> Whitespace:
    return whitespace(session, "P-1", TODAY, plan)


def _cell(matrix: Whitespace, customer: str, product: str) -> Cell:
    return next(c for r in matrix.rows for c in r.cells if (c.customer, c.product) == (customer, product))


def test_owned_pipeline_and_gap_are_read_from_the_book(session: Session, plan: int) -> None:
    found = _matrix(session)
    assert (found.axis, found.currency, [c.name for c in found.columns]) == ("product", "EUR", ["Api", "Core", "Hub"])
    states = {r.customer: [c.state for c in r.cells] for r in found.rows}
    assert states == {"C-1": ["pipeline", "owned", "gap"], "C-2": ["gap", "gap", "gap"]}
    assert _cell(found, "C-1", "X-Api").deals == ("D-1",)


def test_a_gap_is_worth_what_others_pay_and_names_nobody(session: Session, plan: int) -> None:
    found = _matrix(session)
    hub, core, api = (_cell(found, "C-2", f"X-{n}") for n in ("Hub", "Core", "Api"))
    assert (hub.value, hub.owners, hub.peers, hub.is_hinted) == (Decimal(30_000), 5, 7, True)
    assert core.value == Decimal(13_000) and (core.owners, core.peers) == (7, 7)
    assert api.value is None and not api.is_hinted
    assert [r.customer for r in found.rows] == ["C-2", "C-1"]  # the larger gap first
    assert [(c.name, c.gap) for c in found.columns] == [("Api", 0), ("Core", 13_000), ("Hub", 60_000)]
    assert found.gap == 73_000 == sum(r.gap for r in found.rows)


def test_a_renewal_that_is_near_moves_a_gap_up(session: Session, plan: int) -> None:
    found = _matrix(session)
    assert [r.renews for r in found.rows] == [None, END]
    assert [(c.customer, c.product) for c in found.best] == [("C-1", "X-Hub"), ("C-2", "X-Hub"), ("C-2", "X-Core")]


def test_what_a_person_said_goes_first(session: Session, plan: int) -> None:
    ops.set_cell(session, plan, "C-2", "X-Hub", value=Decimal(18_000), next_step="Workshop in March", fit="low")
    ops.set_cell(session, plan, "C-2", "X-Core", eligible=False)
    ops.set_cell(session, plan, "C-1", "X-Core", eligible=False)  # it is owned all the same
    found = _matrix(session, plan)
    hub = _cell(found, "C-2", "X-Hub")
    assert (hub.value, hub.is_typed, hub.next_step, hub.fit) == (Decimal(18_000), True, "Workshop in March", "low")
    assert _cell(found, "C-2", "X-Core").state == "not eligible"
    assert _cell(found, "C-1", "X-Core").state == "owned"
    assert found.columns[1].gap == 0
    ops.set_cell(session, plan, "C-2", "X-Hub", value=None)
    assert _cell(_matrix(session, plan), "C-2", "X-Hub").value == Decimal(30_000)
    with pytest.raises(Refused, match="worth nothing or more"):
        ops.set_cell(session, plan, "C-2", "X-Hub", value=Decimal(-1))


def test_a_gap_becomes_an_objective_that_remembers_it(session: Session, plan: int) -> None:
    id = ops.objective_from_gap(session, plan, "C-2", "X-Hub", value=Decimal(30_000))
    view = plan_view(session, plan, TODAY)
    assert view is not None
    (row,) = view.objectives
    assert (row.title, row.metric, row.unit, row.target) == (
        "Hub at Customer 2",
        "New recurring revenue",
        "EUR",
        Decimal(30_000),
    )
    assert [(link.objective, link.words) for link in view.links] == [(id, "Customer 2, Hub")]
    with pytest.raises(Refused, match="works on that already"):
        ops.link_cell(session, id, "C-2", "X-Hub")
    ops.unlink(session, view.links[0].id)
    parts.remove_objective(session, id)


def test_a_gap_becomes_a_deal_and_is_in_the_pipeline(session: Session, plan: int) -> None:
    objective = ops.objective_from_gap(session, plan, "C-2", "X-Hub")
    id = ops.deal_from_gap(session, plan, "C-2", "X-Hub", on=TODAY, value=Decimal(30_000), objective=objective)
    found = deal_view(session, id)
    assert found is not None
    deal = found.deal
    assert (deal.name, deal.customer, deal.product, deal.kind) == ("Hub for Customer 2", "C-2", "X-Hub", "cross-sell")
    assert (deal.recurring, deal.created, deal.partner) == (Decimal(30_000), TODAY, "P-1")
    cell = _cell(_matrix(session, plan), "C-2", "X-Hub")
    assert (cell.state, cell.deals) == ("pipeline", (id,))
    view = plan_view(session, plan, TODAY)
    assert view and [link.words for link in view.links] == ["Customer 2, Hub", "Hub for Customer 2"]


def test_a_purchase_counts_where_nothing_is_under_contract(session: Session, plan: int) -> None:
    add_rows(
        session,
        [
            Deal(id="D-2", partner="P-1", customer="C-1", status="won", closed=date(2026, 5, 1), amount=Decimal(900)),
            DealLine(id="N-1", deal="D-2", product="X-Hub", amount=Decimal(900)),
            Transaction(id="T-1", partner="P-1", customer="C-2", product="X-Api", day=TODAY, amount=Decimal(50)),
            Deal(
                id="D-3",
                partner="P-1",
                customer="C-2",
                product="X-Core",  # was under contract, which ended: the contract decides
                status="won",
                closed=date(2026, 1, 20),
                amount=Decimal(9_000),
            ),
        ],
    )
    found = _matrix(session)
    assert _cell(found, "C-1", "X-Hub").state == "owned"
    assert _cell(found, "C-2", "X-Api").state == "owned"
    assert _cell(found, "C-2", "X-Core").state == "gap"


def test_many_products_stand_as_families(session: Session, plan: int) -> None:
    rows = [Product(id=f"Y-{n}", name=f"Bike {n}", family="Bikes" if n % 2 else "Parts") for n in range(12)]
    deals = [
        Deal(
            id=f"E-{n}",
            partner="P-1",
            customer="C-1",
            product=f"Y-{n}",
            status="won",
            closed=date(2026, 5, 1),
            amount=Decimal(10),
        )
        for n in range(0, 12, 2)
    ]
    more = [
        Deal(id="E-99", partner="P-2", customer="C-5", product="Y-1", status="won", closed=TODAY, amount=Decimal(9))
    ]
    more += [
        Deal(
            id=f"F-{n}", partner="P-2", customer="C-5", product=f"Y-{n}", status="won", closed=TODAY, amount=Decimal(9)
        )
        for n in range(3, 12, 2)
    ]
    add_rows(session, [*rows, *deals, *more])
    found = _matrix(session, plan)
    assert (found.axis, [c.name for c in found.columns]) == ("family", ["Bikes", "Parts"])
    assert [c.state for c in next(r for r in found.rows if r.customer == "C-1").cells] == ["gap", "owned"]
    ops.set_cell(session, plan, "C-1", "Bikes", axis="family", value=Decimal(70))
    assert _matrix(session, plan).gap == 70
    id = ops.objective_from_gap(session, plan, "C-1", "Bikes", axis="family")
    assert id


def test_a_partner_with_nothing_has_no_rows(session: Session) -> None:
    add_rows(session, [Partner(id="P-9", name="Nothing", currency="SEK")])
    found = whitespace(session, "P-9", TODAY)
    assert (found.rows, found.gap, found.currency, found.best) == ((), 0, "SEK", ())
