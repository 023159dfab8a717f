"""What a stream is changes from one version to the next, which is for new streams only: each event is paid once."""

from datetime import date
from decimal import Decimal as D

import pytest

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import Transaction
from partnerdesk.engine.semantics import KEEPS_STREAMS
from tests.engine.cases import facts, program, worked

AS_OF = date(2025, 12, 31)
VERSION = """program = "p"
version = "{number}"
effective_from = {day}
[earning.fee]
says = "Fee"
type = "FEE"
on = "invoice issued"
base = "amount"
rate = {rate}
stream = "{stream}"
where = {{ product = "{product}" }}
"""
NEW = '[transition]\napplies_to = "new streams"\n'


def versions(*streams: str, products: str = "PP") -> tuple[str, str]:
    first, second = zip(streams, products, strict=True)
    return (
        VERSION.format(number=1, day="2025-01-01", rate=0.1, stream=first[0], product=first[1]),
        VERSION.format(number=2, day="2025-07-01", rate=0.2, stream=second[0], product=second[1]) + NEW,
    )


def invoice(id: str, day: date, contract: str, product: str = "P") -> Transaction:
    known = {"partner": "A", "customer": "C", "kind": "invoice", "currency": "EUR"}
    return Transaction(id=id, day=day, amount=D(100), contract=contract, product=product, **known)  # type: ignore[arg-type]


OLD = invoice("I1", date(2025, 2, 1), "K1")
FOLLOWING, ANOTHER = invoice("I2", date(2025, 8, 1), "K1"), invoice("I3", date(2025, 9, 1), "K2")


@pytest.mark.parametrize(
    ("streams", "paid"),
    [
        (("contract", "contract"), [("fee:I1", 10), ("fee:I2", 10), ("fee:I3", 20)]),
        (("customer", "customer"), [("fee:I1", 10), ("fee:I2", 10), ("fee:I3", 10)]),
        (("customer", "contract"), [("fee:I1", 10), ("fee:I2", 10), ("fee:I3", 10)]),  # I3 was paid by both
        (("contract", "customer"), [("fee:I1", 10), ("fee:I2", 10), ("fee:I3", 20)]),  # and here by neither
    ],
)
def test_what_a_stream_is_the_version_says_that_keeps_it(streams: tuple[str, str], paid: list[tuple[str, int]]) -> None:
    found = worked(versions(*streams), [OLD, FOLLOWING, ANOTHER], AS_OF)
    assert [(line.id, line.amount) for line in found.lines] == paid


def test_a_stream_began_with_what_the_version_before_paid_for() -> None:
    """The next version pays for another product: what it pays for first is no beginning of what goes on."""
    rows = [OLD, invoice("I4", date(2025, 8, 1), "K1", "Q")]
    found = worked(versions("contract", "contract", products="PQ"), rows, AS_OF)
    assert [line.id for line in found.lines] == ["fee:I1"]


def test_a_statement_that_was_closed_before_is_computed_as_it_was() -> None:
    programs = [program(text) for text in versions("customer", "contract")]
    found = evaluate(programs, facts([OLD, ANOTHER]), AS_OF, semantics=KEEPS_STREAMS - 1).partners["A"]
    assert [line.amount for line in found.lines] == [10, 10, 20]
