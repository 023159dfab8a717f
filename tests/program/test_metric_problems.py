"""What a metric, a window or a score cannot mean is refused, with the key and what to do."""

import pytest

from tests.engine.cases import HEAD, problems

BASE = """
[metric.sold]
says = "Sold"
of = "transaction"

[metric.people]
says = "People"
of = "certification"
take = "count"
groups = { by = "person" }
"""
EARNING = """
[earning.upfront]
says = "Upfront"
type = "UPFRONT"
on = "deal won"
base = "amount"
rate = RATE
"""


def made(text: str) -> str:
    return f'{BASE}[metric.m]\nsays = "M"\n{text}\n'


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("", "metric.m", "made in exactly one way, this one has none"),
        ('of = "deal"\nfixed = 1', "metric.m", "this one has of and fixed"),
        ('of = "deel"', "metric.m.of", "kind of fact deel is not defined"),
        ('of = "deal"\nvalue = "amuont"', "metric.m.value", "Did you mean amount?"),
        ('of = "deal"\nvalue = "stage"', "metric.m.value", "deal's stage is no number: it has no sum"),
        ('of = "deal"\nday = "amount"', "metric.m.day", "deal has no day amount"),
        ('of = "deal"\nday = "partner.joined"', "metric.m.day", "Name one of its days: "),
        ('of = "deal"\nwindow = "in force"', "metric.m.until", "deal has no day end that ends it"),
        ('of = "contract"\nuntil = "end"', "metric.m.until", "only a window “in force”"),
        ('of = "deal"\nwhere = { customer.county = "DE" }', "metric.m.where", "no attribute customer.county"),
        ('of = "contract"\nvalue = "seats"\ncredit = "full"', "metric.m.credit", "only deals are credited"),
        ('of = "survey"\nvalue = "score"\nper = { EUR = 1 }', "metric.m.per", "only amounts of money"),
        ('of = "deal"\nper = { EUR = 0 }', "metric.m.per.EUR", "above zero"),
        ('of = "deal"\nper = { EURO = 1 }', "metric.m.per.EURO", "not a currency code"),
        ('of = "deal"\ntimes = [[]]', "metric.m.times.0", "the table is empty"),
        ('of = "deal"\ntimes = [[{ attribute = "cost" }]]', "metric.m.times.0", "no plain number"),
        ('of = "deal"\ntimes = [[{ attribute = "amuont" }]]', "metric.m.times.0", "Did you mean amount?"),
        ('of = "earning"\ntimes = [[{ attribute = "amount" }]]', "metric.m.times.0", "no numbers of its own"),
        (
            'of = "deal"\ntimes = [[{ factor = 1, where = { role = "a" } }, { factor = 2, where = { role = "a" } }]]',
            "metric.m.times.0",
            "the second never counts",
        ),
        ('of = "deal"\ngroups = { by = "custommer" }', "metric.m.groups.by", "Did you mean customer?"),
        ('of = "deal"\ngroups = { by = "customer", keep = {} }', "metric.m.groups.keep", "no bound"),
        (
            'of = "deal"\ngroups = { by = "customer", keep = { at_least = 3, below = 3 } }',
            "metric.m.groups.keep",
            "no value lies inside",
        ),
        ('of = "deal"\ngroups = { by = "customer", among = "sold" }', "metric.m.groups.among", "sold has no groups"),
        ('of = "deal"\ngroups = { by = "customer", without = "x" }', "metric.m.groups.without", "metric x is not"),
        ('ratio = ["sold", "slod"]', "metric.m", "Did you mean sold?"),
        ('ratio = ["sold", "m"]', "metric.m", "the metric is made of itself: m → m"),
        ('ratio = ["sold", "sold"]\ntake = "mean"', "metric.m.take", "take means nothing in a metric made by ratio"),
        ('ratio = ["sold", "sold"]\nwindow = "ever"', "metric.m.window", "it belongs to of and retention and series"),
        ('growth = "sold"\nminimum_rows = 3', "metric.m.minimum_rows", "means nothing"),
        ('fixed = 1\ngrowth_as = "ratio"', "metric.m.growth_as", "it belongs to growth"),
        ('of = "deal"\nretention_of = "active"', "metric.m.retention_of", "it belongs to retention"),
        (
            'retention = "logo"\nretention_of = "in force"\nwindow = "ever"',
            "metric.m.window",
            "needs a window with a first day",
        ),
        ('series = { metric = "sold" }\nwindow = "in force"', "metric.m.window", "runs over the parts"),
        ('power = { metric = "sold", to = 0 }', "metric.m.power.to", "1 or more"),
        ('mix = [{ metric = "sold", weight = 0 }]', "metric.m.mix", "above zero"),
        ('total = [{ metric = "sold" }, { metric = "people" }]', "metric.m.total", "it puts EUR and people together"),
        ('of = "deal"\nnot_below = 2\nnot_above = 1', "metric.m.not_below", "above not_above"),
        ('of = "deal"\ndecimals = -1', "metric.m.decimals", "Write 0 or more"),
        ('of = "deal"\nwindow = { span = "trailing" }', "metric.m.window.length", "has a length"),
        ('of = "deal"\nwindow = { span = "ever", length = 2 }', "metric.m.window.length", "has no length"),
        ('of = "deal"\nwindow = { span = "whole", unit = "day" }', "metric.m.window.unit", "no “whole” of days"),
        ('of = "deal"\nwindow = "next 3 calendar months"', "metric.m.window.is_calendar", "only trailing months"),
        ('of = "deal"\nwindow = { cut_days = -1 }', "metric.m.window.cut_days", "counts back"),
        ('of = "earning"\nwindow = "next 3 months"', "metric.m.window", "lines of earnings have happened"),
        ('of = "earning"\nwhere = { earning = "upfornt" }', "metric.m.where", "earning upfornt is not defined"),
        ('of = "earning"\nday = "event"', "metric.m.day", "dated by their event"),
    ],
)
def test_a_metric_that_cannot_mean_anything(text: str, key: str, message: str) -> None:
    found = [p for p in problems(made(text)) if f", {key}" in p.place or p.place.endswith(key)]
    assert any(message in f"{p.message} {p.remedy}" for p in found), problems(made(text))
    assert all(p.remedy for p in problems(made(text)))


def test_longer_circles_are_shown_in_order() -> None:
    text = 'product = ["n"]\n[metric.n]\nsays = "N"\ngreatest_of = ["o"]\n[metric.o]\nsays = "O"\nproduct = ["m"]'
    assert any("m → n → o → m" in p.message for p in problems(made(text)))


PAID = '[metric.paid]\nsays = "Paid"\nof = "earning"\nWINDOW\n'
TIERS = """
[tiers]
in_force = "IN FORCE"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { metric = "paid", at_least = 100 }
"""
BY_TIER = "{ by_tier = { Member = 0.05, Gold = 0.1 } }"


@pytest.mark.parametrize(
    ("in_force", "window", "is_refused"),
    [
        ("same period", "", True),
        ("same period", 'window = "1 quarter before"', False),
        ("next period", "", False),  # the tier rests on the quarter before
    ],
)
def test_an_earning_rests_on_earlier_periods_only(in_force: str, window: str, is_refused: bool) -> None:
    text = PAID.replace("WINDOW", window) + TIERS.replace("IN FORCE", in_force) + EARNING.replace("RATE", BY_TIER)
    found = [p.message for p in problems(HEAD + text) if not p.warning]
    circle = "the earning rests on what it pays itself: earning.upfront → tiers → metric.paid → earning.upfront."
    assert found == ([circle] if is_refused else [])


MET, LATE, SAME = '{ metric = "paid", at_least = 100 }', "next period", "same period"
HELD, BEFORE, GOLD = '{ tier = "Gold" }', 'window = "1 quarter before"', "eligibility.earn → tiers at the period's end"


@pytest.mark.parametrize(
    ("eligibility", "in_force", "window", "way"),
    [
        (f"earn = {{ when = {MET} }}", LATE, "", "eligibility.earn → metric.paid"),
        (f"earn = {{ when = {MET} }}", LATE, BEFORE, ""),
        (f'earn = {{ when = {MET}, otherwise = "suspend" }}', LATE, "", ""),  # earned all the same, and held
        (f"join = {MET}", LATE, "", "eligibility.join → metric.paid"),
        (f'earn = {{ when = {HELD}, every = "year" }}', SAME, BEFORE, f"{GOLD} → metric.paid"),
        (f'earn = {{ when = {HELD}, every = "quarter" }}', SAME, BEFORE, ""),
        (f'earn = {{ when = {HELD}, every = "quarter" }}', LATE, "", ""),
        (f'earn = {{ when = {HELD}, every = "year" }}', LATE, "", f"{GOLD} → metric.paid"),
    ],
)
def test_what_every_line_asks_for_rests_on_earlier_periods_only(
    eligibility: str, in_force: str, window: str, way: str
) -> None:
    """A metric had no value while the first line was made, and another one afterwards: the evaluators differed."""
    text = PAID.replace("WINDOW", window) + TIERS.replace("IN FORCE", in_force) + EARNING.replace("RATE", "0.1")
    found = [p for p in problems(f"{HEAD}{text}\n[eligibility]\n{eligibility}\n") if not p.warning]
    circle = f"the earning rests on what it pays itself: earning.upfront → {way} → earning.upfront."
    assert [p.message for p in found] == ([circle] if way else [])
    assert all(p.remedy.startswith("Ask there for what no line of that period moves") for p in found)


LINE = "scale = [{ at = 0, points = 0 }, { at = 10, points = 100 }]"
PART = f'{{ metric = "sold", weight = 100, {LINE} }}'
FITTING = [f'{{ name = "{name}", parts = [{PART}] }}' for name in "TU"]


@pytest.mark.parametrize(
    ("text", "key", "message"),
    [
        ("[score]", "score", "either parts or tracks"),
        (f"[score]\nout_of = 10\nparts = [{PART}]", "score", "the weights do not sum to 10, but to 100."),
        (
            f'[score]\nparts = [{{ metric = "slod", weight = 100, {LINE} }}]',
            "score.parts.0.metric",
            "Did you mean sold?",
        ),
        (f'[score]\nparts = [{PART}, {{ metric = "sold", as_points = true }}]', "score.parts.1", "stands here twice"),
        ('[score]\nparts = [{ says = "Empty", weight = 100 }]', "score.parts.0", "a metric or a category"),
        (f"[score]\nparts = [{{ weight = 100, parts = [{PART}] }}]", "score.parts.0.says", "a category has a name"),
        (
            f'[score]\nparts = [{{ says = "C", weight = 100, parts = [{{ metric = "sold", weight = 9, {LINE} }}] }}]',
            "score.parts.0",
            "the weights do not sum to 100, but to 9.",
        ),
        ('[score]\nparts = [{ metric = "sold", as_points = true, weight = 3 }]', "score.parts.0.weight", "no weight"),
        (
            f'[score]\nparts = [{{ metric = "sold", as_points = true, {LINE} }}]',
            "score.parts.0.scale",
            "have no scale",
        ),
        ('[score]\nparts = [{ metric = "sold", weight = 100 }]', "score.parts.0.scale", "at least 2 points"),
        (f'[score]\nparts = [{{ metric = "sold", {LINE} }}]', "score.parts.0.weight", "as_points = true"),
        (f"[score]\nparts = [{PART[:-2]}, minimum = 101 }}]", "score.parts.0.minimum", "never gives so many"),
        (f"[score]\nparts = [{PART[:-2]}, more_than = 100 }}]", "score.parts.0.more_than", "never gives more"),
        (f"[score]\nparts = [{PART[:-2]}, at_most = 0 }}]", "score.parts.0.at_most", "add nothing"),
        (f"[score]\nparts = [{PART[:-2]}, at_most = 100 }}]", "score.parts.0.at_most", "adds no more than that"),
        (f'[score]\nchoose = "assigned"\nparts = [{PART}]', "score.choose", "no tracks"),
        (f'[score]\ncombine = "sum"\nparts = [{PART}]', "score.combine", "no scopes"),
        (f'[score]\nscope = "stage"\nparts = [{PART}]', "score.scope", "none of transaction has an attribute stage"),
        (f"[score]\ndecimals = -1\nparts = [{PART}]", "score.decimals", "Write 0 or more"),
        (
            f'[score]\ntrack = [{{ name = "T", parts = [{PART}] }}, {{ name = "T", parts = [{PART}] }}]',
            "score.track",
            "one name",
        ),
        (
            f'[score]\ntrack = [{{ name = "T", parts = [{PART}], partner = {{ segment = "s" }} }}]',
            "score.track.0.partner",
            "the best track counts for every partner",
        ),
        (
            f'[score]\nchoose = "assigned"\ntrack = [{", ".join(FITTING)}]',
            "score.track.0",
            "the tracks after it never apply",
        ),
    ],
)
def test_a_score_that_cannot_mean_anything(text: str, key: str, message: str) -> None:
    found = problems(BASE + text)
    assert any(message in f"{p.message} {p.remedy}" and p.place.endswith(f", {key}") for p in found), found


MONTHLY = PAID.replace("WINDOW", 'window = "1 month before"') + TIERS.replace("[tiers]", '[tiers]\nevery = "month"')


@pytest.mark.parametrize(
    ("statements", "in_force", "more", "is_refused"),
    [
        ("quarter", "same period", "", False),  # each line has the tier of its own day, which rests on earlier lines
        ("quarter", "same period", 'tier_as_of = "period end"', True),
        ("quarter", "next period", 'tier_as_of = "period end"', True),
        ("quarter", "next period", 'tier_as_of = "period start"', False),
        ("quarter", "next period", 'when = { tier = "Gold" }', True),
        ("quarter", "next period", 'when = { tier = "Gold" }\nmeasured = "event"', False),
        ("month", "next period", 'tier_as_of = "period end"', False),
        ("month", "same period", 'when = { tier = "Gold" }', False),
    ],
)
def test_tiers_reviewed_within_a_statement_never_rest_on_its_later_lines(
    statements: str, in_force: str, more: str, is_refused: bool
) -> None:
    text = f'statements = "{statements}"\n' + MONTHLY.replace("IN FORCE", in_force)
    found = [p for p in problems(HEAD + text + EARNING.replace("RATE", BY_TIER) + more) if not p.warning]
    way = "earning.upfront → tiers at the period's end → metric.paid → earning.upfront."
    assert [p.message for p in found] == ([f"the earning rests on what it pays itself: {way}"] if is_refused else [])
    assert all("tier_as_of" in p.remedy and ", line " in p.place for p in found)


@pytest.mark.parametrize(("window", "is_refused"), [("period", True), ("period, 3 months earlier", False)])
def test_a_score_rests_on_the_lines_of_its_own_period(window: str, is_refused: bool) -> None:
    scale = "scale = [{ at = 0, points = 0 }, { at = 9, points = 100 }]"
    score = f'[score]\nparts = [{{ metric = "paid", weight = 100, {scale} }}]\n'
    text = PAID.replace("WINDOW", f'window = "{window}"') + score + TIERS.replace("IN FORCE", "next period")
    found = [
        p for p in problems(HEAD + text + EARNING.replace("RATE", "0.1") + "when = { score = 50 }") if not p.warning
    ]
    way = "earning.upfront → score → metric.paid → earning.upfront."
    assert [p.message for p in found] == ([f"the earning rests on what it pays itself: {way}"] if is_refused else [])
