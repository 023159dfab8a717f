"""What people get wrong when they write a program by hand is told with its file, line and key, and what to write."""

import re
from pathlib import Path

import pytest

from partnerdesk.engine.problem import Problem
from partnerdesk.program.reader import read_file
from partnerdesk.program.reference import EXAMPLE

RATE = "rate = { by_tier = { Member = 0.05, Gold = 0.08 } }"
SCALE = "scale = [{ at = 0, points = 0 }, { at = 9, points = 100 }]"
SCORE = "\n[score]\nparts = [\n" + "".join(
    f'  {{ metric = "{name}", weight = {weight}, {SCALE} }},\n'
    for name, weight in (("revenue", 0.6), ("certified", 0.4))
)
GROWTH = '[metric.growth]\nsays = "Growth"\ngrowth = "revenue"\n\n[metric.certified]'


def told(tmp_path: Path, text: str | bytes) -> list[Problem]:
    file = tmp_path / "harbour.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_file(file).problems)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        # what is no TOML
        (RATE, "rate = 0,05", "", "Write decimals with a point, 0.05"),
        (RATE, "rate = 5 %", "", "Write 0.05 for 5 %"),
        ("at_most = 10_000", "at_most = 10,000", "", "thousands as 10_000"),
        ("at_most = 10_000", "at_most = 10.000.000", "", "Write 10_000"),
        ("at_most = 10_000", "at_most = 10_000 EUR", "", "Write the number alone"),
        ("effective_from = 2026-01-01", "effective_from = 01.01.2026", "", "2026-01-31"),
        ("effective_from = 2026-01-01", "effective_from = 1/1/2026", "", "2026-01-31"),
        ("effective_from = 2026-01-01", "effective_from = 2026-02-30", "", "there is no such day"),
        ("effective_from = 2026-01-01", "effective_from = 2026-13-01", "", "there is no such day as 2026-13-01"),
        ("effective_from = 2026-01-01", "effective_from = 2026-01-32", "", "there is no such day as 2026-01-32"),
        ("effective_from = 2026-01-01", "effective_from = 2026-1-1", "", "the day 2026-1-1 is written otherwise"),
        ("where = { kind", "where = { closed = 2026-13-01, kind", "", "there is no such day as 2026-13-01"),
        ('every = "quarter"', "every = quarter", "", 'Write key = "text".'),
        ('every = "quarter"', "every = \u201cquarter\u201d", "", "Write straight ones"),
        ('every = "quarter"', 'every: "quarter"', "", "Write key = value."),
        ('every = "quarter"', 'every = "quarter', "", "does not end"),
        ('base = "amount"', 'base = "amount"\nbase = "list"', "", "base stands here a second time"),
        ("[cap.quarter]", "[tiers]\n[cap.quarter]", "", "[tiers] is declared a second time"),
        ('every = "quarter"', 'every = "quarter";', "", "Drop it."),
        ('every = "quarter"', 'every == "quarter"', "", "one equals sign"),
        ('currency = "EUR"', 'currency "EUR"', "", "with an equals sign"),
        (RATE, RATE.replace("0.08 }", "0.08, }"), "", "a comma stands at the end of a table"),
        (RATE, RATE.replace("by_tier =", '"by_tier":'), "", "Write { key = value }."),
        (RATE, RATE.replace("Gold", "\n Gold"), "", "Write it on one line"),
        ('base = "amount"', 'base = "amount"\nwhile_active = True', "", "Write true or false."),
        ("[tiers]", "// moves\n[tiers]", "", "Begin it with #."),
        ("[metric.revenue]", "[metric.joint revenue]", "", "stands in quotes"),
        ("[tiers]", "[tiers", "", "Expected ']'"),
        # keys and tables
        ("[earning.commission]", "[earnings.commission]", "earnings", "Did you mean earning?"),
        (
            "[cap.quarter]",
            'statements = "month"\n[cap.quarter]',
            "earning.commission.statements",
            "above the first [table]",
        ),
        ('version = "2026"\n', "", "version", "version is missing."),
        ('program = "harbour-partners"', 'program = ""', "program", "program is empty."),
        ('name = "Member"', 'name = "Gold"', "tier.1", "a tier before it is named Gold, too."),
        (
            RATE,
            'rate = { bands = "marginal", steps = [{ from = 0, to = 9, rate = 0.1 }] }',
            "earning.commission.rate.steps.0.to",
            "each one holds up to the next one's from",
        ),
        (
            "[tiers]",
            "[module.m.earning.comission]\nrate = 0\n[tiers]",
            "module.m.earning.comission",
            "Did you mean commission?",
        ),
        ('currency = "EUR"', 'currency = "EUR"\ninclude = ["shared 3"]', "include", "there are no definitions"),
        ('[[tier]]\nname = "Member"\n', "[tier.Member]\n", "", "Write [[name]] for each"),
        (
            '[[tier]]\nname = "Member"\n\n[[tier]]\nname = "Gold"',
            "[tier.Member]\n\n[tier.Gold]",
            "tier",
            "Write [[tier]] for each.",
        ),
        ('{ status = "won" }', "{ status = { at_least = 3 } }", "metric.revenue.where", "has no bounds"),
        ('{ status = "won" }', "{ status = 1 }", "metric.revenue.where", "Write it in quotes."),
        ('{ status = "won" }', '{ amount = "1000" }', "metric.revenue.where", "Write it without quotes."),
        ('{ status = "won" }', '{ closed = "2026-01-01" }', "metric.revenue.where", "Write it as 2026-01-31"),
        ('text = "Gold" }', 'text = "Gold", period = "2026-Q1" }', "example.0.expect.0.period", "Write 2026, 2026H1"),
        # what others call otherwise
        ('window = "trailing 12 months"', 'window = "last 12 months"', "metric.revenue.window", 'Write "trailing 12'),
        ('window = "trailing 12 months"', 'window = "previous quarter"', "metric.revenue.window", 'Write "1 quarter'),
        ('window = "trailing 12 months"', 'window = "YTD"', "metric.revenue.window", 'Write "year to date".'),
        ('of = "deal"', 'of = "invoices"', "metric.revenue.of", 'Write of = "transaction" with where'),
        ('take = "distinct"', 'take = "max"', "metric.certified.take", "Did you mean greatest?"),
        ('statements = "quarter"', 'statements = "monthly"', "statements", "Did you mean month?"),
        ('on = "deal won"', 'on = "month end"', "earning.commission.on", 'on = "period end" and every = "month"'),
        ('on = "deal won"', 'on = "invoice"', "earning.commission.on", "Did you mean invoice issued?"),
        ('base = "amount"', 'base = "metric.revenue"', "earning.commission.base", '{ metric = "revenue" }'),
        (RATE, 'rate = { bands = "retroactive", steps = [{ from = 0, rate = 0.1 }] }', None, "mean whole amount?"),
        (RATE, f'{RATE}\nclawback = [{{ if = "cancelled" }}]', "earning.commission.clawback.0.if", "churned?"),
        (RATE, f"{RATE}\ncount = 3", "earning.commission.count", "Write it as { to = 3 }."),
        (RATE, f'{RATE}\nwhen = "Gold"', "earning.commission.when", '{ tier = "Gold" }'),
        (RATE, f'{RATE}\nwhen = {{ tier = ["Gold"] }}', None, 'Only one can stand here: "Gold".'),
        (RATE, f"{RATE}\nsays_so = true", None, "says_so is not a known key"),
        ("[tiers]", "[payout]\nminimum = 50\n[tiers]", "payout", "That is said in [settlement]."),
        ('[[tier]]\nname = "Gold"', "[tier.Gold]", "tier.0.Gold", 'Write [[tier]] with name = "Gold".'),
        ('{ status = "won" }', '{ product_family = "A" }', "metric.revenue.where", "Did you mean product.family?"),
        ('{ status = "won" }', '{ not = { status = "won" } }', None, '{ status = { not = "won" } }'),
        ('{ status = "won" }', "{ attributes.big = true }", "metric.revenue.where", '"true" or "yes"'),
        ('version = "2026"', "version = true", "version", '“true” is not a text. Write it in quotes: "true".'),
        ("[tiers]", '[score]\nparts = ["revenue"]\n[tiers]', "score.parts.0", "scale = [{ at = 0, points = 0 }"),
        # numbers that were meant otherwise
        (RATE, "rate = 5", "earning.commission.rate", "Write 0.05 for 5 %"),
        ("at_most = 10_000", "at_most = 10.000", "cap.quarter.at_most", "Write 10_000"),
        ("{ share = 0.5 }, ", "{ share = 0.4 }, ", "earning.commission.vests", "do not sum to 1, but to 0.9."),
        (
            RATE,
            f"{RATE}\nfactor = [{{ by_tier = {{ Member = 100, Gold = 110 }} }}]",
            "earning.commission.factor.0",
            "Write 1.1",
        ),
        ("at_most = 10_000", "at_most = nan", "cap.quarter.at_most", "is not a number"),
        ("[tiers]", '[fund.f]\nsays = "F"\naccrues_on = "revenue"\nrate = 3\n[tiers]', "fund.f", "Write 0.03 for 3 %"),
        # what cannot be meant
        ("[tiers]", "[disputes]\nwithin_days = -3\n[tiers]", "disputes.within_days", "below zero"),
        (
            'name = "Member"',
            'name = "Member"\nrequires = { metric = "revenue", at_least = 500_000 }',
            "tier.0.requires",
            "Gold above it 100,000",
        ),
    ],
)
def test_a_slip_of_the_hand(tmp_path: Path, old: str, new: str, key: str | None, message: str) -> None:
    assert old in EXAMPLE
    text = EXAMPLE.replace(old, new, 1)
    problems = told(tmp_path, text)
    found = [p for p in problems if message in f"{p.message} {p.remedy}"]
    assert found, problems
    place = found[0].place
    named = r", .*" if key is None else re.escape(f", {key}" if key else "")
    assert re.fullmatch(rf"harbour\.toml, line \d+{named}", place), place
    assert all(p.remedy for p in problems)


def test_a_syntax_error_stands_at_its_line(tmp_path: Path) -> None:
    text = EXAMPLE.replace(RATE, "rate = 0,05")
    (wrong,) = told(tmp_path, text)
    assert wrong.place == f"harbour.toml, line {line_of(text, 'rate = 0,05')}"


def test_weights_that_are_shares(tmp_path: Path) -> None:
    found = told(tmp_path, f"{EXAMPLE}{SCORE}]\n")
    assert any("do not sum to 100, but to 1." in p.message and p.place.endswith(", score") for p in found)


def test_a_share_that_is_compared_with_a_percentage(tmp_path: Path) -> None:
    text = EXAMPLE.replace("[metric.certified]", GROWTH).replace(
        'metric = "certified", at_least = 1', 'metric = "growth", at_least = 20'
    )
    (found,) = told(tmp_path, text)
    assert found.warning and "growth is a share, and 20 of it is 2,000 %. Write 0.2 for 20 %" in str(found)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_and_a_mark_of_the_encoding_are_read(tmp_path: Path, newline: str) -> None:
    assert not told(tmp_path, b"\xef\xbb\xbf" + EXAMPLE.replace("\n", newline).encode())


def test_a_file_in_another_encoding_is_told_at_its_line(tmp_path: Path) -> None:
    line = line_of(EXAMPLE, "Harbour partner")
    (wrong,) = told(tmp_path, EXAMPLE.replace("Harbour partner", "H\u00e4fen", 1).encode("latin-1"))
    assert wrong.place == f"harbour.toml, line {line}" and "Save the file as UTF-8." in wrong.remedy
