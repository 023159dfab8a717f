"""An earning and a cap in the words of a partner: every key that is set is spoken."""

import pytest

from tests.program.saying import AMOUNTS, FILLED, STEPS, earning, said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            earning("", '{ fact = "activity", day = "day", says = "a demo is given" }', "amount = 5"),
            "When a demo is given",
        ),
        (earning("", '{ fact = "case", day = "closed" }', "amount = 5"), "When the closed of a case comes"),
        (earning("", '{ fact = "observation", day = "day" }', "amount = 5"), "When the day of an observation comes"),
        (earning("", pay='base = "attributes.advance"\nrate = 1'), "you earn the advance, as an amount in EUR"),
        (
            earning("least = 20", '"period end"', 'base = { metric = "sales" }\nrate = 0.1'),
            "A line pays at least 20.00 EUR, and nothing where sales are 0.",
        ),
        (
            earning(
                "",
                '"period end"',
                f'base = {{ metric = "set" }}\nrate = {{ bands = "marginal", by = "sales", {FILLED} }}',
            )
            + '[metric.set]\nsays = "Amount at target"\nfixed = 1000\n',
            "from 0: × 0.05, from 500: × 0.03",
        ),
        (earning("", '"tier reached"', "amount = 5"), "When a higher tier than the one before is entered"),
        (
            earning('exchange = { table = "market" }'),
            "exchanged at the last rate up to the event's day, from the table “market”",
        ),
        (
            earning(
                "where.attributes.volume = { at_least = 3000 }",
                '{ fact = "contract", day = "attributes.known", says = "the profit of 90 days is known" }',
                "amount = 5",
            ),
            "When the profit of 90 days is known, for a contract whose volume is at least 3,000, you earn",
        ),
        (
            earning("vests = [{ share = 1, after_days = 60 }]", '"period end"', "amount = 5"),
            "It becomes payable 60 days after the period's end.",
        ),
        (
            earning("vests = [{ share = 1, parts = 3, apart_months = 12 }]"),
            "It is payable in 3 equal parts, the first at once, then each 12 months later.",
        ),
        (
            earning("vests = [{ share = 1, parts = 2, if_active = true }]"),
            "It is payable in 2 equal parts, the first at once, the other a month later, if the customer's contract",
        ),
        (
            earning("vests = [{ share = 1, after_days = 60, parts = 3 }]"),
            "It becomes payable 60 days after the event, in 3 equal parts a month apart.",
        ),
        (earning('every = "year"', '"period end"', "amount = 5"), "At the end of each year"),
        (
            earning('earning = "other"', '"earning"', "rate = 0.1"),
            "When you earn other commission, you earn 10 % of it",
        ),
        (
            earning('earning = "other"\nof = "sub-partners"', '"earning"', "rate = 0.1"),
            "When a partner directly below you earns other commission",
        ),
        (earning('of = "sub-partners"'), "When a deal is won at a partner directly below you"),
        (earning('of = "sub-partners"\nlevel = 2'), "When a deal is won at a partner 2 levels below you"),
        (earning('when = { metric = "sales", above = 3 }'), ", if sales are more than 3, you earn"),
        (
            earning("", pay='rate = 0.1\nbase = { attribute = "amount", less = "cost", not_below = 0, per = 12 }'),
            "of the amount less the cost, counted as 0 where it is less, divided by 12",
        ),
        (
            earning("", pay='rate = 0.1\nbase = { attribute = "amount", times = "attributes.share" }'),
            "10 % of the amount times the share",
        ),
        (
            earning("", on='"contract started"', pay='rate = 0.8\nbase = { attribute = "seats", times = "recurring" }'),
            "80 % of the seats times the recurring",
        ),
        (earning('tier_as_of = "registration"'), "The tier at the registration of its deal counts"),
        (earning('rules_as_of = "registration"'), "The rule that was in force at the registration of its deal stays"),
        (earning("least = 5\nmost = 9"), "A line pays at least 5.00 EUR and at most 9.00 EUR"),
        (
            earning('least = { base = "cost", rate = 0.2 }\nmost = 9'),
            "A line pays at least 20 % of the cost and at most 9.00 EUR",
        ),
        (
            earning('least = { base = "seats", rate = 20 }', '"contract started"', 'base = "recurring"\nrate = 0.1'),
            "A line pays at least 20.00 EUR for each one of the seats.",
        ),
        (earning('most = { base = "cost", rate = 0.2 }'), "least of (cost × its rate) and amount × rate"),
        (
            earning(
                'least = { rate = { entries = [{ amount = 5 }, { amount = 9, tier = "Gold" }] } }',
                pay='base = "amount"\nrate = 0.1',
            ),
            "A line pays at least 9.00 EUR for Gold, 5.00 EUR otherwise",
        ),
        (
            earning("", pay="base = { by_currency = { USD = 500, EUR = 450 } }\nrate = 1"),
            "you earn 500.00 USD or 450.00 EUR (by its currency).",
        ),
        (
            earning(
                "",
                '"contract started"',
                'base = { by_currency = { USD = 20 }, currency = "partner.currency", times = "seats" }\nrate = 2',
            ),
            "you earn 200 % of 20.00 USD (by its partner's currency) times the seats.",
        ),
        (
            earning("", pay="base = { by_currency = { USD = 500 } }\nrate = -1"),
            "500.00 USD (by its currency) is taken off",
        ),
        (earning("least = 5\nmost = 9"), "least of 9.00 and greatest of 5.00 and amount × rate"),
        (earning('increment_over = "year"'), "a change of rate is made good"),
        (earning('increment_over = "year"\nincrement_of = "latest"'), "what the base as it stands earns"),
        (earning('measured = "event"'), "measured up to its own day"),
        (
            earning("", pay='rate = 5\nbase = { attribute = "amount", per = 1000, whole = true }'),
            "you earn 5.00 EUR for each one of the amount divided by 1,000 in whole ones",
        ),
        (
            earning(
                "",
                pay='base = "amount"\nrate = { entries = [{ rate = 0.1 }, '
                '{ rate = 0.2, when = { metric = "sales", above = 3 } }] }',
            ),
            "you earn 20 % of the amount if sales are more than 3, 10 % otherwise",
        ),
        (earning('credit = "full"'), "paid in full where several partners are credited"),
        (earning('tier_as_of = "period start"'), "The tier at the start of its period counts"),
        (earning('tier_as_of = "period end"'), "The tier at the end of its period counts"),
        (earning('tier_as_of = "stream start"\nstream = "deal"'), "The tier at the start of its deal counts"),
        (
            earning('tier_as_of = "stream renewal"\nstream = "customer"'),
            "The tier at the latest renewal (or else the start) of the customer's business counts",
        ),
        (
            earning('rules_as_of = "stream renewal"'),
            "The rule that was in force at the latest renewal (or else the start) of its contract stays",
        ),
        (earning('rules_as_of = "stream start"'), "The rule that was in force at the start of its contract stays"),
        (earning("for_months = 12"), "only within 12 months of the start of its contract"),
        (earning("while_active = true"), "only while the customer has a contract in force"),
        (earning('once_per = "customer"'), "Only the first one per customer counts"),
        (earning("count = { to = 1 }"), "Only the first of each partner counts"),
        (
            earning('count = { per = "customer", to = 5, over = "year" }'),
            "Only the first 5 of each customer in each year",
        ),
        (earning("count = { from = 2 }"), "They count from number 2 of each partner on"),
        (earning("count = { from = 2, to = 2 }"), "Only number 2 of each partner counts"),
        (earning('count = { per = "stream", from = 2, to = 3 }'), "Only numbers 2 to 3 of each contract count"),
    ],
)
def test_every_key_of_an_earning_is_spoken(text: str, words: str) -> None:
    assert words in said(text)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (
            "{ by_tier = { Gold = 0.2 }, otherwise = 0.1 }",
            "you earn 20 % of the amount as Gold (where none applies, 10 %)",
        ),
        (
            "{ by_age = [{ rate = 0.1 }, { rate = 0.2, from_months = 12 }] }",
            "10 % of the amount and 20 % from month 12 of the customer's age",
        ),
        (
            '{ age_of = "contract", by_age = [{ rate = 0.1 }, { rate = 0.2, from_months = 12 }] }',
            "20 % from month 12 of the contract's age",
        ),
        (
            '{ entries = [{ rate = 0.1 }, { amount = 9, tier = "Gold" }] }',
            "you earn 9.00 EUR for Gold, 10 % of the amount otherwise",
        ),
        (
            '{ resolve = "first", entries = [{ rate = 0.1, where = { kind = "new" } }, { rate = 0.2 }] }',
            "10 % of the amount where kind is new, 20 % otherwise (the first one that fits)",
        ),
        (
            '{ resolve = "greatest", entries = [{ rate = 0.1, says = "always" }] }',
            "a rate on the amount by case (of those that fit, the one that pays most)",
        ),
        (
            f'{{ entries = [{{ bands = {{ bands = "marginal", {STEPS} }} }}] }}',
            "a rate on each slice of it (from 0: 1 %",
        ),
        (f'{{ bands = "marginal", {STEPS} }}', "from 100: 2 % and 7.00 EUR"),
        (
            f'{{ bands = "marginal", over = "ever", each = "customer", {STEPS} }}',
            "the bands going on through all years for each customer",
        ),
        (
            f'{{ bands = "marginal", over = "year", {STEPS} }}',
            "a rate on each slice of the amount, the bands going on through the year",
        ),
        (
            f'{{ bands = "marginal", over = "year", each = "customer", floors_of = "paid", {FILLED} }}',
            "a rate on each slice of the amount, by what was paid for each customer so far in the year",
        ),
        (
            f'{{ bands = "marginal", over = "year", floors_of = "paid", paid_with = ["other"], {FILLED} }}',
            "by what was paid so far in the year with other commission, theirs up to the day before",
        ),
        (f'{{ bands = "marginal", by = "sales", {STEPS} }}', "the amount times a rate on each slice of sales"),
        (
            f'{{ bands = "whole amount", edge = "above", {STEPS} }}',
            "by the band that it reaches, where a floor itself belongs to the band below",
        ),
        (
            f'{{ bands = "whole amount", by = "sales", {STEPS} }}',
            "a rate on the whole of the amount, by the band that sales reach",
        ),
        (
            f'{{ bands = "marginal", over = "ever", {AMOUNTS} }}',
            "a fixed amount for each band that the amount reaches, the bands going on through all years. |",
        ),
        (f'{{ bands = "marginal", {AMOUNTS} }}', "from 0: nothing, from 100: 7.00 EUR"),
        (
            f'{{ bands = "whole amount", by = "sales", {AMOUNTS} }}',
            "you earn a fixed amount by the band that sales reach.",
        ),
        (
            f'{{ bands = "step on excess", excess_over = 50, {STEPS} }}',
            "the rate of the band that it reaches on what lies above 50 of the amount, and the first",
        ),
    ],
)
def test_every_key_of_a_rate_is_spoken(rate: str, words: str) -> None:
    assert words in said(earning("", pay=f'base = "amount"\nrate = {rate}'))


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        ("{ by_tier = { Base = 1, Gold = 2 } }", "times 1 as Base and 2 as Gold"),
        ('{ metric = "sales" }', "times sales"),
        (
            '{ metric = "sales", scale = [{ at = 0, points = 1 }, { at = 9, points = 2 }] }',
            "0 = 1, 9 = 2, in proportion in between",
        ),
        ('{ entries = [{ factor = 2, where = { kind = "new" } }] }', "times 2 where kind is new"),
        ('{ days = "year" }', "the share of the year's days on which these terms are in force"),
    ],
)
def test_every_kind_of_multiplier_is_spoken(factor: str, words: str) -> None:
    assert words in said(earning(f"factor = {factor}")).replace(".", "", 1) or words in said(
        earning(f"factor = {factor}")
    )


@pytest.mark.parametrize(
    ("cap", "words"),
    [
        ("at_most = 5", "Bonus is at most 5.00 EUR a quarter"),
        ('at_most = 5\nevery = "ever"\nper = "customer"', "is at most 5.00 EUR in all for each customer"),
        (
            'at_most = ["none", { from = 2026-02-01, amount = 5 }]',
            "Bonus is without limit, at most 5.00 EUR a quarter from 1 Feb 2026.",
        ),
        (
            'at_most = [{ from = 2026-02-01, amount = 5 }, { from = 2026-04-01, amount = "none" }]',
            "Bonus is at most 5.00 EUR a quarter from 1 Feb 2026, without limit from 1 Apr 2026.",
        ),
        ('at_most = { metric = "sales", times = 0.5 }', "50 % of sales a quarter"),
        ("at_most = { amount = 5, by_currency = { USD = 6 } }", "5.00 EUR or 6.00 USD"),
        ('at_most = 5\nwhen = { metric = "sales", above = 3 }', ", if sales are more than 3"),
        ('at_most = 5\ncut = ["bonus"]', "of what falls on one day, bonus is cut first"),
    ],
)
def test_every_key_of_a_cap_is_spoken(cap: str, words: str) -> None:
    assert words in said(earning("") + f'[cap.top]\nof = ["bonus"]\n{cap}\n', "cap.top")
