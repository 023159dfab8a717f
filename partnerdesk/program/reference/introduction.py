"""The first page of the reference: how a program is put together, with one small program that works."""

INTRODUCTION = """\
# The format of a partner program

A program version is one TOML text (https://toml.io). It says what is measured, which tiers there are, what is earned,
and when it is paid. It takes effect on a day and is never edited afterwards: next year's rules are the next version.

The parts, in the order in which figures are made:

  facts        what happened: deals, contracts, transactions, people ... They are no part of a program.
  [metric.*]   numbers about a partner: facts filtered (`where`), placed in time (`window`), put together (`take`);
               or made of other metrics (ratio, growth, mix, total, series ...)
  [score]      metrics on scales, weighted
  [[tier]]     from low to high, each with what it requires; [tiers] says when and how partners move
  [earning.*]  an event (`on`), which events (`where`), what must hold (`when`), `base` x `rate` x `factor`;
               when it becomes payable (`vests`) and when it is taken back (`clawback`)
  [cap.*] [safety_net.*] [holdback.*]   limits over many lines, and money that is kept back
  [fund.*]     money for joint work: what is put in, how it is claimed, when it expires; [benefit.*] says more of a
               tier's benefits
  [settlement] when the payable balance is paid
  [module.*]   other terms for some partners
  [[example]]  worked cases: facts and the figures they must give

Rules that hold everywhere:

  * Money and rates are exact decimals: 0.08 is 8 %. Every amount is in the program's `currency`.
  * Days are written 2026-01-31, without quotes.
  * A floor belongs to its band ("from"), bounds include themselves ("at_least", "at_most") unless written
    "above" or "below".
  * A rule's name (the NAME in [metric.NAME]) is yours; other rules refer to it, and statements show it.
  * `says` is the rule's name for people, `reference` the clause of the published text.
  * A partner's figures are made of its own facts. A metric with `whose` counts those of partners below it, or of its
    whole group: affiliates for which the same group metrics are required stand in one tier. An earning with
    of = "sub-partners" pays on what happens directly below.
  * Periods are the months of the fiscal (program) year, and its quarters, halves and the year itself. The months are
    those of the calendar, unless `fiscal_year_starts` names another day than the first of a month or `fiscal_weeks`
    makes them of weeks: twelve a year, or thirteen.
  * Windows, what lies earlier, growth and `lag_months` count months of the fiscal year: "trailing 12 months" that end
    with a year of 53 weeks are these 53 weeks. So many months before a day is the same day of that month, or its last;
    where months are made of weeks, or begin on a 29th or later, it is the day as far into the fiscal month, or its
    last. What ends on a day ends before the day after it moves to. All else that counts months counts those of the
    calendar: what runs from a day of a fact or a partner (vesting, clawback, ages, terms, grace, "first 3 months"),
    the month of payment, half-months, what lapses.
    Where a year has thirteen months, 12 of a rule are the year, 24 two of them, and fewer are so many of its months;
    a quarter before lies as far into the quarter before.
  * Nothing is inferred: what a key does when it is left out stands beside it below.

A small program that works. Save it as my.toml, then: partnerdesk program check my.toml
"""

EXAMPLE = """\
program = "harbour-partners"
version = "2026"
effective_from = 2026-01-01
name = "Harbour partner program"
currency = "EUR"
statements = "quarter"

[metric.revenue]
says = "Joint revenue, 12 months"
of = "deal"
where = { status = "won" }
day = "closed"
window = "trailing 12 months"

[metric.certified]
says = "Certified people"
of = "certification"
take = "distinct"
value = "person"
window = "in force"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { all = [{ metric = "revenue", at_least = 100_000 }, { metric = "certified", at_least = 1 }] }

[tiers]
every = "quarter"
in_force = "same period"

[earning.commission]
says = "Commission on new business"
type = "UPFRONT"
on = "deal won"
where = { kind = ["new", "cross-sell"] }
base = "amount"
rate = { by_tier = { Member = 0.05, Gold = 0.08 } }
vests = [{ share = 0.5 }, { share = 0.5, at = "customer live", within_months = 6 }]

[cap.quarter]
says = "Cap of a quarter"
of = ["commission"]
every = "quarter"
at_most = 10_000

[[example]]
says = "A Gold partner earns 8 %, half of it at once"
as_of = 2026-03-31
covers = ["earning.commission", "cap.quarter"]
expect = [
  { figure = "tier", text = "Gold" },
  { figure = "commission:D1", value = 9600 },
  { figure = "closing.payable", value = 4800 },
  { figure = "closing.held", value = 4800 },
]

[[example.facts.partner]]
id = "Birch"

[[example.facts.deal]]
id = "D1"
partner = "Birch"
kind = "new"
status = "won"
closed = 2026-02-10
amount = 120000

[[example.facts.certification]]
partner = "Birch"
person = "Ada"
awarded = 2025-06-01
"""
