"""Rates and multipliers that cannot be meant are refused with the reason."""

import pytest

from tests.engine.cases import problems
from tests.engine.rating import SALES
from tests.engine.test_earning_triggers import rule


def test_what_cannot_mean_anything_is_refused() -> None:
    cases = {
        'on = "period end"\nbase = "amount"\nrate = 0.1': "its base is a metric",
        'on = "period end"\nwhere = { kind = "new" }\namount = 1': "it looks at a fact",
        'on = "period end"\nwhere = { partner.country = "DE" }\namount = 1': "Ask it of the partner: when = { partner",
        'on = "tier reached"\nonce_per = "deal"\namount = 1': "it looks at a fact",
        'on = { fact = "dael", day = "closed" }\namount = 1': "Did you mean deal",
        'on = { fact = "deal", day = "amount" }\namount = 1': "deal has no day amount",
        'on = "earning"\namount = 1': "belong together",
        'on = "earning"\nearning = "nope"\namount = 1': "nope is not defined",
        'on = "earning"\nearning = "x"\nrate = 0.1': "own lines",
        'on = "deal won"\nearning = "x"\namount = 1': "belong together",
        'on = "deal won"\nrate = 0.1': "nothing to pay on",
        'on = "deal won"\nrate = 0.1\nbase = "name"': "is no number",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", less = "csot" }': "Did you mean cost",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", per = 0 }': "more than zero",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", times = "csot" }': "Did you mean cost",
        'on = "deal won"\nrate = 0.1\nbase = { attribute = "amount", times = "cost" }': "money by another one",
        'on = "period end"\nrate = 0.1\nbase = { times = "amount" }': "its base is a metric",
        'on = "deal won"\nrate = 0.1\nbase = "amount"\nleast = 5\nmost = 4': "above the most",
        'on = "deal won"\nrate = 0.1\nbase = "amount"\nleast = -5': "zero or more",
        'on = "deal won"\namount = 1\nincrement_over = "year"': "does not grow",
        'on = "deal won"\namount = 1\ncount = { from = 0 }': "counted from 1",
        'on = "deal won"\namount = 1\ncount = { from = 3, to = 2 }': "no event is counted",
        'on = "deal won"\namount = 1\ncount = { per = "tier" }': "by tier",
        'on = "deal won"\namount = 1\nfor_months = 0': "below one",
        'on = "deal won"\namount = 1\nevery = "month"': "only a period's end",
        'on = { fact = "activity", day = "day" }\namount = 1': "nobody verifies",
        'on = "deal won"\namount = 1\nbase = "amount"': "whatever the base",
    }
    for text, said in cases.items():
        found = problems(f'[earning.x]\nsays = "X"\ntype = "X"\n{text}\n')
        assert any(said in str(p) for p in found), (text, found)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("{ entries = [] }", "no entry"),
        ("{ by_age = [{ from_months = 6, rate = 0.1 }] }", "rise from 0"),
        ('{ by_age = [{ rate = 0.1, where = { kind = "new" } }] }', "the age alone"),
        ('{ entries = [{ rate = 0.1, tier = "Gold" }] }', "tier Gold is not defined"),
        ("{ entries = [{ rate = 0.1 }, { rate = 0.2 }] }", "never counts"),
        ('{ resolve = "first", entries = [{ rate = 0.1 }, { rate = 0.2, where = { kind = "new" } }] }', "never counts"),
        ('{ age_of = "deal", entries = [{ rate = 0.1 }] }', "asks for an age"),
        ("{ entries = [{ rate = 0.1, from_months = -1 }] }", "zero or more"),
        ('{ bands = "marginal", steps = [{ from = 5, rate = 0.1 }, { from = 1, rate = 0.1 }] }', "must rise"),
        ('{ bands = "marginal", steps = [{ from = -5, rate = 0.1 }] }', "zero or above"),
        ('{ bands = "whole amount", over = "year", steps = [{ from = 0, rate = 0.1 }] }', "go on through"),
        ('{ bands = "marginal", each = "deal", steps = [{ from = 0, rate = 0.1 }] }', "kept apart"),
        ('{ bands = "marginal", excess_over = 5, steps = [{ from = 0, rate = 0.1 }] }', "has an excess"),
        ('{ bands = "marginal", by = "nope", steps = [{ from = 0, rate = 0.1 }] }', "nope is not defined"),
        (
            '{ bands = "whole amount", steps = [{ from = 0, rate = 0.2 }, { from = 100, rate = 0.1 }] }',
            "one more unit pays less: 10 after 20",
        ),
        ('{ bands = "whole amount", steps = [{ from = 0, rate = 0.1 }, { from = 100, rate = 0.2 }] }', "by a step"),
    ],
)
def test_a_rate_that_cannot_be_meant(rate: str, said: str) -> None:
    found = problems(rule("", pay=f'base = "amount"\nrate = {rate}'))
    assert any(said in str(p) for p in found), found


def test_a_step_that_a_case_works_out_is_meant() -> None:
    steps = "[{ from = 0, rate = 0.1 }, { from = 100, rate = 0.2 }]"
    text = rule("", pay=f'base = "amount"\nrate = {{ bands = "whole amount", steps = {steps} }}')
    case = '\n[[example]]\nsays = "200"\nas_of = 2026-03-31\ncovers = ["earning.bonus"]\n'
    assert not problems(text + case)
    assert problems(text + case.replace("bonus", "other"))


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        ("{}", "exactly one way"),
        ('{ days = "year", metric = "s" }', "exactly one way"),
        ('{ metric = "nope" }', "nope is not defined"),
        ('{ metric = "s", scale = [{ at = 1, points = 1 }] }', "at least 2"),
        ("{ by_tier = { Gold = 2 } }", "Gold is not defined"),
        ('{ entries = [{ factor = 2, where = { kidn = "new" } }] }', "kidn"),
    ],
)
def test_a_multiplier_that_cannot_be_meant(factor: str, said: str) -> None:
    found = problems(SALES + rule("", pay=f'base = "amount"\nrate = 0.1\nfactor = {factor}'))
    assert any(said in str(p) for p in found), found
