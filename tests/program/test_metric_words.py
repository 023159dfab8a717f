"""A metric and a score in the words of a partner: every key that is set is spoken."""

import pytest

from partnerdesk.program.words import definition, metric_sentence, rule_words
from tests.engine.cases import program

OTHERS = """
[metric.a]
says = "Sold"
of = "transaction"

[metric.b]
says = "Bought"
of = "transaction"

[metric.experts]
says = "Experts"
of = "certification"
take = "count"
groups = { by = "person" }
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'of = "deal"',
            (
                "M: sum of the amounts of deals, in the period; a deal that is shared with other partners counts with "
                "the partner's own share."
            ),
        ),
        ('of = "deal"\ncredit = "full"', "counts in full"),
        ('of = "deal"\nwindow = "trailing 1 calendar quarter"', "of deals, in the running calendar quarter;"),
        (
            'of = "deal"\nwindow = "trailing 4 calendar quarters"',
            "of deals, in the last 4 calendar quarters, the running one included;",
        ),
        ('of = "deal"\nwindow = "trailing 4 quarters"', "of deals, in the last 4 quarters;"),
        (
            'of = "deal"\nwhose = "branch"',
            (
                "of deals, of the partner and all below it, in the period; a deal that is shared with other partners "
                "counts with their shares together."
            ),
        ),
        ('retention = "logo"\nwhose = "sub-partners"', "that ended in the period, of the partners directly below"),
        ('of = "deal"\nday = "registered"', "each counts on the day it was registered"),
        (
            'of = "case"\ntake = "count"\nwindow = "in force"',
            "in force at the period's end; each is in force until it is closed",
        ),
        ('of = "deal"\nper = { USD = 100, EUR = 88 }', "counted in units of 100 USD, 88 EUR, never exchanged"),
        (
            'of = "deal"\ntimes = [[{ factor = 3, where = { role = "sourced" } }, { factor = 1 }]]',
            "each is multiplied by 3 where role is sourced, 1 otherwise",
        ),
        (
            'of = "deal"\ntimes = [[{ factor = 3, attribute = "probability" }, { where = { role = "a" } }]]',
            "each is multiplied by 1 where role is a, 3 times its probability otherwise",
        ),
        (
            'of = "deal"\ntimes = [[{ attribute = "product.attributes.points" }]]',
            "in the period; each is multiplied by its product's points",
        ),
        (
            'of = "certification"\ntake = "count"\ngroups = { by = "person", keep = { at_least = 2 } }',
            "number of different people for whom this is at least 2: number of certifications",
        ),
        ('of = "certification"\ntake = "count"\ngroups = { by = "person", among = "experts" }', "count in experts"),
        (
            'of = "certification"\ntake = "count"\ngroups = { by = "person", without = "experts" }',
            "none that counts in",
        ),
        (
            'of = "certification"\ntake = "distinct"\nvalue = "person"',
            "M: number of different people with certifications",
        ),
        ('of = "deal"\ntake = "distinct"\nvalue = "customer"', "number of different customers with deals"),
        ('of = "activity"\ntake = "count"', "number of activities, in the period"),
        ('of = "case"\ntake = "count"\nwhere = { escalated = true }', "number of cases that are escalated"),
        ('of = "case"\ntake = "count"\nwhere = { escalated = false }', "number of cases that are not escalated"),
        (
            'of = "case"\ntake = "count"\nwhere = { severity = "high", escalated = true }',
            "number of cases that are escalated and whose severity is high",
        ),
        ('of = "deal"\nminimum_rows = 3', "at least 3 of them are needed"),
        ('of = "deal"\nwindow = { span = "trailing", length = 6, cut_days = 2 }', "cut 2 days before its end"),
        ('of = "deal"\nmissing = "zero"', "it is zero"),
        ('of = "deal"\nmissing = "not evaluated"', "it is not evaluated"),
        ('of = "deal"\nmissing = "blocks"', "no tier above the lowest is reached"),
        ('of = "deal"\nnot_below = 1\nnot_above = 9\ndecimals = 2', "a lesser value counts as 1"),
        ('of = "deal"\nnot_below = 1\nnot_above = 9\ndecimals = 2', "a greater value counts as 9"),
        ('of = "deal"\nnot_below = 1\nnot_above = 9\ndecimals = 2', "rounded half up to 2 decimals"),
        ('of = "deal"\nnote = "The source is silent."', ". The source is silent."),
        ('ratio = ["a", "b"]', "M: sold divided by bought."),
        ('ratio = ["a", "b"]\nmissing = "zero"', "zero where there is nothing below"),
        (
            'growth = "a"\ngrowth_from = "the period before"\nminimum_base = 5',
            "against the period before; only where that was above 5",
        ),
        ('growth = "a"\ngrowth_as = "amount"', "increase of sold over the same window a year before"),
        ('retention = "logo"\nretention_of = "in force"\nwindow = "trailing 12 months"', "on the first day of the"),
        ('retention = "net revenue"\nretention_of = "acquired"', "of customers won in the period"),
        ('retention = "gross revenue"\nretention_of = "active"', "of customers with a contract in the period"),
        ('retention = "gross revenue"', "contracts that ended in the period."),
        ('mix = [{ metric = "a", weight = 2 }]', "weighted mean of sold 2"),
        ('total = [{ metric = "a" }, { metric = "b", times = -1 }]', "M: sold less bought."),
        ('total = [{ metric = "a", times = 2 }, { metric = "b", times = -0.5 }]', "2 × sold less 0.5 × bought"),
        ('product = ["a", "b"]', "sold × bought"),
        ('greatest_of = ["a", "b"]', "the greatest of sold, bought"),
        ('least_of = ["a", "b"]', "the least of sold, bought"),
        (
            'series = { metric = "a" }\nwindow = "trailing 3 months"',
            "mean of sold by month, in the last 3 months; parts",
        ),
        ('series = { metric = "a", keep = { above = 0 } }', "only those above 0 count"),
        ('series = { metric = "a", take = "count", keep = { above = 0 } }', "number of months with sold above 0"),
        ('power = { metric = "a", to = 12 }', "sold to the power of 12"),
        ("fixed = 5", "5, fixed by the program"),
        ('months_since = "joined"', "whole months since the partner joined"),
    ],
)
def test_every_key_is_spoken(text: str, words: str) -> None:
    said = metric_sentence(program(f'{OTHERS}[metric.m]\nsays = "M"\n{text}\n'), "m")
    assert words in said
    assert said.endswith(".")


LINE = "scale = [{ at = 0, points = 0 }, { at = 10, points = 100 }]"


def said(text: str) -> str:
    found = rule_words(program(OTHERS + text))[0]
    return f"{found.sentence} | {found.formula} | {found.parameters}"


def test_a_nested_score() -> None:
    text = f"""
    [score]
    out_of = 1000
    decimals = 0
    mode = "floor"
    [[score.parts]]
    says = "Business"
    weight = 1000
    at_most = 700
    minimum = 30
    parts = [
      {{ metric = "a", weight = 100, {LINE}, is_stepped = true }},
      {{ metric = "b", as_points = true, at_most = 50, more_than = 0 }},
    ]
    """
    found = said(text)
    for words in (
        "adds up to 1,000 points",
        "Business 1,000 of 1,000, at most 700 points, of which at least 30 of its 100 points are needed for a tier",
        "(made of Sold 100 %, Bought as it is, at most 50 points, of which more than 0",
        "rounded floor to whole points",
        "least of 700 and (10 × points of business)",
        "Sold: 0 = 0 points, 10 = 100 points (in steps)",
    ):
        assert words in found, found
    read = program(OTHERS + text)
    assert definition(read, "Business") == "made of Sold, Bought"


def test_tracks_and_scopes() -> None:
    tracks = f"""
    [score]
    choose = "CHOOSE"
    scope = "customer.country"
    combine = "mean"
    [[score.track]]
    name = "Large"
    PARTNER
    parts = [{{ metric = "a", weight = 100, {LINE} }}]
    [[score.track]]
    name = "Small"
    parts = [{{ metric = "b", weight = 100, {LINE} }}]
    """
    best = said(tracks.replace("CHOOSE", "best").replace("PARTNER", ""))
    assert "Large: Sold 100 %. Small: Bought 100 %" in best
    assert "The best of these tracks counts; one that misses a minimum stands back." in best
    assert "It is taken for each customer's country by itself; their mean counts." in best
    assigned = said(tracks.replace("CHOOSE", "assigned").replace("PARTNER", 'partner = { segment = "large" }'))
    assert (
        "The first track that fits counts: Large for partners whose segment is large; Small for partners." in assigned
    )
