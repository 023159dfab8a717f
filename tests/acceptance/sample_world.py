"""The sample book's metrics, score and tiers, worked out by hand: plain loops over plain rows, nothing of the engine.

The rules stand here as the alliance's two circulars say them, in numbers of their own, not read from the program
files. Shares and amounts are fractions, so that nothing is rounded but what the rules round.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from partnerdesk.engine.facts import KIND_OF, Fact

AS_OF = date(2026, 11, 19)
PROGRAM_STARTS = date(2024, 1, 1)
SECOND_VERSION = date(2026, 7, 1)
EURO = "EUR"
TIERS = ("Registered", "Silver", "Gold", "Platinum")
SCORE = {
    "renewal_rate": (35, ((60, 0), (80, 60), (95, 100))),
    "deployment_quality": (30, ((40, 0), (95, 100))),
    "joint_growth": (20, ((-20, 0), (0, 50), (30, 100))),
    "customer_satisfaction": (15, ((50, 0), (90, 100))),
}
METRICS = (
    "renewal_rate net_renewal_rate standards on_time adoption deployment_quality joint_revenue joint_growth "
    "quarter_revenue customer_satisfaction certified_people new_customers escalations"
).split()
Measure = Fraction | None


class Quarter(NamedTuple):
    """A calendar quarter; the running one counts up to the day of the book."""

    label: str
    first: date
    last: date

    @property
    def until(self) -> date:
        return min(self.last, AS_OF)

    @property
    def is_over(self) -> bool:
        return self.last <= AS_OF


def quarter_of(day: date, later: int = 0) -> Quarter:
    """The quarter of a day, or one so many quarters later."""
    year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + later, 4)
    first = date(year, 3 * quarter + 1, 1)
    return Quarter(f"{year}Q{quarter + 1}", first, months_later(first, 3) - timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def year_to(last: date, years_ago: int = 0) -> tuple[date, date]:
    """The twelve months that end on a day, or so many years before."""
    after = months_later(last + timedelta(days=1), -12 * years_ago)
    return months_later(after, -12), after - timedelta(days=1)


def average(numbers: Iterable[Fraction], at_least: int = 1) -> Measure:
    found = list(numbers)
    return sum(found, Fraction(0)) / len(found) if len(found) >= at_least else None


def by_day(rows: Iterable[Any], attribute: str) -> list[Any]:
    """The rows that have the day, in order of it; on one day by their id."""
    return sorted((r for r in rows if getattr(r, attribute)), key=lambda r: (getattr(r, attribute), r.id))


class Book:
    """All rows of the book by kind, the exchange table, and who is credited on which deal."""

    def __init__(self, rows: Iterable[Fact]) -> None:
        self.rows: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            self.rows[KIND_OF[type(row)]].append(row)
        self.credits: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for credit in self.rows["credit"]:
            self.credits[credit.deal][credit.partner] = Fraction(credit.share)
        self.prices: dict[tuple[str, str], list[tuple[date, Fraction]]] = defaultdict(list)
        for row in by_day(self.rows["exchange_rate"], "day"):
            if row.table == "program":
                self.prices[row.base, row.quote].append((row.day, Fraction(row.rate)))

    def euros(self, amount: Any, currency: str, day: date) -> Fraction:
        """An amount in euros at the last rate known on the day."""
        if currency == EURO:
            return Fraction(amount)
        if (currency, EURO) in self.prices:
            return Fraction(amount) * self.rate((currency, EURO), day)
        return Fraction(amount) / self.rate((EURO, currency), day)

    def rate(self, pair: tuple[str, str], day: date) -> Fraction:
        known = self.prices[pair]
        return known[bisect_right([d for d, _ in known], day) - 1][1]


class Partner:
    """One partner's rows and its measures, quarter by quarter."""

    def __init__(self, book: Book, id: str) -> None:
        self.book, self.id = book, id
        self.own = {kind: [r for r in rows if getattr(r, "partner", None) == id] for kind, rows in book.rows.items()}
        self.deals = [d for d in book.rows["deal"] if d.partner == id or id in book.credits.get(d.id, {})]
        self.won = by_day((d for d in self.deals if d.status == "won" and d.amount is not None), "closed")

    def credit(self, deal: Any) -> Fraction:
        """The partner's share of a deal: what it was given, else what the others leave."""
        shares = self.book.credits.get(deal.id, {})
        return shares[self.id] if self.id in shares else 1 - sum(shares.values(), Fraction(0))

    def revenue(self, first: date, last: date) -> Fraction:
        """Won deals in euros, by credit."""
        won = (d for d in self.won if first <= d.closed <= last)
        return sum((self.book.euros(d.amount, d.currency, d.closed) * self.credit(d) for d in won), Fraction(0))

    def checked(self, deployment: Any, group: str) -> Measure:
        """The share of a deployment's checks that are met."""
        found = [c for c in self.checks.get(deployment.id, ()) if c.group == group and c.met is not None]
        return average(Fraction(c.met) for c in found if c.day is None or c.day <= AS_OF)

    @cached_property
    def checks(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for check in self.book.rows["check"]:
            found[check.deployment].append(check)
        return found

    def renewed(self, quarter: Quarter, beyond: bool) -> Measure:
        """What was renewed of the contracts that ended in twelve months; `beyond` counts growth as well."""
        first, last = year_to(quarter.until)
        due = kept = Fraction(0)
        for row in self.own["contract"]:
            if row.end is None or not first <= row.end <= last or row.outcome == "open":
                continue
            assert row.outcome_on is None or row.outcome_on <= AS_OF
            before = self.book.euros(row.recurring, row.currency, row.end)
            after = Fraction(0)
            if row.outcome != "churned":
                amount = row.recurring if row.outcome_amount is None else row.outcome_amount
                after = self.book.euros(amount, row.currency, row.end)
            due, kept = due + before, kept + (after if beyond else min(before, after))
        return kept / due if due else None

    def lived(self, quarter: Quarter) -> list[Any]:
        """The deployments that went live in the twelve months."""
        first, last = year_to(quarter.until)
        return [d for d in self.own["deployment"] if d.live and first <= d.live <= last]

    def deployed(self, quarter: Quarter) -> dict[str, Measure]:
        """Standards, punctuality, adoption, and the three together; what is not measured leaves its weight."""
        live = self.lived(quarter)
        shares = {g: [s for d in live if (s := self.checked(d, g)) is not None] for g in ("standards", "adoption")}
        found = {group: average(numbers) for group, numbers in shares.items()}
        found["on_time"] = average(Fraction(d.live <= d.planned_live) for d in live if d.planned_live)
        weights = {"standards": 50, "on_time": 30, "adoption": 20}
        known = [(weight, share) for name, weight in weights.items() if (share := found[name]) is not None]
        mixed = sum((weight * share for weight, share in known), Fraction(0))
        found["deployment_quality"] = mixed / Fraction(sum(w for w, _ in known)) if known else None
        return found

    def grown(self, quarter: Quarter) -> Measure:
        """Joint revenue against the year before, where that was above 20,000 euros."""
        before = self.revenue(*year_to(quarter.until, 1))
        return self.revenue(*year_to(quarter.until)) / before - 1 if before > 20_000 else None

    def satisfied(self, quarter: Quarter) -> Measure:
        first, last = year_to(quarter.until)
        asked = [s for s in self.own["survey"] if s.kind == "csat" and s.day and first <= s.day <= last]
        return average((Fraction(s.score - s.scale_min) / Fraction(s.scale_max - s.scale_min) for s in asked), 3)

    def certified(self, quarter: Quarter) -> Fraction:
        held = (c for c in self.own["certification"] if c.awarded and c.awarded <= quarter.until)
        return Fraction(len({c.person for c in held if c.expires is None or c.expires >= quarter.until}))

    def new_customers(self, quarter: Quarter) -> Fraction:
        first, last = year_to(quarter.until)
        new = (d for d in self.deals if d.status == "won" and d.kind == "new" and d.customer)
        return Fraction(len({d.customer for d in new if d.closed and first <= d.closed <= last}))

    def escalations(self, quarter: Quarter) -> Fraction:
        return Fraction(sum(bool(c.escalated) and quarter.first <= c.opened <= quarter.until for c in self.own["case"]))

    def measures(self, quarter: Quarter) -> dict[str, Measure]:
        """Every metric of the program in a quarter."""
        if quarter not in self._measures:
            self._measures[quarter] = self.deployed(quarter) | {
                "renewal_rate": self.renewed(quarter, beyond=False),
                "net_renewal_rate": self.renewed(quarter, beyond=True),
                "joint_revenue": self.revenue(*year_to(quarter.until)),
                "joint_growth": self.grown(quarter),
                "quarter_revenue": self.revenue(quarter.first, quarter.until),
                "customer_satisfaction": self.satisfied(quarter),
                "certified_people": self.certified(quarter),
                "new_customers": self.new_customers(quarter),
                "escalations": self.escalations(quarter),
            }
        return self._measures[quarter]

    @cached_property
    def _measures(self) -> dict[Quarter, dict[str, Measure]]:
        return {}

    def points(self, quarter: Quarter) -> dict[str, Fraction]:
        """The points that each part of the score adds."""
        measured = self.measures(quarter)
        return {name: Fraction(weight, 100) * on_line(measured[name], line) for name, (weight, line) in SCORE.items()}

    def score(self, quarter: Quarter) -> Fraction:
        """The score, rounded half up to one decimal."""
        return rounded(sum(self.points(quarter).values(), Fraction(0)), 1)

    def reached(self, quarter: Quarter) -> str:
        """The highest tier whose conditions hold."""
        score, is_ = self.score(quarter), self.measures(quarter)
        revenue, people, new = is_["joint_revenue"], is_["certified_people"], is_["new_customers"]
        assert revenue is not None and people is not None and new is not None
        if score >= 90 and people >= 8 and revenue >= 500_000:
            return "Platinum"
        if score >= 75 and people >= 4 and (revenue >= 250_000 or new >= 5):
            return "Gold"
        return "Silver" if score >= 50 else "Registered"

    def tier(self, day: date) -> str:
        """The tier that people had decided by a day."""
        decided = [d for d in by_day(self.own.get("tier_decision", ()), "day") if d.day <= min(day, AS_OF)]
        return decided[-1].tier if decided else "Registered"


def on_line(measure: Measure, line: tuple[tuple[int, int], ...]) -> Fraction:
    """Points of a measured share on straight lines between percentages; nothing for what was not measured."""
    if measure is None:
        return Fraction(0)
    percent = measure * 100
    if percent <= line[0][0]:
        return Fraction(line[0][1])
    for (x0, y0), (x1, y1) in pairwise(line):
        if percent <= x1:
            return y0 + (percent - x0) * Fraction(y1 - y0, x1 - x0)
    return Fraction(line[-1][1])


def rounded(number: Fraction, places: int = 2) -> Fraction:
    """Half up, away from zero, as money is rounded."""
    scale = 10**places
    units = int(abs(number) * scale + Fraction(1, 2))
    return Fraction(units if number >= 0 else -units, scale)
