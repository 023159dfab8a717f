"""The printed reference: introduction, every table with its keys, filters, facts, events, names of figures."""

from collections.abc import Iterator
from textwrap import wrap

from partnerdesk.engine.facts import HAPPENED, KINDS, attributes, plural
from partnerdesk.engine.terms.triggers import LINES, PERIOD_END, TIER_REACHED, TRIGGERS, Trigger
from partnerdesk.engine.world.derived import derived
from partnerdesk.program.reference.introduction import EXAMPLE, INTRODUCTION
from partnerdesk.program.reference.recipes import RECIPES
from partnerdesk.program.reference.sections import KeyEntry, Section, sections

WIDTH = 100
_WITHOUT_FACT = {
    PERIOD_END: "every period that `every` names ends; the base is a metric or an amount",
    TIER_REACHED: "a higher tier than the one before is in force from that day on",
    LINES: "a line of the earning that `earning` names is made; its amount is the base",
}

_FILTERS = """\
# Filters: where, partner

A filter is a table of attribute = what it must be; all of them must hold.

    where = { kind = "new" }                          one value
    where = { kind = ["new", "upsell"] }              any of these
    where = { amount = { at_least = 1000, below = 5000 } }   bounds: at_least, above, at_most, below
    where = { role = { not = "managed" } }            any known value but this (or these)
    where = { verified_by = { known = true } }        known or not
    where = { customer.country = ["DE", "AT"] }       an attribute of what the fact refers to
    where = { attributes.channel = "web" }            a free attribute of the facts; where it is compared with a
                                                      number or a day, or counted, it is read as one (not known if
                                                      it is none). Else it is a text, "true" and "false" as well
    where = { days.registered.closed = { at_most = 90 } }   the days from one day of the fact to another; of what it
                                                      refers to: deal.days.registered.closed; a free attribute may
                                                      hold one of them: days.attributes.sold.day
    where = { attributes.channel = { not = "government", or_unknown = true } }   what is not known passes as well;
                                                      with bounds, too

A value that is not known passes no test but `known = false`, and one with `or_unknown = true`. Of bounds, `not` and
`known` a test has one. The attributes of each kind stand under "Facts" below.
"""

_FIGURES = """\
# Names of figures: `figure` in a case, and --explain

    revenue, certified ...      a metric, by its name; `period` is a label such as 2026Q1, the last one by default
                                (2026-03, 2026H1, 2026; of a fiscal year that is not the calendar's FY2027Q1, FY2027,
                                and FY2027M08 where its months are not the calendar's, either;
                                those of the score, without one of `every` in [tiers]; but any month, quarter,
                                half or year since the partner began may be asked for)
    revenue.first, .last        the first and the last day of a metric's window (day)
    score                       the score
    tier, reached               the tier in force at the period's end, the tier that the figures reach (text)
    tier.since, tier.kept       the day on which it was entered, where a review or a person says, and the day before
                                which no figures move it down (day)
    stage                       the stage of the partner's life in the program (text)
    earned, earned.commission   all lines, or those of one earning, of a statement's period or a longer one; without a
                                period all
    commission:D1               one line, after caps: its earning and the id of its fact (or, at a period's end, the
                                label); 0 where the fact does not count, or the period pays nothing
    opening, opened, closing, paid, clawback, released, holdback, deferred, forfeited, topup, adjusted, trueup,
    lapsed, tax                 a row of the statement; `closing.held` and `closing.payable` for one bucket. What only
                                moves between the two (released, holdback, deferred) is 0 in all: released.payable
    payout                      what a settlement period pays, tax included; also payout.moved (became payable),
                                .advanced, .recovered (of earlier advances), .owed (advances still to recover),
                                .withheld (tax of what is paid), .carried, .invoiced, .lost; `period` is its label, the
                                last one by default
    payout.day, payout.cut      the day on which it is paid, the last day whose movements count (day)
    payouts                     how many times something is paid, in all periods or in one
    fund.mdf.available          a column of a fund as of the day: issued, requested, approved, claimed, paid, expired,
                                available
    benefit.launch-desk         the state of a benefit of the tier in force: standing, delivered, due, late (text)
    payable.commission:D1       the day on which the last of a line became payable (day)

With --explain a name takes its period with it: revenue:2026Q1, or 2026-09:released.payable. `at_risk` is what clawbacks
could still take of all lines, by the dearest cause of each.
"""


def reference(only: str = "") -> str:
    """The whole reference, or the sections whose name or place holds a word, with the kinds of fact called so."""
    if only:
        found = [s for s in sections() if only.lower() in " ".join((s.kind.__name__, *s.places)).lower()]
        kinds = [kind for kind in KINDS if only.lower() in (kind, plural(kind))]
        return "\n".join([line for s in found for line in _section(s)] + [line for k in kinds for line in _fact(k)])
    parts = [INTRODUCTION, *(f"    {line}".rstrip() for line in EXAMPLE.splitlines()), ""]
    parts += [*_recipes(), "# Every table and key", ""]
    for section in sections():
        parts += _section(section)
    parts += [_FILTERS, *_events(), *_facts(), _FIGURES]
    return "\n".join(parts)


def _recipes() -> Iterator[str]:
    yield "# How common rules are written"
    yield ""
    for says, rule in RECIPES:
        yield from wrap(f"{says}:", WIDTH)
        yield ""
        yield from (f"    {line}".rstrip() for line in rule.splitlines())
        yield ""


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.kind.__name__}: {_places(section)}"
    yield ""
    if section.says:
        yield from wrap(section.says, WIDTH)
        yield ""
    for key in section.keys:
        yield from _key(key)
    yield ""


def _places(section: Section) -> str:
    shown = [p or "the text itself" for p in section.places]
    return ", ".join(shown[:6]) + (f" and {len(shown) - 6} more places" if len(shown) > 6 else "")


def _key(key: KeyEntry) -> Iterator[str]:
    default = "required" if key.default is None else f"default {key.default}"
    yield f"  {key.name}   ({key.type}{f', in {key.unit}' if key.unit else ''}; {default})"
    if key.says:
        yield from wrap(key.says, WIDTH, initial_indent="      ", subsequent_indent="      ")
    if key.choices:
        known = "one of: " + ", ".join(f'"{c}"' for c in key.choices)
        yield from wrap(known, WIDTH, initial_indent="      ", subsequent_indent="        ")
    yield f"      {key.name} = {key.example}"


def _events() -> Iterator[str]:
    yield "# Events: `on` of an earning"
    yield ""
    for name, trigger in TRIGGERS.items():
        fact = f"{_one(trigger.kind)}{_if_only(trigger)}, dated by {trigger.day}"
        yield f"    {name!r:24}".replace("'", '"') + f" {trigger.says} ({fact})"
    for name, says in _WITHOUT_FACT.items():
        yield f'    "{name}"'.ljust(28) + f" {says}"
    yield "    { fact = KIND, day = ATTRIBUTE }   any other kind of fact"
    yield ""


def _if_only(trigger: Trigger) -> str:
    """What makes a fact the event, where its day alone does not."""
    asked = [t for t in trigger.where if t.attribute != trigger.day]
    said = [f"{t.attribute} " + (" or ".join(map(str, t.one_of)) if t.one_of else "known") for t in asked]
    return f" with {' and '.join(said)}" if said else ""


def _one(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _facts() -> Iterator[str]:
    yield "# Facts"
    yield ""
    yield from wrap(
        "A folder of CSV files named after the kinds (deal.csv), or one TOML or JSON file with a list of rows per "
        "kind. Columns are the names below; any other column is a free attribute, written as its name or as "
        "attributes.NAME (as a name that is nearly one below needs, unless the program reads it). CSV and JSON write "
        "days as texts such as 2026-01-31, and numbers with a point and without a thousands mark. A row without an "
        "id is known by its place; an amount without a currency is in the program's. Without a partner table every "
        "partner that another fact names is taken. Each fact counts for the partner that it names, in a case with one "
        "partner, too. A partner's statements and reviews begin with its first deal, contract, transaction, "
        "deployment, payment or adjustment, or the first event of an earning; where an earning has no event (`period "
        "end`, `tier reached`) or the program pays nothing, also with the first fact that a metric counts. None begins "
        "before the first version, and what only a later version looks at begins none before that one. Who has left "
        "goes on earning unless a rule says otherwise: where = { days_since_left = { at_most = 0, or_unknown = true } "
        "}.",
        WIDTH,
    )
    yield ""
    for kind in KINDS:
        yield from _fact(kind)


def _fact(kind: str) -> Iterator[str]:
    """A kind of fact with its fields."""
    yield f"## {kind}: placed in time by {' or '.join(HAPPENED.get(kind, ('day',)))}"
    for a in attributes(kind):
        refers = f" ({a.to})" if a.to else ""
        yield f"  {a.name}{refers}: {a.says}{' (required)' if a.required else ''}"
    for name, (_, says, _) in derived(kind).items():
        yield f"  {name}: {says} (worked out)"
    yield ""
