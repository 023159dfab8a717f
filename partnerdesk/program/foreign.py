"""How others name what this format has under another key or in other words, and what to write instead.

Somebody who comes from another format, or from a spreadsheet, writes min for at_least and aggregate for take. What
merely looks alike is a slip of the pen and is looked for elsewhere.
"""

import re
from collections.abc import Collection
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

_ENDS = ("to", "until", "up_to", "upto", "till")  # where others write an end, the next entry begins
_LAST_DAYS = ("effective_to", "effective_until", "valid_to", "valid_until", "expires", "ends")
_NAMES: dict[str, tuple[str, ...]] = {
    "effective_from": ("valid_from", "starts", "start", "begins", "from", "date", "effective"),
    "at_least": ("min", "minimum", "gte", "threshold"),
    "at_most": ("max", "maximum", "lte", "limit"),
    "above": ("gt", "more_than", "greater_than"),
    "below": ("lt", "less_than"),
    "least": ("min", "minimum"),
    "most": ("max", "maximum", "cap", "limit"),
    "from": ("min", "start", "floor", "threshold", "at_least"),
    "take": ("aggregate", "aggregation", "agg", "function"),
    "value": ("field", "attribute", "column"),
    "window": ("period", "timeframe"),
    "every": ("period", "frequency", "cadence", "interval"),
    "where": ("filter", "filters", "criteria"),
    "when": ("condition", "conditions", "requires", "requirement"),
    "requires": ("condition", "conditions", "criteria", "requirements", "when"),
    "if": ("cause", "reason", "trigger", "event"),
    "on": ("trigger", "event"),
    "rate": ("percent", "percentage", "commission"),
    "share": ("percent", "percentage", "portion"),
    "vests": ("vesting", "payable", "payment"),
    "says": ("label", "title", "description", "display_name"),
    "note": ("comment", "remark", "description"),
    "for_months": ("for_years", "duration", "term", "months"),
    "count": ("first", "first_n", "only_first"),
    "release_after": ("release", "released", "release_months"),
    "minimum_rows": ("least_rows", "min_rows", "min_count", "minimum_answers", "least_count"),
}
# Keys of the text itself that others write, and the table in which that is said here.
_TABLES: dict[str, tuple[str, ...]] = {
    "[settlement]": ("payout", "payouts", "payment", "payments", "minimum", "minimum_payout", "threshold", "tax"),
    "[earning.NAME]": ("commission", "commissions", "rate", "rates", "bonus", "rebate", "clawback", "vests", "vesting"),
    "[metric.NAME]": ("metrics", "kpi", "kpis", "measure", "measures"),
    "[[tier]]": ("levels", "level"),
    "[cap.NAME]": ("caps", "limit", "limits"),
    "[fund.NAME]": ("mdf", "funds", "coop"),
}
# Values that a key takes, as others say them.
_VALUES: dict[str, tuple[str, ...]] = {
    "mean": ("average", "avg"),
    "greatest": ("max", "maximum", "highest"),
    "least": ("min", "minimum", "lowest"),
    "latest": ("last", "newest"),
    "count": ("number",),
    "sum": ("total",),
    "distinct": ("unique", "count distinct"),
    "whole amount": ("retroactive", "back to first", "all units", "flat", "slab", "threshold", "step table"),
    "marginal": ("incremental", "progressive", "graduated", "tiered", "sliding"),
    "month": ("monthly", "months"),
    "quarter": ("quarterly", "quarters"),
    "half": ("half-yearly", "half year", "semester"),
    "year": ("yearly", "annual", "annually", "years", "fiscal year"),
    "week": ("weekly",),
    "next period": ("next month", "next quarter", "next year", "following period"),
    "same period": ("same month", "same quarter", "same year", "at once", "immediately"),
    "churned": ("cancelled", "canceled", "cancellation", "terminated", "deactivated", "lapsed", "ended"),
    "refunded": ("refund", "returned", "return", "chargeback", "credited", "reversed"),
    "contracted": ("downgraded", "downgrade", "reduced"),
    "unpaid": ("written off", "bad debt"),
    "linear": ("pro rata", "prorated", "proportional", "sliding"),
    "payment received": ("payment", "paid", "on payment", "customer payment", "collection"),
    "customer live": ("live", "go-live", "activation"),
    "contract start": ("start",),
    "deal won": ("sale", "closed won", "deal closed", "won", "order"),
    "invoice issued": ("invoice", "invoiced", "purchase"),
    "contract started": ("contract", "subscription", "activation"),
    "contract renewed": ("renewal",),
    "deal registered": ("registration",),
    "certification awarded": ("certification",),
    "suspend": ("hold", "held"),
    "net": ("carry", "offset"),
    "carry": ("roll over", "rollover"),
    "up": ("round up",),
    "half-up": ("nearest", "round"),
}
# What a requirement asks elsewhere of somebody's judgement.
_JUDGED = ("invited", "invitation", "by_invitation", "manual", "approved")
# What rests on how all partners do, which no partner's own facts tell.
_PEERS = ("rank", "ranking", "ranks", "percentile", "quartile", "top", "position", "leaderboard")
_POOLS = ("pool", "pools", "pool_share", "share_of_pool", "pro_rata", "prorata")
_OBSERVED = (
    'What rests on other partners is an observation: of = "observation" with where = { metric = "rank" }, or the total '
    "of a pool and everybody's points. The reference shows both under “How common rules are written”."
)
# Thirteen periods of four weeks, as others write them.
_FOUR_WEEKS = re.compile(
    r"(?:4 ?- ?4 ?- ?4.*|3 ?- ?3 ?- ?3 ?- ?4|13 ?(?:x|×|\*) ?4.*|(?:13|thirteen)( periods)?.*|(?:4|four).?weeks?)"
)
_THIRTEEN = (
    "A year of 13 periods of four weeks is written by how many of them each quarter has: "
    'fiscal_weeks = { ends_on = "Saturday", periods = "3-3-3-4" }.'
)
# Values of another shape than a key takes, by the end of its place, and where that is said.
_SHAPES: tuple[tuple[str, Any, str], ...] = (
    (
        "base.times",
        int | Decimal,
        "It names another number of the event. A number goes into the rate: 1.2 for 12 times 10 %.",
    ),
    ("fiscal_weeks.periods", int | Decimal, _THIRTEEN),
    (
        ".for_months",
        dict,
        'Lengths that differ are in the rate: age_of = "stream", and { tier = "Base", from_months = 12, rate = 0 }.',
    ),
)
_PER = ("partner", "contract", "product", "stream", "tier")  # series of which only the first counts
_PERIODS = (
    "month end",
    "quarter end",
    "year end",
    "end of month",
    "end of quarter",
    "end of year",
    *(f"{unit}ly" for unit in ("month", "quarter", "year")),
)
# Kinds of fact as others call them, and where they stand here.
_FACTS: dict[str, str] = {
    **{name: f'of = "transaction" with where = {{ kind = "{name}" }}' for name in ("invoice", "payment", "refund")},
    "usage": 'of = "transaction" with where = { kind = "usage" }',
    "credit-note": 'of = "transaction" with where = { kind = "credit-note" }',
    "order": 'of = "deal"',
    "sale": 'of = "deal" or "transaction"',
    "opportunity": 'of = "deal"',
    "subscription": 'of = "contract"',
    **dict.fromkeys((*_PEERS, *_POOLS, "value"), 'of = "observation"'),
}


def instead(key: str, known: Collection[str]) -> str:
    """What to do about a key that others use here; empty where none is known."""
    if "from" in known and key in _ENDS:
        return "Drop it: each one holds up to the next one's from."
    if "week_53" in known and key in ("months", "period", "month"):
        return _THIRTEEN
    if "by_currency" in known and re.fullmatch("[A-Z]{3}", key):
        return f"Write by_currency = {{ {key} = ... }}; the amount in the program's currency is `amount`."
    if key in _PEERS or key in _POOLS:
        return _OBSERVED
    if "for_periods" in known and key in _JUDGED:
        return 'What no fact tells is a field of the partner: { partner = { attributes.invited = "yes" } }.'
    if {"each", "metric", "take"} <= set(known) and key in ("months", "window", "over", "last"):
        return 'A series goes over the metric\'s own window: write window = "trailing 3 months" beside it.'
    if "effective_from" in known and key in _LAST_DAYS:
        return "Drop it: a version holds until the next one begins."
    meant = next((own for own, others in _NAMES.items() if own in known and key in others), "")
    return f"Did you mean {meant}?" if meant else ""


def table_for(key: str) -> str:
    """The table in which a key of the text is said here; empty where none is known."""
    if key in _PEERS or key in _POOLS:
        return _OBSERVED
    table = next((own for own, others in _TABLES.items() if key in others), "")
    return f"That is said in {table}." if table else ""


def shape(path: str, raw: Any) -> str:
    """What to write for a value of another shape than a key takes; empty where nothing is known of it."""
    return next((remedy for end, kind, remedy in _SHAPES if path.endswith(end) and isinstance(raw, kind)), "")


def choice(value: str, choices: Collection[str]) -> str:
    """What to write for a value that a key does not take: what others call so, the nearest one, or all there are."""
    said = value.strip().lower()
    if ("4-4-5" in choices or "3-3-3-4" in choices) and _FOUR_WEEKS.fullmatch(said):
        return _THIRTEEN
    if set(choices) == {"", "customer", "deal"} and said in _PER:
        return f'Write count = {{ per = "{said}", to = 1 }} in its place.'
    if said in _PEERS or said in _POOLS:
        return _OBSERVED
    meant = [own for own, others in _VALUES.items() if own in choices and said in others]
    near = meant[:1] or get_close_matches(said, [c for c in choices if c], 1, 0.6)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(c for c in choices if c) or 'none'}."


def trigger(name: str, known: Collection[str]) -> str:
    """What to write for an event that there is none of; the end of a period has one name and a key for its length."""
    if name.lower() in _PERIODS:
        unit = next(unit for unit in ("month", "quarter", "year") if unit in name.lower())
        return f'Write on = "period end" and every = "{unit}".'
    return choice(name, known)


def kind_of_fact(name: str, known: Collection[str]) -> str:
    """What to write for a kind of fact that there is none of."""
    said = _FACTS.get(name.lower().removesuffix("s")) or _FACTS.get(name.lower())
    return f"Write {said}." if said else choice(name, known)


_WINDOWS: tuple[tuple[str, str], ...] = (
    (r"(?:last|past|previous|rolling|trailing) (\d+) (day|month|quarter|half|year)s?", "trailing {0} {1}s"),
    (r"(?:last|previous|prior) (day|month|quarter|half|year)", "1 {0} before"),
    (r"(?:this|current) (?:day|month|quarter|half|year)|(?:day|month|quarter)|current", "period"),
    (r"year|calendar year|fiscal year|full year", "whole year"),
    (r"(?:contract|anniversary|membership|agreement) year", "whole agreement year"),
    (r"ytd|year-to-date", "year to date"),
    (r"qtd|quarter-to-date", "quarter to date"),
    (r"mtd|month-to-date", "month to date"),
    (r"all|all time|lifetime|total|always|to date", "ever"),
    (r"active|current|now|today", "in force"),
)


def window(text: str) -> str:
    """The phrase of a window that others say otherwise; empty where none is known."""
    for pattern, phrase in _WINDOWS:
        if found := re.fullmatch(pattern, text.strip().lower()):
            return phrase.format(*found.groups())
    return ""
