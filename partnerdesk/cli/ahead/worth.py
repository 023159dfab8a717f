"""`partnerdesk worth`: what one open deal, renewal, go-live or certificate brings, and what losing it costs."""

import argparse
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, months, of_a_book
from partnerdesk.engine.money import decimals
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.forecast.worth import Worth
    from partnerdesk.queries.worth import WorthView


def worth(commands: Commands) -> None:
    """What an event is worth: at once, later, and through the tier; and the same for losing it."""
    made = command(
        commands,
        "worth",
        "Say what one open deal, renewal, go-live or certificate is worth: at once, later and through the tier.",
        """  partnerdesk worth D-0137
  partnerdesk worth K-0115 D-0137 --months 18
  partnerdesk worth D-0137 --likely --json

Each way is the difference of two full evaluations, a year after the event's day: as it goes, and as things stand. What
follows from another tier is told apart: it is what changes besides when the tiers of before are held. --likely lets
every other open item go its likeliest way first, so that there is something for a tier to act on.""",
    )
    made.add_argument("id", nargs="+", metavar="ID", help="of a deal, contract, deployment or certificate")
    made.add_argument("--months", type=months, default=12, metavar="N", help="how long after its day; 12 by default")
    made.add_argument("--likely", action="store_true", help="all else goes its likeliest way")
    of_a_book(made, with_day=True)
    made.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints what each item is worth."""
    if arguments.months < 0:
        raise Refused("A worth reaches forward.", "Give --months of 0 or more.")
    from partnerdesk.queries.worth import kind_of, worths_of

    with books.reading(arguments) as store:
        day = books.day_of(store, arguments)
        read = ((store.read(kind_of, id, day), id) for id in arguments.id)
        found = [view for key in read for view in store.read(worths_of, *key, day, arguments.months)]
    told = [view.likely if arguments.likely else view.worth for view in found]
    if arguments.json:
        from partnerdesk.engine.outcome.record import plain

        terminal.say_json({"as_of": day.isoformat(), "likely": arguments.likely, "worth": [plain(one) for one in told]})
        return 0
    for view, one in zip(found, told, strict=True):
        _say(view, one)
    return 0


def _say(view: "WorthView", found: "Worth") -> None:
    """The sentences, the parts as a table, and the lines that move."""
    from partnerdesk.forecast import worth_words as words
    from partnerdesk.reports.format import Formats

    formats = Formats(places=decimals(found.currency))
    shown = formats.accounting
    terminal.say(f"{words.title(found)} ({found.id}), {view.partner_name}")
    ways = [way for way in (found.well, found.ill) if way is not None]
    for way in ways:
        terminal.say(words.sentence(found, way, shown, formats.day))
        if told := words.follows(found, way, shown, formats.day):
            terminal.say(f"  {told}")
        for line in words.notes(found, way, shown, formats.label):
            terminal.say(f"  {line}")
    terminal.say(f"Chance that it goes well {formats.percent(found.chance, 0)}: {found.rests_on}.")
    rows = [
        (way.name, m.part, m.says or m.id, m.deal or m.contract or view.customers.get(m.customer, ""), shown(m.amount))
        for way in ways
        for m in way.effect.moved
    ]
    if rows:
        terminal.say()
        for line in terminal.table(("If", "When", "Rule", "Of", "Amount"), rows, frozenset((4,))):
            terminal.say(line)
    terminal.say()
