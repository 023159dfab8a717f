"""An earning and a cap in the words of a partner: every key that is set is spoken."""

import pytest

from partnerdesk.program.words import rule_words
from partnerdesk.program.words.phrases import says_more
from tests.engine.cases import program

BASE = 'base = "amount"\nrate = 0.1'
OTHERS = """
[metric.sales]
says = "Sales"
of = "deal"
day = "closed"
window = "period"
[earning.other]
says = "Other commission"
type = "OTHER"
on = "deal won"
base = "amount"
rate = 0.1
[[tier]]
name = "Base"
[[tier]]
name = "Gold"
requires = { metric = "sales", above = 5 }
"""
STEPS = "steps = [{ from = 0, rate = 0.01 }, { from = 100, rate = 0.02, amount = 7 }]"
FILLED = "steps = [{ from = 0, rate = 0.05 }, { from = 500, rate = 0.03 }]"
AMOUNTS = "steps = [{ from = 0 }, { from = 100, amount = 7 }]"


def said(text: str, key: str = "earning.bonus") -> str:
    found = next(w for w in rule_words(program(OTHERS + text)) if w.key == key)
    return " | ".join((found.sentence, found.formula, found.parameters)).replace("\N{NO-BREAK SPACE}", " ")


def earning(more: str, on: str = '"deal won"', pay: str = BASE) -> str:
    return f'[earning.bonus]\nsays = "Bonus"\ntype = "BONUS"\non = {on}\n{pay}\n{more}\n'


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


def test_a_rate_on_what_is_no_money_is_an_amount_for_each() -> None:
    pay = 'base = "attributes.seats"\nrate = { bands = "marginal", steps = [{ from = 0, rate = 0.0006 }] }'
    words = said(earning("", pay=pay))
    assert "you earn a rate on each slice of the seats" in words
    assert "from 0: 0.0006 EUR for each one" in words


def test_amounts_that_a_band_adds_once_are_said_so() -> None:
    pay = f'base = "amount"\nrate = {{ bands = "whole amount", {AMOUNTS} }}'
    words = said(earning('increment_over = "year"\nincrement_of = "latest"', pay=pay))
    assert "reaches by then, less what was paid before in the year: each amount is paid once" in words


def test_the_one_rate_of_a_fund_stands_in_its_sentence() -> None:
    fund = '[fund.mdf]\nsays = "MDF"\nevery = "year"\naccrues_on = "sales"\nrate = 0.01\nuse_periods = 1\n'
    assert "At the end of each year 1 % of sales is put into this fund" in said(fund, "fund.mdf")
    words = said(fund + "rate_by_tier = { Gold = 0.02 }\n", "fund.mdf")
    assert "a rate of sales is put into this fund" in words and "rate Gold 2 %, otherwise 1 %" in words


def test_a_share_that_waits_after_something_says_so() -> None:
    assert "becomes payable 45 days after the end of the month" in said(
        earning('vests = [{ share = 1, at = "month end", after_days = 45 }]')
    )
    on_day = said(earning('vests = [{ share = 1, at = "month end", on_day = 15 }]'))
    assert "becomes payable on the next 15th from the end of the month on" in on_day


def test_least_amounts_are_said_of_lines_and_of_each_deal() -> None:
    assert "A line of less than 5.00 EUR is not paid" in said(earning("nothing_below = 5"))
    assert "not paid, and waits for the next one" in said(earning('nothing_below = 5\nincrement_over = "year"'))
    net = '[safety_net.floor]\nof = ["bonus"]\nevery = "year"\nper = "deal"\nat_least = 9\n'
    words = said(earning("") + net, "safety_net.floor")
    assert "of a year for any deal that has some is below 9.00 EUR, the difference is paid" in words


CAP = '[cap.top]\nof = ["bonus"]\nat_most = 5\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (earning("", pay='base = "amount"\nrate = -0.15'), "When a deal is won, 15 % of the amount is taken off."),
        (earning("", pay="amount = -25"), "25.00 EUR is taken off"),
        (
            earning(
                "",
                pay='base = "amount"\nrate = { bands = "marginal", over = "year", steps = [{ from=0, rate=-0.1 }] }',
            ),
            "this is taken off: a rate on each slice of the amount, the bands going on through the year.",
        ),
        (earning("where.registered = { known = false }"), "When a deal is won that is not registered, you earn"),
        (
            earning("").replace('says = "Bonus"', 'says = "M1 at signature"') + CAP,
            "M1 at signature is at most 5.00 EUR",
        ),
        (
            earning(
                'where.kind = "write-off"', '{ fact = "transaction", day = "day", says = "a debt is written off" }'
            ),
            "for a transaction whose kind is write-off, 10 % of the amount is taken off.",
        ),
        (
            earning(
                'where.kind = ["refund", "credit-note"]',
                '{ fact = "transaction", day = "day", says = "money goes back" }',
                'base = "amount"\nrate = -0.1',
            ),
            "whose kind is refund or credit-note, you earn 10 % of the amount.",
        ),
        (earning("least = 20", pay='base = "amount"\nrate = -0.15'), "A line takes off at least 20.00 EUR."),
        (earning("", on='"contract started"', pay='base = "recurring"\nrate = 0.1'), "of the yearly recurring amount"),
        (earning('vests = [{ share = 1, at = "quarter end" }]'), "It becomes payable at the end of the quarter"),
        (
            earning("where = { deal.days.registered.closed = { at_most = 100 } }", on='"payment received"'),
            "whose deal's days from registered to closed are at most 100",
        ),
        (
            earning('where = { attributes.channel = { not = "government", or_unknown = true } }'),
            "whose channel is not government (or not known)",
        ),
        (
            earning("where.closed = { at_least = 2026-01-01, at_most = 2026-03-31 }"),
            "whose closed is from 1 Jan 2026 to 31 Mar 2026, you earn",
        ),
        (earning("where.closed = { above = 2026-01-01 }"), "whose closed is after 1 Jan 2026, you"),
        (earning("where.closed = { at_least = 2026-01-01 }"), "whose closed is 1 Jan 2026 or later, you"),
        (
            earning("where.closed = { at_most = 2026-01-31, or_unknown = true }"),
            "whose closed is 31 Jan 2026 or before (or not known), you",
        ),
        (earning("where.closed = { below = 2026-02-01 }"), "whose closed is before 1 Feb 2026, you"),
        (
            earning(
                "",
                pay='base = "amount"\nrate = { entries = [{ bands = { how = "whole amount", steps = [{ from = 9, '
                'rate = 0.1 }] } }, { bands = { how = "whole amount", steps = [{ from = 5, rate = 0.2 }] }, '
                "where.kind = 'new' }] }",
            ),
            "from 5: 20 %) where kind is new; a rate on the whole of it, by the band that it reaches (from 9: 10 %) ",
        ),
    ],
)
def test_rules_of_the_field_read_well(text: str, words: str) -> None:
    assert words in said(text, "cap.top" if CAP in text else "earning.bonus")


def test_a_half_is_a_half_year_in_the_words_of_a_fund() -> None:
    fund = '[fund.mdf]\nsays = "MDF"\nevery = "half"\naccrues_on = "sales"\nrate = 0.01\nuse_periods = 2\n'
    told = said(fund, "fund.mdf")
    assert "At the end of each half-year 1 % of sales" in told
    assert "an accrual for 2 half-years after its own" in told


def test_numbers_that_a_sentence_says_are_not_said_again() -> None:
    assert not says_more("Gold 8 %, Silver 0 %", "you earn 8 % of the amount as Gold")
    assert says_more("from 10: 8 %", "you earn a rate, 8 % at most")
    assert says_more("the partner's type is known", "Only on this condition")
    assert not says_more("8 %", "8 % of it")
    assert says_more("rate 1\N{NO-BREAK SPACE}%", "You may use it for 1 year"), "a year is no percent"


def test_the_numbers_of_a_fee_are_said_by_their_size() -> None:
    steps = "[{ from = 0, rate = -0.03 }, { from = 1000, rate = -0.02 }]"
    words = said(earning("", pay=f'base = "amount"\nrate = {{ bands = "marginal", steps = {steps} }}'))
    assert "is taken off" in words
    assert "from 0: 3 %, from 1,000: 2 %" in words


def test_a_floor_of_the_base_is_followed_by_one_comma() -> None:
    pay = f'base = {{ attribute = "amount", not_below = 50 }}\nrate = {{ bands = "whole amount", {STEPS} }}'
    assert "counted as 50 where it is less, by the band that it reaches" in said(earning("", pay=pay))


def test_a_floor_of_the_base_is_followed_by_one_comma_in_a_rate_by_age() -> None:
    ages = (
        "by_age = [{ from_months = 0, rate = 0.1 }, { from_months = 3, rate = 0.2 }, { from_months = 9, rate = 0.3 }]"
    )
    pay = f'base = {{ attribute = "amount", not_below = 50 }}\nrate = {{ {ages} }}'
    assert ",," not in said(earning("", pay=pay))
