"""The columns of the partner list; those in the middle are the parts of the program's score."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.queries.joint.review_periods import short
from partnerdesk.ui.screens.partner.progress.standing import shown_value
from partnerdesk.ui.screens.partner_words import country_words, type_words
from partnerdesk.ui.screens.period_words import period_words
from partnerdesk.ui.table import model as kinds
from partnerdesk.ui.table.model import Column

if TYPE_CHECKING:
    from partnerdesk.queries.partners.portfolio import Measure, PartnerRow, Portfolio
    from partnerdesk.reports.format import Formats

SHOWN_PARTS = 2  # parts of the score that fit beside the brief; the others wait in Columns
FILLERS = frozenset({"rate", "score", "index", "share", "ratio"})
SIGNALS = {"proposal": "info", "drift": "warn", "edge": "warn", "late": "late"}


def columns(found: "Portfolio", formats: "Formats", open_it: Callable[[Any], object]) -> list[Column]:
    """All columns in their usual order; in one piece because it is a list that is read from top to bottom."""
    quarter = found.quarter.label

    def thousands(amount: Decimal) -> str:
        """One unit and one decimal in the whole column: 0.8k under 40.2k."""
        return f"{formats.number(amount / 1000, 1)}k"

    earned = f"Earned in {period_words(quarter, formats)} so far" + (f", {found.currency}" if found.currency else "")
    return [
        Column("name", "Partner", lambda r: r.name, kind=kinds.NAME, width=160),
        Column("tier", "Tier", _tier, kind=kinds.TIER, width=118, sort=lambda r: r.rank),
        Column(
            "score",
            "Score",
            lambda r: r.score,
            lambda v: formats.number(v, 1),
            kinds.NUMBER,
            62,
            figure=lambda r: f"{r.id}#score|{r.period}" if r.score is not None else "",
        ),
        Column("history", "8 quarters", lambda r: [float(v) for v in r.history], kind=kinds.SPARK, width=72),
        Column("short", "To next", lambda r: r.points_short, lambda v: formats.number(v, 1), kinds.NUMBER, 58),
        *(_measure(n, m, formats) for n, m in enumerate(found.rows[0].measures if found.rows else ())),
        Column(
            "earned",
            f"Earned {short(quarter)}",
            lambda r: r.earned,
            thousands,
            kinds.NUMBER,
            72,
            sums=True,
            says=earned,
        ),
        Column("year", "Earned YTD", lambda r: r.earned_year, thousands, kinds.NUMBER, 92, hidden=True, sums=True),
        Column("held", "Held", lambda r: r.held, thousands, kinds.NUMBER, 50, sums=True),
        Column(
            "review",
            "QBR",
            _review,
            lambda v: _review_words(v, formats),
            kinds.STATUS,
            62,
            at_right=True,
            sort=_review_day,
        ),
        Column("contact", "Last contact", lambda r: r.last_contact, formats.short_day, kinds.DAY, 96, hidden=True),
        Column("signal", "Signal", _signal, kind=kinds.STATUS, width=96),
        Column("type", "Type", lambda r: type_words(r.type), kind=kinds.MUTED, width=160, hidden=True),
        Column("country", "Country", lambda r: country_words(r.country), kind=kinds.MUTED, width=110, hidden=True),
        Column("owner", "Owner", lambda r: r.owner, kind=kinds.MUTED, width=120, hidden=True),
        Column("status", "Status", lambda r: r.status, kind=kinds.MUTED, width=90, hidden=True),
    ]


def _tier(row: "PartnerRow") -> tuple[int, int, str] | None:
    return (row.rank + 1, row.tiers, row.tier) if row.tier else None


def _measure(n: int, part: "Measure", formats: "Formats") -> Column:
    def get(row: "PartnerRow") -> Decimal | None:
        return row.measures[n].value if n < len(row.measures) else None

    def figure(row: "PartnerRow") -> str:
        measure = row.measures[n]
        return f"{row.id}#measured|{measure.metric}|{row.period}" if measure.value is not None else ""

    def show(value: Decimal) -> str:
        return formats.percent(value, 0) if part.unit == "%" else shown_value(value, part.unit, formats)

    is_hidden = n >= SHOWN_PARTS
    title = short_title(part.label)
    return Column(f"measure{n}", title, get, show, kinds.NUMBER, 62, hidden=is_hidden, figure=figure, says=part.label)


def short_title(label: str) -> str:
    """The telling word of a measure's name: Renewal of Renewal rate, Quality of Deployment quality."""
    words = label.split()
    while len(words) > 1 and words[-1].casefold() in FILLERS:
        words.pop()
    return words[-1].capitalize() if words else label


def _review(row: "PartnerRow") -> tuple[str, Any] | None:
    if row.next_review is None:
        return None
    return ("late", "late") if row.review_late else ("", row.next_review)


def _review_words(value: tuple[str, Any], formats: "Formats") -> str:
    return value[1] if isinstance(value[1], str) else formats.short_day(value[1])


def _review_day(row: "PartnerRow") -> Any:
    return row.next_review


def _signal(row: "PartnerRow") -> tuple[str, str] | None:
    if not row.signal:
        return None
    words = {"proposal": "Tier move", "drift": "Drift", "edge": "Tier edge", "late": f"{row.late_actions} late"}
    return (SIGNALS[row.signal], words[row.signal])
