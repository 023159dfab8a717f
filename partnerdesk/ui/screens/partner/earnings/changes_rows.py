"""What moved between two points as rows of a table and as a waterfall, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from partnerdesk.engine.trace import name
from partnerdesk.reports.differences import CAUSE_WORDS, part_words, tier_words
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.widgets.canvas import ChartData
from partnerdesk.ui.widgets.chart import Chart

if TYPE_CHECKING:
    from partnerdesk.ops.statements.differences import Compared, Point
    from partnerdesk.reports.format import Formats

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One line that a cause moved; `figure` names its place in the difference: step, part, line.

    `rule` is the rule that a program version changed.
    """

    figure: str
    cause: str
    rule: str
    because: str
    id: str
    says: str
    day: date
    customer: str
    tier: str
    before: Decimal
    after: Decimal
    amount: Decimal


def moved_rows(found: "Compared", formats: "Formats") -> Iterator[MovedRow]:
    """The lines in the order of the causes."""
    for s, step in enumerate(found.found.steps):
        for p, part in enumerate(step.parts):
            because = part_words(step.cause, part, found.titles, formats)
            for n, line in enumerate(part.lines):
                yield MovedRow(
                    name("moved", str(s), str(p), str(n)),
                    CAUSE_WORDS[step.cause],
                    part.rule,
                    because,
                    line.id,
                    line.says,
                    line.day,
                    found.customers.get(line.customer or "", ""),
                    tier_words(line),
                    line.before,
                    line.after,
                    line.amount,
                )


def point_words(point: "Point", formats: "Formats") -> str:
    """`September 2026` for a closed statement, `today`, or a day."""
    if point.says:
        return point.says
    if point.closed is not None:
        return period_words(point.key, formats)
    return "today" if point.key == "today" else formats.day(point.day)


def changes_chart(chart: Chart, found: "Compared", formats: "Formats", title: str = "") -> None:
    """From the first amount to the second one in the order of the causes; titled by what was found."""
    from partnerdesk.reports.charts.waterfall import Kind, Step, Waterfall, earnings_waterfall

    first, last = point_words(found.before, formats), point_words(found.after, formats)
    difference = found.found

    def balance(label: str, amount: Decimal) -> Step:
        words = formats.number(amount, 0)
        return Step(label[:1].upper() + label[1:], amount, "balance", words, formats.compact(amount), held=ZERO)

    steps = [balance(first, difference.start)]
    for step in difference.steps:
        kind: Kind = "paid" if step.cause == "payment" else "adjusted"
        words = formats.signed(step.amount, 0)
        steps.append(Step(CAUSE_WORDS[step.cause], step.amount, kind, words, formats.compact(step.amount)))
    steps.append(balance(last, difference.end))
    titles = [first, *(CAUSE_WORDS[step.cause] for step in difference.steps), last]
    amounts = [difference.start, *(step.amount for step in difference.steps), difference.end]
    rows = tuple((title, formats.accounting(amount)) for title, amount in zip(titles, amounts, strict=True))
    summary = "What changed: " + ", ".join(f"{title} {step.says}" for title, step in zip(titles, steps, strict=True))
    shown = ChartData(earnings_waterfall, Waterfall(tuple(steps)), summary, ("Cause", "Amount"), rows)
    chart.show_chart(title or finding(found, formats), difference.currency, shown)


def finding(found: "Compared", formats: "Formats") -> str:
    """How much more or less it is, and which cause moved most."""
    difference, since = found.found, point_words(found.before, formats)
    if not difference.steps:
        return f"Nothing moved since {since}"
    most = max(difference.steps, key=lambda step: abs(step.amount))
    cause = f"{CAUSE_WORDS[most.cause].lower()} moved most, {formats.signed(most.amount, 0)}"
    if not difference.total:
        return f"The same amount as {since}; {cause}"
    return f"{formats.signed(difference.total, 0)} since {since}; {cause}"
