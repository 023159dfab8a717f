"""What a figure of an outcome is called by people, on the command line and in a program's cases."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from partnerdesk.engine.built_in import ASKED_FIRST
from partnerdesk.engine.figures.arithmetic import FIGURES
from partnerdesk.engine.figures.figure import Figure
from partnerdesk.engine.figures.reasons import amount_words
from partnerdesk.engine.fiscal import MONTHS
from partnerdesk.engine.money import ZERO
from partnerdesk.engine.outcome import PAYABLE, EarningLine, Payout, Statement
from partnerdesk.engine.settling.statement import LAPSED, OPENED, SELDOM, TAX_WITHHELD
from partnerdesk.engine.trace import PAYOUT_COLUMNS, find
from partnerdesk.engine.whole import Traced

Answer = Figure | str | date | None
AT_RISK = "at_risk"
_SELDOM = dict(zip(SELDOM, (OPENED, LAPSED, TAX_WITHHELD), strict=True))
_BUCKETS = {"": "total", "total": "total", "held": "held", "payable": "payable"}  # of a row, by what follows its name


def named_figures(outcome: Traced, asked: str) -> list[tuple[str, Figure]]:
    """All figures of one partner that `asked` names.

    The id of an earning line or an entry; `score` or a metric, for every period, or with `:PERIOD` for one (of a metric
    any month, quarter, half or year); or `PERIOD:ROW` for the total of a statement's row, such as `2026-09:closing`,
    and `2026-09:closing.held` or `.payable` for one bucket of it; `at_risk` for what clawbacks could still take; else
    a name as cases use it, with or without `:PERIOD` or `PERIOD:`, such as `payout.owed:2026-09`. The window's own
    names (`engine.trace`), such as `row|closing|held|2026-09`, are known too.
    """
    if "|" in asked and (figure := _by_window_name(outcome, asked)) is not None:
        return [(asked, figure)]
    return list(_by_name(outcome, asked)) or _by_short_name(outcome, asked)


def _by_name(outcome: Traced, asked: str) -> Iterator[tuple[str, Figure]]:
    yield from ((line.id, line.amount) for line in outcome.lines if line.id == asked)
    yield from ((entry.id, entry.amount) for entry in outcome.entries if entry.id == asked)
    name, _, period = asked.partition(":")
    if name == "score":
        yield from ((f"score:{p}", s.total) for p, s in outcome.scores.items() if period in ("", p))
    for metric, label in outcome.metrics:
        if metric == name and period in ("", label):
            value = outcome.metrics[metric, label].value
            if value is not None:
                yield f"{metric}:{label}", value
    if name in outcome.statements and period:
        yield from _by_row(outcome.statements[name], period, asked)
    if asked == AT_RISK and outcome.at_risk:
        yield asked, _at_risk(outcome)


def _by_row(statement: "Statement[Figure]", named: str, asked: str) -> Iterator[tuple[str, Figure]]:
    """A row of a statement in all, or one bucket of it: `closing`, `closing.held`."""
    for row in statement.rows:
        for part, bucket in _BUCKETS.items():
            if named == f"{row.key}.{part}".rstrip("."):
                yield asked, getattr(row, bucket)


def _at_risk(outcome: Traced) -> Figure:
    """What clawbacks could still take: of each line the most that one cause could."""
    most = [max((risk.amount for risk in risks), key=FIGURES.value) for risks in outcome.at_risk.values()]
    return FIGURES.sum(most, outcome.currency, "At risk of clawback")


def _by_short_name(outcome: Traced, asked: str) -> list[tuple[str, Figure]]:
    name, _, period = asked.partition(":")
    if name in outcome.statements and period:
        name, period = period, name
        if name.startswith("earned.") and not lines_of(outcome, name):
            return []  # a sum of nothing would answer any name
    if name.partition(".")[0] == "payout" and not _payouts(outcome, period):
        return []  # so would this one
    try:
        found = answer(outcome, name, period)
    except (KeyError, IndexError, StopIteration):
        return []
    return [(asked, found)] if isinstance(found, Figure) else []


def _by_window_name(outcome: Traced, asked: str) -> Figure | None:
    try:
        return find(outcome, asked)
    except (KeyError, ValueError, StopIteration):
        return None


def answer(outcome: Traced, figure: str, period: str = "") -> Answer:
    """The figure of a name in a partner's explained outcome, or its text or day; None where there is none.

    `period` is a label; the last one by default, and for earned amounts all of them. Raises KeyError for a name that
    nothing has.
    """
    name, _, part = figure.partition(".")
    if name in _ANSWERS:
        return _ANSWERS[name](outcome, part, period)
    if any(metric == figure for metric, _ in outcome.metrics):
        labels = [label for metric, label in outcome.metrics if metric == figure]
        return outcome.metric_in(figure, period or labels[-1]).value
    if part in ("first", "last") and any(metric == name for metric, _ in outcome.metrics):
        return _window_day(outcome, name, part, period)
    for line in outcome.lines:
        if line.id == figure:
            return line.amount
    for entry in outcome.entries:
        if entry.id == figure:
            return entry.amount
    return _row(outcome, name, part, period)


def nearest(outcome: Traced, figure: str) -> str:
    """The name that a partner's outcome knows and that is most like one which it does not know; else empty."""
    names = [name for name, _ in outcome.metrics] + [line.id for line in outcome.lines]
    names += [row.key for statement in outcome.statements.values() for row in statement.rows]
    names += [f"earned.{line.rule.key.removeprefix('earning.')}" for line in outcome.lines]
    names += [f"fund.{name}.{column}" for name in (*outcome.funds, *outcome.ruled_funds) for column in FUND_COLUMNS]
    names += [f"benefit.{name}" for name in outcome.benefits] + [f"payout.{column}" for column in PAYOUT_COLUMNS]
    found = get_close_matches(figure, dict.fromkeys([*ASKED_FIRST, *names]), 1, 0.6)
    return found[0] if found else ""


def _score(outcome: Traced, part: str, period: str) -> Answer:
    return outcome.scores[period or list(outcome.scores)[-1]].total


def _window_day(outcome: Traced, metric: str, part: str, period: str) -> Answer:
    """The first or the last day of a metric's window."""
    found = outcome.metric_in(metric, period or [label for name, label in outcome.metrics if name == metric][-1])
    return found.days[part == "last"]


def _tier(outcome: Traced, part: str, period: str) -> Answer:
    """The tier in force, the day on which it was entered, or the day before which it cannot fall."""
    standing = outcome.standings[period or list(outcome.standings)[-1]]
    if not part:
        return standing.tier
    days = {
        "since": standing.since,
        "kept": next((review.protected_until for review in standing.reviews if not review.up), None),
    }
    return days[part]


def _reached(outcome: Traced, part: str, period: str) -> Answer:
    return outcome.standings[period or list(outcome.standings)[-1]].reached


def lines_of(outcome: Traced, figure: str, period: str = "") -> "tuple[EarningLine[Figure], ...]":
    """The earning lines that a figure is (a line's id) or sums (what is earned); none of any other figure.

    A longer period than that of a statement has the lines of all that lie in it. Raises KeyError for a shorter one.
    """
    name, _, part = figure.partition(".")
    if name == "earned":
        lines = [line for line in outcome.lines if _is_of(line, part)]
        if not period or any(line.period.label == period for line in lines):
            return tuple(line for line in lines if period in ("", line.period.label))
        first, last = _span(outcome, period) or (date.max, date.min)
        return tuple(line for line in lines if first <= line.period.start and line.period.end <= last)
    return tuple(line for line in outcome.lines if line.id == figure)


def _span(outcome: Traced, label: str) -> tuple[date, date] | None:
    """The days of a period as long as a statement's or longer; None where the partner has no such period."""
    try:
        period = outcome.views.period_of(label)
    except KeyError:
        return None
    if MONTHS[period.unit] < MONTHS[outcome.views.reckoning.terms.statements]:
        raise KeyError(label)
    return period.start, period.end


def _earned(outcome: Traced, part: str, period: str) -> Answer:
    lines = lines_of(outcome, f"earned.{part}", period)
    return FIGURES.sum([line.amount for line in lines], outcome.currency, "earned")


def _is_of(line: "EarningLine[Figure]", rule: str) -> bool:
    return not rule or line.rule.key in (f"earning.{rule}", rule)


def _row(outcome: Traced, name: str, part: str, period: str) -> Answer:
    statement = outcome.statements[period or list(outcome.statements)[-1]]
    if part not in _BUCKETS:
        raise KeyError(part)
    if name in SELDOM and not any(row.key == name for row in statement.rows):
        none = FIGURES.sum([], outcome.currency, _SELDOM[name])
        return FIGURES.because(none, f"there is nothing of it in {statement.period}")
    amount: Figure = getattr(statement.row(name), _BUCKETS[part])
    return amount


def _payout(outcome: Traced, part: str, period: str) -> Answer:
    """What a settlement period pays, of all types together; or another amount or day of it."""
    found = _payouts(outcome, period or list(outcome.payouts.values())[-1].period.label)
    if part in ("day", "cut"):
        day: date = getattr(found[0], part)
        return day
    name = part or "paid"
    amount = FIGURES.sum([_amount(payout, name) for payout in found], outcome.currency, name)
    return FIGURES.because(amount, _why(found, name))


def _why(found: "list[Payout[Figure]]", name: str) -> str:
    """Why so much is paid, carried, invoiced or lost, and what is withheld of what is paid."""
    if name not in ("paid", "carried", "invoiced", "lost"):
        return ""
    withheld = sum((payout.withheld.value for payout in found), ZERO) if name == "paid" else ZERO
    tax = f"{amount_words(withheld, found[0].withheld.unit)} of it are withheld as tax" if withheld else ""
    return "; ".join(filter(None, [*dict.fromkeys(payout.because for payout in found), tax]))


def _amount(payout: "Payout[Figure]", name: str) -> Figure:
    if name not in ("paid", *PAYOUT_COLUMNS):
        raise KeyError(name)
    amount: Figure = getattr(payout, name)
    return amount


def _payouts(outcome: Traced, period: str) -> "list[Payout[Figure]]":
    return [p for p in outcome.payouts.values() if period in ("", p.period.label, p.key)]


def _count_of_payouts(outcome: Traced, part: str, period: str) -> Answer:
    """How many payouts there are: periods, and types where they are settled apart, in which something is paid."""
    paid = [payout.paid for payout in _payouts(outcome, period)]
    return FIGURES.kept("count", paid, (None, ZERO, None, None), "payouts", "payouts")


def _payable_from(outcome: Traced, part: str, period: str) -> Answer:
    """The day on which the last part of a line became payable."""
    days = [e.day for e in outcome.entries if e.line == part and e.bucket == PAYABLE and e.amount.value > ZERO]
    if not days:
        raise KeyError(part)
    return max(days)


def _fund(outcome: Traced, part: str, period: str) -> Answer:
    """A column of a fund, `fund.mdf.available`, as of the day; zero of one that never held or was asked anything."""
    name, _, column = part.rpartition(".")
    if column not in FUND_COLUMNS:
        raise KeyError(column)
    if name not in outcome.funds and name in outcome.ruled_funds:
        none = FIGURES.sum([], outcome.currency, column)
        return FIGURES.because(none, "nothing was put into it, and nothing asked of it")
    found: Figure = getattr(outcome.funds[name], column)
    return found


def _benefit(outcome: Traced, part: str, period: str) -> Answer:
    """The state of a benefit that the tier in force promises."""
    return outcome.benefits[part].state


def _stage(outcome: Traced, part: str, period: str) -> Answer:
    """The stage of the partner's life in the program that it is in as of the day."""
    return outcome.stage


FUND_COLUMNS = ("issued", "requested", "approved", "claimed", "paid", "expired", "available")
_ANSWERS = {
    "fund": _fund,
    "benefit": _benefit,
    "stage": _stage,
    "score": _score,
    "tier": _tier,
    "reached": _reached,
    "earned": _earned,
    "payout": _payout,
    "payouts": _count_of_payouts,
    "payable": _payable_from,
}
