"""A spreadsheet program that computes the statement again gets our figures; one cent beside the truth is noticed."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.statement.earnings import CELLS
from partnerdesk.reports.statement.ledgers import PaymentRow
from partnerdesk.reports.statement.recalculation import PRODUCT, SLICES, SUM, recalculation
from partnerdesk.reports.statement.workbook import workbook
from tests.reports.office import Office, needs_office, recalculating
from tests.reports.statement_reader import changed, differences, formulas, parts, read
from tests.reports.statement_samples import HOSTILE, bands, line, northwind, random_lines, with_lines

D = Decimal
BRITISH = Formats("en_GB")
# Cached values of a total, a row, a balance, a check and a line.
MUTANTS = {"total": (2, "B3"), "row": (1, "D15"), "closing": (1, "E28"), "check": (1, "E31"), "line": (2, "Q6")}


def mutant(content: bytes, sheet: int, place: str) -> bytes:
    """The workbook with the cached value of one formula higher by a cent."""
    part = f"xl/worksheets/sheet{sheet}.xml"
    found = re.search(rf'<c r="{place}"[^>]*><f>[^<]*</f><v>([^<]*)</v></c>', parts(content)[part])
    assert found is not None, f"no formula in {place}"
    wrong = found[0].replace(f"<v>{found[1]}</v>", f"<v>{D(found[1]) + D('0.01')}</v>")
    return changed(content, part, found[0], wrong)


def many_shapes() -> dict[str, bytes]:
    """Statements with every shape of line, hostile texts, other locales, and nothing at all."""
    rng = random.Random(8)
    made = {
        "northwind": workbook(northwind(), BRITISH),
        "german": workbook(northwind(sample=True), Formats("de_DE")),
        "random": workbook(with_lines(northwind(), random_lines(300, 1)), BRITISH),
        "ties": workbook(with_lines(northwind(), exact_halves()), BRITISH),
        "hostile": workbook(with_lines(northwind(), random_lines(60, 2, lambda: rng.choice(HOSTILE))), BRITISH),
        "types": workbook(with_lines(northwind(), hostile_types()), BRITISH),
        "paid": workbook(northwind(payments=(paid(),)), BRITISH),
    }
    empty = northwind(history=(), uncounted=(), rules=())
    statement = replace(empty.statement, lines=(), entries=(), held=(), rows=tuple(zeroed(empty.statement.rows)))
    made["empty"] = workbook(replace(empty, statement=statement), BRITISH)
    return made


def paid() -> PaymentRow:
    """What the statement's row of payments comes to, some of it taken off by the bank."""
    return PaymentRow(
        id="P-1",
        remittance="REM-2026-0917",
        day=date(2026, 9, 17),
        method="SEPA",
        gross=D("31300"),
        tax=D(0),
        net=D("31287.50"),
        item="PR-0007-001",
        bank_reference="2026091700442",
        account="… 7947",
        fees=D("12.50"),
        statements="ST-2026-07, ST-2026-08",
        invoice="SB-2026-31",
    )


def zeroed(rows: Any) -> Iterator[Any]:
    for row in rows:
        yield replace(row, held=D(0), payable=D(0), total=D(0))


def exact_halves() -> tuple[Any, ...]:
    """Products that end in exactly half a cent, where a binary fraction falls short or goes beyond."""
    rng, found = random.Random(4), []
    while len(found) < 120:
        base, rate = D(rng.randint(1, 10_000_000)).scaleb(-2), D(rng.randint(1, 4_000)).scaleb(-4)
        if (base * rate * 100) % 1 == D("0.5"):
            amount = (base * rate).quantize(D("0.01"), ROUND_HALF_UP)
            found.append(line(f"H-{len(found)}", "UPFRONT", str(base), str(rate), str(amount)))
    return tuple(found)


def hostile_types() -> tuple[Any, ...]:
    types = ('A"B', "SORT(x", "*", "?", "~", ">5", "=1", "<>", "A", "{x}", "@y", "a b")
    return tuple(line(f"L-{n}", t, str(100 * (n + 1)), "1", str(100 * (n + 1))) for n, t in enumerate(types))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return recalculating(tmp_path_factory.mktemp("office"))


@needs_office
def test_recalculating_changes_no_figure_and_a_cent_too_much_is_noticed(office: Office) -> None:
    """One run of the office for all: the profile recalculates (the mutants prove it), and our figures stay."""
    made = many_shapes()
    wrong = {name: mutant(made["northwind"], *place) for name, place in MUTANTS.items()}
    again = office.recalculated({**made, **{f"wrong-{name}": content for name, content in wrong.items()}})
    for name, content in made.items():
        assert differences(content, again[name]) == [], name
        assert formulas(again[name]).keys() == formulas(content).keys(), f"{name}: a formula was lost"
    for name, (_, place) in MUTANTS.items():
        found = differences(wrong[name], again[f"wrong-{name}"])
        assert len(found) == 1 and f"!{place}: " in found[0], (name, found)


def test_every_line_is_recalculated_from_its_own_parts() -> None:
    document = with_lines(northwind(), random_lines(400, 9))
    kinds = {"TOPUP": {SUM}}
    for made in document.statement.lines:
        kind = recalculation(made, CELLS, 6).kind
        expected = kinds.get(made.type, {SLICES} if made.steps else {PRODUCT})
        assert kind in expected, made


def test_a_banded_line_is_its_slices_over_the_base_cell() -> None:
    base = D(63_000)
    steps = bands(base)
    made = line("L-1", "REBATE", "63000", None, "2048.00", steps=steps, factor=D("1.0"))._replace(
        computed=D("1920.00"), amount=D("1920.00")
    )
    found = recalculation(made, CELLS, 6)
    assert found.kind == SLICES
    assert found.formula == "=ROUND(ROUND((10000*0.02+40000*0.03+(I6-10000-40000)*0.04)*L6*M6,2)+O6-P6,2)"


@pytest.mark.parametrize(
    ("mode", "word"),
    [(ROUND_HALF_UP, "ROUND("), (ROUND_DOWN, "ROUNDDOWN("), (ROUND_UP, "ROUNDUP("), (ROUND_HALF_EVEN, "SIGN(")],
)
def test_the_formula_rounds_as_the_program_does(mode: str, word: str) -> None:
    base, rate = {
        ROUND_HALF_UP: ("100.50", "0.01"),  # 1.005
        ROUND_DOWN: ("100.90", "0.01"),  # 1.009
        ROUND_UP: ("100.10", "0.01"),  # 1.001
        ROUND_HALF_EVEN: ("100.50", "0.01"),
    }[mode]
    amount = (D(base) * D(rate)).quantize(D("0.01"), mode)
    formula = recalculation(line("L-1", "UPFRONT", base, rate, str(amount)), CELLS, 6).formula
    assert formula.startswith(f"=ROUND({word}")


def test_whole_amounts_and_currencies_without_cents_are_rounded_to_their_places() -> None:
    yen = line("L-1", "UPFRONT", "1234", "0.15", "185", currency="JPY", base_currency="JPY")
    assert recalculation(yen, CELLS, 6).formula == "=ROUND(ROUND(I6*K6*L6*M6,0)+O6-P6,0)"
    whole = line("L-1", "UPFRONT", "1234", "0.15", "185.00")
    assert recalculation(whole, CELLS, 6).formula == "=ROUND(ROUND(I6*K6*L6*M6,0)+O6-P6,2)"


def test_a_line_that_does_not_add_up_is_refused() -> None:
    wrong = line("L-1", "UPFRONT", "1000", "0.1", "100.01", computed=D("100.00"))
    with pytest.raises(Refused, match="Line L-1 does not add up"):
        recalculation(wrong, CELLS, 6)


def test_the_marked_cached_value_really_differs() -> None:
    """The mutant of the tests above is wrong in the one place that it names."""
    content = workbook(northwind(), BRITISH)
    assert read(mutant(content, 1, "E28")).rows["Closing balance"][2] == D("29225.01")
    assert differences(content, mutant(content, 1, "E28")) == [
        "1 Summary!E28: Decimal('29225') became Decimal('29225.01')"
    ]
