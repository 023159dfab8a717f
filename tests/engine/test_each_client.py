"""What is looked at for each client or contract by itself: floors of its own, and what it comes to in a metric."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.facts import Contract, DealLine, Transaction
from partnerdesk.program.words import rule_words
from tests.engine.cases import both, problems, program, worked
from tests.engine.test_earning_triggers import amounts, deal, reasons, rule

AS_OF = date(2026, 12, 31)
PAY = 'base = "amount"\n[earning.bonus.rate]\n{}\n'
RECOUPED = PAY.format(
    'bands = "marginal"\nover = "ever"\neach = "contract"\nfloors_times = "contract.attributes.advance"\n'
    "steps = [{ from = 0, rate = 0 }, { from = 1, rate = 0.5 }]"
)
REPAID = PAY.format(
    'bands = "marginal"\nover = "ever"\neach = "contract"\nfloors_of = "paid"\nfloors_times = "contract.recurring"\n'
    "steps = [{ from = 0, rate = 0.5 }, { from = 2, rate = 0 }]"
)


def contract(id: str, **more: object) -> Contract:
    return Contract(id=id, partner="A", customer="C1", start=date(2026, 1, 1), **more)  # type: ignore[arg-type]


def royalty(id: str, month: int, amount: int, contract: str | None = "K", customer: str = "C1") -> Transaction:
    day = date(2026, month, 1)
    return Transaction(
        id=id, partner="A", customer=customer, kind="invoice", day=day, amount=D(amount), contract=contract
    )


def test_an_advance_is_recouped_for_each_contract_and_then_shared() -> None:
    rows = [
        contract("K", attributes={"advance": "1000"}),
        contract("L", attributes={"advance": "100"}),
        contract("M"),
        royalty("a", 1, 700),
        royalty("b", 2, 500),
        royalty("c", 3, 200),
        royalty("d", 3, 200, "L"),
        royalty("e", 3, 200, "M"),
    ]
    outcome, traced = both(rule("", '"invoice issued"', RECOUPED), rows, AS_OF)
    # Of K 300 stay above the 1,000 after b has filled them up, then all; of L 100 stay above its 100.
    assert amounts(outcome) == {"bonus:a": 0, "bonus:b": 100, "bonus:c": 100, "bonus:d": 50}
    assert reasons(traced) == {"e": "its contract's advance is not known"}
    assert "floors times its contract's" in {line.id: line.reason for line in traced.lines}["bonus:c"]


def test_an_advance_is_recouped_out_of_what_an_earning_of_its_own_pays() -> None:
    copies = rule(
        "",
        '"invoice issued"',
        'base = { attribute = "attributes.copies", times = "attributes.price" }\nrate = { bands = "marginal", '
        'over = "ever", each = "contract", floors_of = "attributes.copies", steps = '
        "[{ from = 0, rate = 0.1 }, { from = 4000, rate = 0.125 }] }",
    )
    recouped = RECOUPED.replace("rate = 0 }", "rate = -1 }").replace("rate = 0.5", "rate = 0")
    recouped = recouped.replace('base = "amount"', 'earning = "bonus"').replace("earning.bonus", "earning.recouped")
    text = copies + rule("", '"earning"', recouped).replace("[earning.bonus]", "[earning.recouped]")

    def sold(id: str, month: int, copies: str) -> Transaction:
        return replace(royalty(id, month, 0), attributes={"copies": copies, "price": "20"})

    for advance in ({"attributes": {"advance": "5000"}}, {"recurring": D(5000)}):
        named = text if "attributes" in advance else text.replace("contract.attributes.advance", "contract.recurring")
        rows = [contract("K", **advance), sold("a", 1, "2000"), sold("b", 2, "3000"), sold("c", 3, "100")]
        # 4,000 of royalties, then 2,000 x 20 x 10 % + 1,000 x 20 x 12.5 % = 6,500, and 250: 1,000 recoups the rest.
        assert amounts(worked(named, rows, AS_OF)) == {
            "bonus:a": 4000,
            "recouped:bonus:a": -4000,
            "bonus:b": 6500,
            "recouped:bonus:b": -1000,
            "bonus:c": 250,
            "recouped:bonus:c": 0,
        }


def test_it_is_paid_until_all_that_was_paid_is_twice_the_contracts_year() -> None:
    rows = [contract("K", recurring=D(100)), *(royalty(f"r{n}", n, 150) for n in (1, 2, 3, 4))]
    found = amounts(worked(rule("", '"invoice issued"', REPAID), rows, AS_OF))
    assert found == {"bonus:r1": 75, "bonus:r2": 75, "bonus:r3": 50, "bonus:r4": 0}


def test_a_number_below_zero_counts_as_zero() -> None:
    rows = [contract("K", attributes={"advance": "-5"}), royalty("a", 1, 700)]
    assert amounts(worked(rule("", '"invoice issued"', RECOUPED), rows, AS_OF)) == {"bonus:a": 350}


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ('floors_times = "contract.outcome"', "is no number"),
        ('floors_times = "contract.nothing"', "nothing"),
        ('floors_times = "deal.amount"\nby = "spent"', "the floors are those of a metric"),
    ],
)
def test_floors_that_cannot_be_multiplied(bands: str, said: str) -> None:
    text = rule(
        "", '"invoice issued"', PAY.format(f'bands = "marginal"\n{bands}\nsteps = [{{ from = 0, rate = 0.1 }}]')
    )
    assert [p for p in problems(SPENT + text) if said in str(p)], problems(SPENT + text)


SPENT = (
    '[metric.spent]\nsays = "Large clients of the year"\nof = "transaction"\nwindow = "year to date"\n'
    'groups = { by = "customer", keep = { at_least = 500 } }\n'
)


@pytest.mark.parametrize(
    ("keys", "paid", "reason"),
    [
        ('among = "spent"', {"b", "c"}, "its customer does not count in Large clients of the year"),
        ('without = "spent"', {"a", "d"}, "its customer counts in Large clients of the year"),
    ],
)
def test_only_clients_that_count_in_a_metric_by_themselves(keys: str, paid: set[str], reason: str) -> None:
    rows = [
        royalty("a", 1, 300),
        royalty("b", 2, 300),  # 600 of C1 by then
        royalty("c", 3, 300),
        royalty("d", 3, 300, None, "C2"),
    ]
    outcome, traced = both(SPENT + rule(keys, '"invoice issued"'), rows, AS_OF)
    assert set(amounts(outcome)) == {f"bonus:{id}" for id in paid}
    assert set(reasons(traced).values()) == {reason} and set(reasons(traced)) == {"a", "b", "c", "d"} - paid


def test_the_client_of_a_line_is_that_of_its_deal() -> None:
    rows = [
        royalty("a", 1, 600),
        deal("D", date(2026, 2, 1)),
        DealLine(id="l", deal="D", partner="A", day=date(2026, 2, 1), amount=D(100)),
    ]
    text = rule('among = "spent"', '{ fact = "deal_line", day = "day" }')
    assert amounts(worked(SPENT + text, rows, AS_OF)) == {"bonus:l": 10}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (rule('among = "none"'), "none is not defined"),
        (rule('among = "all"'), "all has no groups"),
        (rule('without = "spent"', '"period end"', "amount = 5"), "it looks at a fact"),
        (rule('among = "spent"', '"certification awarded"', "amount = 5"), "customer"),
        (rule('among = "earned"', '"invoice issued"'), "the earning rests on what it pays itself"),
    ],
)
def test_groups_that_an_event_cannot_be_in(text: str, said: str) -> None:
    more = '[metric.all]\nsays = "All"\nof = "transaction"\n'
    more += '[metric.earned]\nsays = "Earned"\nof = "earning"\nwhere = { earning = "bonus" }\n'
    more += 'groups = { by = "customer", keep = { below = 100 } }\n'
    assert [p for p in problems(SPENT + more + text) if said in str(p)], problems(SPENT + more + text)


def test_the_words_name_clients_and_floors() -> None:
    text = SPENT + rule('without = "spent"', '"invoice issued"', 'base = "amount"') + RECOUPED.removeprefix(PAY[:16])
    (said,) = [found for found in rule_words(program(text)) if found.key == "earning.bonus"]
    assert "It is earned only of a customer that does not count in large clients of the year" in said.sentence
    assert "each floor times the contract's" in said.sentence
