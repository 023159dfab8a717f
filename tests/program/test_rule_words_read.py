"""Sentences of rules of the field read well: halves, fees, floors, amounts for each, said once."""

import pytest

from partnerdesk.program.words.phrases import says_more
from tests.program.saying import AMOUNTS, STEPS, earning, said


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
