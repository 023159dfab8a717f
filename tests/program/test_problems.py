"""A broken program file is answered with file, line, key, what is wrong and what to do; all problems at once."""

import pytest

from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import EXAMPLE

GOOD = resource("programs/fennmark/2026.2.toml").read_text(encoding="utf-8")

# what is replaced, by what, and words that the message must hold
BROKEN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("[earning.anchor]", "[earning.anchor", ("not a readable TOML",)),
    (
        "effective_from = 2026-07-01",
        'effective_from = "2026-07-01"',
        ("effective_from", "is not a date", "without quotes"),
    ),
    ("effective_from = 2026-07-01\n", "", ("effective_from is missing",)),
    ('version = "2026.2"', "version = 2026", ("version", "is not a text", "in quotes")),
    (
        'fiscal_year_starts = "01-01"',
        'fiscal_year_starts = "13-01"',
        ("fiscal_year_starts", "no day of a year", "04-06"),
    ),
    ('statements = "month"', 'statements = "weekly"', ("statements", "weekly", "Known: month")),
    ('mode = "half-up"', 'mode = "nearest"', ("rounding.mode", "Did you mean half-up")),
    ('retention = "gross revenue"', 'retention = "gross"', ("retention", "Known: gross revenue")),
    ('window = "trailing 12 months"', 'window = "last year or so"', ("is not a window", "trailing 12 months")),
    ('of = "survey"', 'of = "surveys"', ("kind of fact surveys", "Did you mean survey?")),
    ('value = "share"', 'value = "stars"', ("survey has no attribute stars",)),
    ('take = "distinct"', 'take = "unique"', ("take", "Did you mean distinct")),
    ('growth = "joint_revenue"', 'growth = "joint_revenues"', ("metric joint_revenues", "Did you mean joint_revenue?")),
    ('mix = [{ metric = "standards"', 'mix = [{ metric = "deployment_quality"', ("made of itself",)),
    ('where = { status = "won" }', 'where = { state = "won" }', ("deal has no attribute state",)),
    ("least = 6", "least = 4", ("benchmark.least", "a single one could be worked out", "Write 5 or more")),
    ('metrics = ["renewal_rate"', 'metrics = ["renewal_rates"', ("metric renewal_rates", "Did you mean renewal_rate?")),
    (
        'where = { status = "won" }',
        'where = { status = { not = "lost", known = true } }',
        ("where.status", "not and known do not make one test", "or_unknown goes with bounds or not"),
    ),
    (
        'where = { status = "won" }',
        'where = { status = { not = "lost", or_unknown = "yes" } }',
        ("known and or_unknown are true or false",),
    ),
    ("weight = 35", "weight = 36", ("weights do not sum to 100",)),
    ("{ at = 0.60, points = 0 }, ", "{ at = 0.90, points = 0 }, ", ("must rise",)),
    (
        "{ at = 0.95, points = 100 }]\ntarget = 0.90",
        "{ at = 0.95, points = 120 }]\ntarget = 0.90",
        ("between 0 and 100",),
    ),
    ("requires = { score = 50 }", "requires = { score = 95 }", ("higher tier needs a lower score",)),
    ("requires = { score = 50 }", "requires = { points = 50 }", ("points is not a known key",)),
    ("requires = { score = 50 }", 'requires = { metric = "joint_revenue" }', ("no bound",)),
    ("requires = { score = 50 }", 'requires = { metric = "joint_rev", at_least = 1 }', ("metric joint_rev",)),
    ('on = "deal won"', 'on = "deal one"', ("trigger deal one", "Did you mean deal won?")),
    ("rate = { by_tier", 'rate = "12.5 %"\nfactor = { by_tier', ("“12.5 %” is not a rate. Write 0.125.",)),
    ("{ share = 0.5 }, ", '{ share = "50%" }, ', ("“50%” is not a number. Write 0.5.",)),
    ("requires = { score = 50 }", "requires = { revenue = 50 }", ('Write { metric = "revenue", at_least = 50 }.',)),
    ("requires = { score = 50 }", 'requires = { metric = "joint_revenue", min = 5 }', ("Did you mean at_least?",)),
    ('take = "distinct"', 'aggregate = "distinct"', ("aggregate is not a known key", "Did you mean take?")),
    ('if = "churned"', 'cause = "churned"', ("Did you mean if?",)),
    (
        "effective_from = 2026-07-01",
        "effective_from = 2026-07-01\neffective_to = 2026-12-31",
        ("a version holds until the next one",),
    ),
    (
        "{ by_tier = { Registered = 0.08, Silver = 0.10, Gold = 0.12, Platinum = 0.15 } }",
        "{ Registered = 1, Gold = 2 }",
        ("Write { by_tier = { Registered = ... } }",),
    ),
    (
        'where = { status = "won" }',
        'where = { status = { in = ["won"] } }',
        ("in is no test of status. Write status = [",),
    ),
    ("rate = { by_age = [", "rate = { steps = [", ('Say how: { bands = "marginal"',)),
    ("rate = { by_age = [", "rate = [1, 2] # [", ("a list is not a rate",)),
    ("rate = { by_tier", "rate = 1/8 # { by_tier", ("a fraction stands", "Write its decimals")),
    ("weight = 35", "weight = .35", ("begins with a digit. Write 0.05",)),
    ('base = "amount"', 'base = "sum"', ("has no attribute sum",)),
    ("Platinum = 0.15 } }", "Platin = 0.15 } }", ("tier Platin", "no entry for Platinum")),
    ("{ share = 0.5 }, ", "{ share = 0.6 }, ", ("shares do not sum to 1",)),
    ('if = "churned"', 'if = "gone"', ("Known: churned",)),
    ("{ from = 40_000, rate = 0.05 }", "{ from = 0, rate = 0.05 }", ("floors must rise",)),
    ("amount = 750.00", 'amount = "750"', ("is not a number", "without quotes")),
    ("amount = 750.00", "amount = 750.00\nrate = 0.1", ("either a rate or a fixed amount",)),
    (
        'of = ["anchor", "expansion", "rebate"]',
        'of = ["anchors", "expansion", "rebate"]',
        ("earning anchors", "Did you mean anchor?"),
    ),
    ("share = 0.10", "share = 10", ("between 0 and 1", "0.10 for 10 %")),
    ("release_after = 2\n", "", ("release_after is missing",)),
    ("at_most = 45_000.00", "at_most = inf", ("is not a number",)),
    ('every = "quarter"\nat_least', 'evry = "quarter"\nat_least', ("evry is not a known key", "Did you mean every?")),
    ('base = { metric = "quarter_revenue" }', 'base = "quarter_revenue"', ("base is a metric",)),
)


@pytest.mark.parametrize(
    ("old", "new", "words"), BROKEN, ids=[new.split("\n")[0][:40] or "left out" for _, new, _ in BROKEN]
)
def test_a_broken_text_is_located(old: str, new: str, words: tuple[str, ...]) -> None:
    assert old in GOOD, "the sample program changed; adapt this case"
    read = read_program(GOOD.replace(old, new, 1), "partners.toml")
    assert read.program is None
    said = "\n".join(str(p) for p in read.problems)
    for word in words:
        assert word in said, said
    assert all(str(p).startswith("partners.toml") for p in read.problems)
    assert all(p.remedy for p in read.problems if not p.warning), said


def test_the_line_is_that_of_the_key() -> None:
    line = GOOD.splitlines().index('retention = "net revenue"') + 1
    read = read_program(GOOD.replace('retention = "net revenue"', 'retention = "nets"'), "p.toml")
    assert str(read.problems[0]).startswith(f"p.toml, line {line}, metric.net_renewal_rate.retention")


def test_all_problems_come_at_once() -> None:
    text = GOOD.replace('retention = "net revenue"', 'retention = "nets"').replace("amount = 750.00", 'amount = "x"')
    assert len(read_program(text, "p.toml").problems) >= 2


@pytest.mark.parametrize("text", ["", "\ufeff" + GOOD, GOOD.replace("\n", "\r\n")])
def test_byte_order_marks_and_line_ends(text: str) -> None:
    read = read_program(text.lstrip("\ufeff"), "p.toml")
    assert (read.program is None) == (text == "")


def test_edits_never_share_a_hash() -> None:
    first, second = read_program(GOOD, "a"), read_program(GOOD + "\n# a comment\n", "b")
    assert first.program is not None and second.program is not None
    assert first.program.sha256 != second.program.sha256


@pytest.mark.parametrize(
    ("bounds", "is_empty"),
    [
        ("at_least = 5, at_most = 1", True),
        ("at_least = 5, below = 5", True),
        ("above = 5, at_most = 5", True),
        ("at_least = 5, at_most = 5", False),
        ("above = 1, below = 5", False),
        ("at_least = 0", False),
        ("at_most = 0", False),
    ],
)
def test_bounds_that_leave_no_value_are_refused(bounds: str, is_empty: bool) -> None:
    metric = f'[metric.m]\nsays = "M"\nof = "deal"\nwhere = {{ amount = {{ {bounds} }} }}\n'
    read = read_program(f'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n{metric}', "p.toml")
    assert (read.program is None) == is_empty
    assert any("nothing passes" in p.message for p in read.problems) == is_empty


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'where = { status = "won" }',
            'where = { status = "wonn" }',
            "“wonn” is no status of a deal. Did you mean won?",
        ),
        ('kind = ["new", "cross-sell"]', 'kind = ["New"]', "“New” is no usual kind of a deal. Did you mean new?"),
        ("Member = 0.05, Gold = 0.08", "Member = 5, Gold = 8", "a rate of 8 is 800 % of the base. Write 0.08 for 8 %"),
        (
            '"earning.commission", "cap',
            '"earning.comission", "cap',
            "no rule earning.comission. Did you mean earning.comm",
        ),
        ('currency = "EUR"', 'currency = "JPY"', "to 2 decimals, JPY has none. Write rounding = { decimals = 0 }."),
        ('currency = "EUR"', 'currency = "KWD"', "to 2 decimals, KWD has 3. Write rounding = { decimals = 3 }."),
        ('currency = "EUR"', 'currency = "euro"', "euro is no currency code. Write its three letters"),
    ],
)
def test_what_reads_well_and_can_hardly_be_meant_is_warned_of(old: str, new: str, words: str) -> None:
    assert old in EXAMPLE
    read = read_program(EXAMPLE.replace(old, new, 1), "partners.toml")
    assert read.program is not None
    assert words in "\n".join(str(p) for p in read.problems if p.warning)
    assert not read_program(EXAMPLE, "partners.toml").problems, "the printed example is without a warning"


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("customer.contry", "Did you mean customer.country?"),
        ("channel", "a free attribute is written attributes.channel."),
    ],
)
def test_an_attribute_that_is_not_there_has_a_remedy(path: str, remedy: str) -> None:
    text = EXAMPLE.replace('where = { status = "won" }', f'where = {{ {path} = "x" }}', 1)
    assert remedy in "\n".join(map(str, read_program(text, "partners.toml").problems))


@pytest.mark.parametrize(
    "weeks",
    [
        'quarter = "4-4-4-4"',
        'quarter = "3-3-3-4"',
        'quarter = "four weeks"',
        "periods = 13",
        'periods = "13"',
        "months = 13",
    ],
)
def test_a_year_of_thirteen_periods_is_told_what_to_write_instead(weeks: str) -> None:
    text = (
        f'program = "p"\nversion = "1"\neffective_from = 2026-01-01\nfiscal_weeks = {{ ends_on = "Sunday", {weeks} }}\n'
    )
    [problem] = read_program(text, "p.toml").problems
    assert "A year of 13 periods of four weeks is written" in problem.remedy
    assert 'periods = "3-3-3-4"' in problem.remedy


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ('periods = "3-3-3-4", week_53 = 14', "week_53: a year has no such month. Write 1 to 13"),
        ("week_53 = 13", "week_53: a year has no such month. Write 1 to 12"),
        ('periods = "3-3-3-4", quarter = "4-5-4"', "quarter: of thirteen periods each has four weeks. Drop it"),
    ],
)
def test_a_year_of_thirteen_periods_has_a_thirteenth_month_and_no_pattern(weeks: str, said: str) -> None:
    text = (
        f'program = "p"\nversion = "1"\neffective_from = 2026-01-01\nfiscal_weeks = {{ ends_on = "Sunday", {weeks} }}\n'
    )
    [problem] = read_program(text, "p.toml").problems
    assert said in str(problem)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("for_months = { by_tier = { Gold = 36 } }", 'age_of = "stream"'),
        ('base = { attribute = "amount", times = 12 }', "1.2 for 12 times 10 %"),
        ('once_per = "partner"', 'Write count = { per = "partner", to = 1 } in its place.'),
        ("first = 10", "Did you mean count?"),
        ('[cap.c]\nof = ["e"]\nat_most = { USD = 100 }', "Write by_currency = { USD = ... }"),
        ('[holdback.h]\nof = ["e"]\nshare = 0.5\nrelease = "year end"', "Did you mean release_after?"),
        ('[tiers]\nin_force = "next month"', "Did you mean next period?"),
        ("when = { invited = true }", 'partner = { attributes.invited = "yes" }'),
        ('rate = { bands = "step table", steps = [{ from = 1, amount = 5 }] }', "whole amount"),
    ],
)
def test_what_is_said_elsewhere_is_told_where(text: str, remedy: str) -> None:
    head = 'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n[earning.e]\nsays = "E"\ntype = "E"\n'
    problems = read_program(f'{head}on = "deal won"\n{text}\n', "p.toml").problems
    assert any(remedy in problem.remedy for problem in problems)


def test_a_series_of_months_is_told_where_its_window_stands() -> None:
    head = 'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n[metric.m]\nsays = "M"\n'
    [problem, *_] = read_program(f'{head}series = {{ metric = "n", months = 3 }}\n', "p.toml").problems
    assert 'window = "trailing 3 months"' in problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "[pool]\namount = 5000\n",
        '[[tier]]\nname = "Gold"\nrequires = { rank = 3 }\n',
        '[metric.m]\nsays = "M"\nof = "deal"\ntake = "rank"\n',
        '[metric.m]\nsays = "M"\nof = "ranking"\n',
        '[earning.e]\nsays = "E"\ntype = "E"\non = "period end"\nshare_of_pool = 0.1\n',
    ],
)
def test_a_rank_or_a_pool_is_told_to_be_an_observation(text: str) -> None:
    read = read_program(f'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n{text}', "p.toml")
    assert [p for p in read.problems if 'of = "observation"' in p.remedy], read.problems


def test_a_file_of_facts_beside_a_program_is_told_once() -> None:
    text = '[[partner]]\nid = "A"\n[[deal]]\nid = "D"\n[[contract]]\nid = "C"\n[[transaction]]\nid = "T"\n'
    (problem,) = read_program(text, "facts.toml").problems
    assert str(problem).startswith("facts.toml: it holds facts (partner, deal, contract ...), and no program.")
