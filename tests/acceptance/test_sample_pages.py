"""Amounts on the pages that a partner receives are those of engine, closed statements and screens, cell by cell."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.whole import Evaluation, Outcome
from partnerdesk.ops.gate.own_ground import own_ground
from partnerdesk.ops.pack.exports import export_pack, pack_to_print
from partnerdesk.ops.pack.laid import laid_out
from partnerdesk.ops.pack.onepage_exports import export_digest
from partnerdesk.ops.plan.documents import export_plan, plan_named
from partnerdesk.queries.facts import facts
from partnerdesk.queries.funds.accounts import funds
from partnerdesk.queries.joint.whitespace import Whitespace, whitespace
from partnerdesk.queries.outlook import outlook
from partnerdesk.store import Store
from tests.acceptance.printed import MARKS, Printed
from tests.acceptance.rollforward import rollforward
from tests.acceptance.sample_money import Money
from tests.acceptance.sample_world import AS_OF

PARTNER, LOCALE = "P-02", "fr_FR"
ABROAD, END = "P-14", date(2026, 9, 30)
QUARTER, BEFORE, MONTHS = "2026Q3", "2026Q2", ("2026-07", "2026-08", "2026-09")
NAMES = ("July", "August", "September")
HALF = 480  # points from the left edge, where the right half of a page begins
SUMMARY, SCORE, EARNINGS, PIPELINE, OUTLOOK = 0, 2, 3, 5, 6


@dataclass(frozen=True)
class Pack:
    """The printed pack beside the figures that it must show."""

    printed: Printed
    figures: Outcome

    def metric(self, label: str, quarter: str = QUARTER) -> Decimal:
        """The measure of a quarter by the name that pages give it; a share in per cent."""
        found = next(m for (_, period), m in self.figures.metrics.items() if period == quarter and m.label == label)
        assert found.value is not None
        return found.value * 100 if found.unit == "%" else found.value

    def says(self, written: str, exact: Decimal | Fraction) -> None:
        wanted = Decimal(exact.numerator) / exact.denominator if isinstance(exact, Fraction) else exact
        assert self.printed.says(written, wanted), f"{written} is not {wanted}"


@pytest.fixture(scope="module")
def pack(book: Store, figures: Evaluation[Decimal], tmp_path_factory: pytest.TempPathFactory) -> Pack:
    made = book.read(export_pack, PARTNER, QUARTER, AS_OF, tmp_path_factory.mktemp("pack"))
    return Pack(Printed(made.path.read_bytes(), MARKS[LOCALE]), figures.partners[PARTNER])


def months_of(by_hand: dict[str, Money], *keys: str) -> list[Fraction]:
    """Movements of the quarter's months, as the hand computed them from the rows alone."""
    by_month = rollforward(by_hand[PARTNER])
    return [sum((n for (key, _), n in by_month[m].items() if key.startswith(keys)), Fraction()) for m in MONTHS]


def test_the_key_figures_of_the_first_page(pack: Pack, by_hand: dict[str, Money]) -> None:
    page = pack.printed
    for label in ("Joint revenue of the quarter", "Renewal rate", "Deployment quality"):
        now, before = pack.metric(label), pack.metric(label, BEFORE)
        value, change, *_ = page.below(SUMMARY, label)
        pack.says(value, now)
        moved = (now / before - 1) * 100 if "revenue" in label else now - before
        pack.says(change.split(" ")[0].removesuffix("\u202f%"), moved)
    value, change, *_ = page.below(SUMMARY, "Score")
    total, before = (pack.figures.scores[label].total for label in (QUARTER, BEFORE))
    pack.says(value, total), pack.says(change.split(" ")[0], total - before)
    value, _, paid, *_ = page.below(SUMMARY, "Earned")
    pack.says(value, sum(months_of(by_hand, "earned.", "topup")))
    pack.says(paid.removesuffix(" paid"), -sum(months_of(by_hand, "paid")))


def test_every_component_of_the_score(pack: Pack) -> None:
    score = pack.figures.scores[QUARTER]
    for part in score.components:
        measure, points, weight, adds, left = pack.printed.line(SCORE, part.label)
        assert part.measured is not None
        pack.says(measure, part.measured * 100), pack.says(points, part.points)
        share = part.weight / 100
        pack.says(weight, share), pack.says(adds, part.adds), pack.says(left, share * 100 - part.adds)
    assert len(score.components) == 4
    _, adds, left = pack.printed.line(SCORE, "Score")
    whole = sum(part.adds for part in score.components)  # the score is this sum, rounded as the program says
    pack.says(adds, whole), pack.says(left, 100 - whole), pack.says(f"{score.total}".replace(".", ","), whole)


def test_every_movement_of_the_three_statements(pack: Pack, by_hand: dict[str, Money]) -> None:
    moved = {
        "earned": months_of(by_hand, "earned.", "topup"),
        "clawed": months_of(by_hand, "clawback"),
        "adjusted": months_of(by_hand, "adjusted"),
        "paid": months_of(by_hand, "paid"),
    }
    opening, closing = months_of(by_hand, "opening"), months_of(by_hand, "closing")
    for n, name in enumerate(NAMES):
        number, *cells = pack.printed.line(EARNINGS, name)
        assert number == f"ST-{MONTHS[n]}"
        wanted = [opening[n], *(amounts[n] for amounts in moved.values()), closing[n]]
        for cell, amount in zip(cells, wanted, strict=True):
            pack.says(cell, amount) if cell != "–" else pytest.fail(cell) if amount else None
    cells = pack.printed.line(EARNINGS, "Third quarter")
    for cell, amount in zip(cells, [opening[0], *map(sum, moved.values()), closing[-1]], strict=True):
        assert (cell == "–" and not amount) or pack.says(cell, Fraction(amount)) is None


def test_every_open_deal_and_the_open_ground_are_those_of_the_screen(pack: Pack, book: Store) -> None:
    page = pack.printed
    world = book.read(facts, PARTNER)
    names = {c.id: c.name for c in world.of("customer")}
    open_ones = [d for d in world.of("deal") if d.status == "open" and d.partner == PARTNER]
    for deal in open_ones:
        pack.says(page.line(PIPELINE, names[deal.customer], right=HALF)[2], deal.amount)
    assert len(open_ones) == 3
    pack.says(page.line(PIPELINE, "Pipeline", right=HALF)[0], sum(d.amount for d in open_ones))

    def ground(session: Session) -> Whitespace:
        plan = plan_named(session, PARTNER, AS_OF)  # what it says of a cell counts
        return own_ground(session, PARTNER, whitespace(session, PARTNER, AS_OF, plan))

    found = book.read(ground)
    for row in (row for row in found.rows if row.gap):
        *gaps, total = page.line(PIPELINE, row.name, left=HALF)
        pack.says(f"{total}k", row.gap)
        wanted = [cell.value for cell in row.cells if cell.state == "gap"]
        for written, value in zip(gaps, wanted, strict=True):
            pack.says(f"{written}k", value)
    *columns, total = page.line(PIPELINE, "Open ground", left=HALF)
    pack.says(f"{total}k", found.gap)
    for written, column in zip(columns, found.columns, strict=True):
        pack.says(f"{written}k", column.gap)


def test_what_may_be_earned_and_what_the_fund_holds(pack: Pack, book: Store) -> None:
    data = book.read(pack_to_print, PARTNER, QUARTER, AS_OF).pack
    fan = data.outlook.fan  # type: ignore[union-attr]
    assert fan is not None
    now, then = fan.scenarios[0].bands
    cells = pack.printed.line(OUTLOOK, "As is", left=500)[-4:]
    for written, amount in zip(cells, (now.p10, now.p50, now.p90, then.p50), strict=True):
        pack.says(written, amount)
    (account,) = book.read(funds, AS_OF, PARTNER).funds
    head = next(text for text in pack.printed.texts(OUTLOOK) if "allocated" in text)
    pack.says(head.partition(":")[2].partition("EUR")[0], account.issued)
    for word, amount in (("paid", account.paid), ("claimed", account.claimed)):
        pack.says(pack.printed.above(OUTLOOK, word), amount)


def test_where_the_plan_stands_and_what_the_digest_says(
    pack: Pack, book: Store, by_hand: dict[str, Money], tmp_path: Path
) -> None:
    made = book.read(export_plan, book.read(plan_named, PARTNER, AS_OF), AS_OF, tmp_path)
    plan = Printed(made.path.read_bytes(), MARKS[LOCALE])
    quarters = ("2025Q4", "2026Q1", "2026Q2", "2026Q3")
    revenue = [pack.metric("Joint revenue of the quarter", label) for label in quarters]
    for label, amount in zip(quarters, revenue, strict=True):
        pack.says(plan.line(1, f"{label[4:]} {label[2:4]}")[0], amount)
    pack.says(plan.line(1, "Together")[0], sum(revenue))
    score = pack.figures.scores[QUARTER].total
    pack.says(plan.line(1, "Score of Q3 26", left=200)[0], score)
    digest = book.read(export_digest, PARTNER, AS_OF, tmp_path)
    page = Printed(digest.path.read_bytes(), MARKS[LOCALE])
    assert any(page.says(text, score) for text in page.texts(0) if text[:1].isdecimal() and len(text) < 6)
    money = " ".join(page.below(0, "Money"))
    earned, paid = months_of(by_hand, "earned.", "topup")[-1], -months_of(by_hand, "paid")[-1]
    said = money.partition(" 2026 ")[2].partition(" EUR")[0], money.partition("Paid ")[2].partition(". ")[0]
    pack.says(said[0], earned), pack.says(said[1], paid)


@pytest.fixture(scope="module")
def abroad(book: Store) -> tuple[Printed, tuple[str, ...]]:
    """The pack of a partner whose deals are in another currency than the program, and the keys of its pages."""
    made = laid_out(book.read(pack_to_print, ABROAD, QUARTER, AS_OF))
    return Printed(made.content, MARKS["en_GB"]), made.pages


def last_rate(book: Store, currency: str, day: date) -> Decimal:
    """What one unit costs in euros by the newest rate up to a day, by hand."""
    rates = book.read(facts, None, kinds=("exchange_rate",)).of("exchange_rate")
    known = [r for r in rates if r.base == currency and r.quote == "EUR" and r.day is not None and r.day <= day]
    if known:
        return max(known, key=lambda r: r.day).rate
    turned = [r for r in rates if r.base == "EUR" and r.quote == currency and r.day is not None and r.day <= day]
    return 1 / max(turned, key=lambda r: r.day).rate


def test_deals_in_another_currency_say_both_amounts(abroad: tuple[Printed, tuple[str, ...]], book: Store) -> None:
    """The open ones on their own page in the program's currency, all in the list at the end in both."""
    page, keys = abroad
    world = book.read(facts, ABROAD)
    names = {c.id: c.name for c in world.of("customer")}
    shown = [d for d in world.of("deal") if d.status == "open" or (d.closed and date(2026, 7, 1) <= d.closed <= END)]
    assert {d.currency for d in shown} == {"GBP"}
    for deal in shown:
        worth = deal.amount * last_rate(book, "GBP", deal.closed or AS_OF)
        own, here = page.line(len(keys) - 1, deal.id)[-3:-1]
        assert own.endswith("GBP") and page.says(own.removesuffix("GBP"), deal.amount), deal.id
        assert page.says(here, worth), deal.id
        if deal.status == "open":
            first = names[deal.customer].partition(" ")[0]  # of a name on two lines
            assert page.says(page.line(keys.index("pipeline"), first, right=HALF)[2], worth)


def test_renewals_and_both_runs_are_those_of_the_book(abroad: tuple[Printed, tuple[str, ...]], book: Store) -> None:
    page, keys = abroad
    world = book.read(facts, ABROAD)
    until = AS_OF + timedelta(days=180)
    due = [c for c in world.of("contract") if c.outcome == "open" and c.end and c.end <= until and c.recurring]
    values = [c.recurring * last_rate(book, c.currency, AS_OF) for c in due]
    cells = page.line(keys.index("renewals"), "Due in 180 days")
    assert page.says(cells[0], sum(values)) and len(due) == 3
    ahead = book.read(outlook, ABROAD, AS_OF)
    for name, run in (("Scheduled", ahead.scheduled), ("If all closes", ahead.all_closes)):
        earned, payable = page.line(keys.index("outlook"), name, left=500)[-1].split(", ")
        assert page.says(earned.removesuffix(" earned"), run.earned), name
        assert page.says(payable.removesuffix(" payable"), run.payable), name
