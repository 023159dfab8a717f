"""The statement on two pages: what it says ties with the workbook's document, nothing is clipped, nothing is lost."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from partnerdesk.engine.outcome.earned import Workings
from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.page import Placed
from partnerdesk.reports.statement import phrases
from partnerdesk.reports.statement.document import DRAFT, StatementDocument
from partnerdesk.reports.statement.printed import Composed, compose, front
from tests.reports.statement_samples import northwind, random_lines, with_lines

ENGLISH = Formats("en_GB", english=True)


def texts(made: Composed, page: int) -> list[str]:
    return [placed.text for placed in made.placed if placed.page == page]


def numbers(placed: list[str]) -> list[Decimal]:
    """The amounts that stand alone in a text, parentheses as a minus sign."""
    found = []
    for text in placed:
        match = re.fullmatch(r"(\()?([\d,]+\.\d\d)\)?", text)
        if match:
            amount = Decimal(match.group(2).replace(",", ""))
            found.append(-amount if match.group(1) else amount)
    return found


def test_the_first_page_says_what_is_paid_and_what_is_held() -> None:
    made = compose(northwind(), ENGLISH)
    words = " ".join(texts(made, 1))
    assert "31,300.00 paid for September 2026;" in words.replace("\u00a0", " ")
    assert "29,225.00 is held, released by 31 Mar 2027" in words.replace("\u00a0", " ")
    assert "We answer within 20 days;" in words, "the unit of the program and of the clock"
    for row in northwind().statement.rows:
        assert row.label in texts(made, 1)
    assert {placed.page for placed in made.placed} == {1, 2}
    assert made.faults == ()


def test_what_corrections_take_from_later_releases_is_not_called_held() -> None:
    document = northwind()
    *rows, closing = document.statement.rows
    rows = (*rows, replace(closing, held=Decimal("-124.23")))
    below = replace(document, statement=replace(document.statement, rows=rows))
    assert (
        front.title(below, ENGLISH)
        .replace("\u00a0", " ")
        .endswith("; 124.23 will be taken from what is released later")
    )
    assert front._key_figures(below, ENGLISH)[-1].note == "taken from later releases"


def test_holds_that_add_up_to_nothing_are_no_nothing_held() -> None:
    document = northwind()
    *rows, closing = document.statement.rows
    rows = (*rows, replace(closing, held=Decimal(0)))
    none = replace(document, statement=replace(document.statement, rows=rows))
    assert front._key_figures(none, ENGLISH)[-1].note == phrases.held_words(none, ENGLISH) == "holds offset each other"
    over = tuple(replace(hold, remaining=Decimal(0)) for hold in none.statement.held)
    for held in ((), over):  # none, or those that released or lost all they had
        empty = replace(none, statement=replace(none.statement, held=held))
        assert front._key_figures(empty, ENGLISH)[-1].note == phrases.held_words(empty, ENGLISH) == "nothing held"


def test_what_is_released_in_full_is_no_row_of_what_is_held() -> None:
    document = northwind()
    first, *others = document.statement.held
    done = replace(document.statement, held=(replace(first, line="L-DONE", remaining=Decimal(0)), *others))
    assert "L-DONE" not in texts(compose(replace(document, statement=done), ENGLISH), 2)


def test_a_line_tells_all_that_its_base_is_multiplied_by() -> None:
    first, second, third, *others = northwind().statement.lines
    split = first._replace(share=Decimal("0.3"), factor=Decimal("1.25"))
    third, whole = third._replace(share=Decimal("0.3333")), second._replace(share=Decimal(1), factor=Decimal(1))
    rates = [ENGLISH.percent(line.rate, 2) if line.rate is not None else "–" for line in (split, whole, third)]
    words = texts(compose(with_lines(northwind(), (split, whole, third, *others)), ENGLISH), 2)
    for told in (f"{rates[0]} × 1.25 × 30%", rates[1], f"{rates[2]} × 33.33%"):
        assert told in words


def test_the_rate_on_what_is_counted_is_no_percent() -> None:
    first, *others = northwind().statement.lines
    lots = first._replace(base=Decimal(20), base_unit="lots", rate=Decimal("0.50"), amount=Decimal(10))
    words = texts(compose(with_lines(northwind(), (lots, *others)), ENGLISH), 2)
    assert "0.50" in words and "50.00%" not in words


def test_a_line_tells_what_limits_made_of_it() -> None:
    first, second, third, fourth, *others = northwind().statement.lines
    capped = first._replace(
        computed=Decimal("1200"),
        effect=Decimal("-200"),
        amount=Decimal("1000"),
        effect_note="Yearly cap of 5,000.00 EUR reached",
    )
    raised = second._replace(workings=Workings(least=second.computed))
    further = third._replace(workings=Workings(paid=Decimal("300")))
    free = fourth._replace(workings=Workings(least=Decimal("0.01"), most=Decimal("999999")))
    said = [phrases.limit_words(line, ENGLISH) for line in (capped, raised, further, free)]
    least = ENGLISH.amount(second.computed)
    assert said == [
        "1,200.00 before limits, Yearly cap of 5,000.00 EUR reached",
        f"{least} is the least that a line pays",
        "less 300.00 paid before",
        "",
    ]
    made = compose(with_lines(northwind(), (capped, raised, further, free, *others)), ENGLISH)
    words = re.sub(r"\s+", " ", " ".join(texts(made, 2)))
    assert "Yearly cap" in words and "before limits" in words and f"{least} is the least" in words
    assert made.faults == () and {placed.page for placed in made.placed} == {1, 2}


def test_what_was_paid_of_the_statement_before_is_not_what_this_one_makes_payable() -> None:
    document = northwind()
    opening, *between, paid, closing = document.statement.rows
    rows = (
        replace(opening, payable=Decimal("7961.69")),
        *between,
        replace(paid, payable=Decimal("-7961.69"), total=Decimal("-7961.69")),
        replace(closing, payable=Decimal("31300.00")),
    )
    first, *later = document.statement.held
    undated = replace(first, schedule=())
    changed = replace(document, statement=replace(document.statement, rows=rows, held=(undated, *later)))
    title, days = front.title(changed, ENGLISH), [day for hold in later for day, _ in hold.schedule]
    told = "EUR 31,300.00 payable after September 2026; 29,225.00 is held, first release "
    assert title.replace("\u00a0", " ").startswith(told)
    assert title.endswith(ENGLISH.day(min(days))) and min(days) < max(days)
    assert phrases.reference_words(changed, rows[-2]) == "REM-2026-0917 for ST-2026-08"


def test_the_second_page_adds_up_to_the_ledger() -> None:
    document = northwind()
    amounts = numbers(texts(compose(document, ENGLISH), 2))
    assert sum(line.amount for line in document.statement.lines) in amounts
    assert document.statement.rows[-1].held in amounts


@pytest.mark.parametrize("count", [0, 1, 2, 30, 31, 60, 400])
def test_lines_that_do_not_fit_are_one_row_that_names_their_sheet(count: int) -> None:
    document = with_lines(northwind(), random_lines(count, seed=count))
    made = compose(document, ENGLISH)
    assert made.faults == ()
    assert {placed.page for placed in made.placed} == {1, 2}
    total = sum((line.amount for line in document.statement.lines), Decimal(0))
    said = texts(made, 2)
    if count > 1:
        assert total in numbers(said)
    left = "more, on sheet 2 of the workbook" in " ".join(said)
    assert left == (count >= 60) or count in (30, 31)


@pytest.mark.parametrize("seed", range(12))
def test_random_statements_fit_their_two_pages(seed: int) -> None:
    """Up to thirty types of earnings: the roll-forward grows, the chart gives way."""
    kinds = [f"KIND{n:02}" for n in range(1 + seed * 2)]
    lines = [line._replace(type=kinds[i % len(kinds)]) for i, line in enumerate(random_lines(60, seed))]
    made = compose(with_lines(northwind(), tuple(lines)), ENGLISH)
    assert made.faults == ()
    assert max(placed.page for placed in made.placed) == 2


def test_a_long_name_stays_in_its_room() -> None:
    document = replace(northwind(), legal_name="Gesellschaft für besonders lange Namen " * 4, payer="Halden " * 30)
    assert compose(document, ENGLISH).faults == ()


def test_a_legal_name_of_eighty_letters_is_told_whole() -> None:
    name = "Gesellschaft für die Zusammenarbeit mit Versicherungen und Krankenhäusern mbH KG"
    made = compose(replace(northwind(), legal_name=name), ENGLISH)
    assert made.faults == ()
    assert f"{name}, {northwind().statement.partner}" in " ".join(texts(made, 1))


def test_days_stay_whole_beside_long_words_and_large_amounts() -> None:
    document = northwind()
    lines = document.statement.lines
    long = [
        line._replace(says="Anchor commission on new business of the northern harbours", base=Decimal("1543209.87"))
        for line in lines
    ]
    wordy = {id: replace(d, customer="Port Authority of the Northern Gulf " * 3) for id, d in document.details.items()}
    made = compose(replace(document, statement=replace(document.statement, lines=tuple(long)), details=wordy), ENGLISH)
    second = {text.replace("\u00a0", " ") for text in texts(made, 2)}
    assert {ENGLISH.day(line.event).replace("\u00a0", " ") for line in lines} <= second


def test_the_same_document_gives_the_same_bytes_and_a_draft_says_so() -> None:
    assert compose(northwind(), ENGLISH).content == compose(northwind(), ENGLISH).content
    draft = compose(replace(northwind(), status=DRAFT), ENGLISH)
    assert draft.content != compose(northwind(), ENGLISH).content
    assert any("DRAFT" in text for text in texts(draft, 1))


def test_a_statement_that_does_not_tie_is_refused() -> None:
    document: StatementDocument = northwind()
    rows = document.statement.rows
    broken = (*rows[:-1], replace(rows[-1], total=rows[-1].total + 1))
    with pytest.raises(Refused):
        compose(replace(document, statement=replace(document.statement, rows=broken)), ENGLISH)


def test_what_a_partner_writes_is_text() -> None:
    document = replace(northwind(), legal_name='R&D <b>Labs</b> <img src="file:///dev/zero">')
    placed: list[Placed] = [p for p in compose(document, ENGLISH).placed if p.text.startswith("R&D")]
    assert placed and all("<b>Labs</b>" in p.text for p in placed)
