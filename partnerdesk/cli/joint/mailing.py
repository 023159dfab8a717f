"""`partnerdesk mail`: a draft with one partner's documents for that partner's own people. Nothing is sent."""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, existing, months, of_a_book
from partnerdesk.cli.joint.outgoing import note
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.ops.mail.drafting import MailDraft


def mail(commands: Commands) -> None:
    """The group with its actions."""
    says = "Mail drafts with a partner's documents, as files that a mail program opens; nothing is sent."
    group = command(commands, "mail", says, "  partnerdesk mail statement P-001 2026-09 --out drafts/").add_subparsers(
        metavar="ACTION", required=True
    )
    for name, what, period, run in (
        ("statement", "A draft with a partner's statement: workbook and pages.", "PERIOD", statement),
        ("review", "A draft with a partner's review pack.", "QUARTER", review),
    ):
        made = command(
            group, name, what, f"  partnerdesk mail {name} P-001 {'2026-09' if period == 'PERIOD' else '2026Q3'}"
        )
        made.add_argument("partner", metavar="PARTNER", help="the partner's id")
        made.add_argument("period", metavar=period, help="which one")
        _common(made)
        made.set_defaults(run=run)
    what = "A draft with what a partner may earn, as a range: an estimate, not a promise."
    made = command(group, "forecast", what, "  partnerdesk mail forecast P-001 --months 3")
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("--months", type=months, default=6, metavar="N", help="how far; 6 months by default")
    made.add_argument("--scenarios", type=int, default=500, metavar="N", help="how many futures; 500 by default")
    made.add_argument("--seed", type=int, default=1, metavar="N", help="of the drawn futures; 1 by default")
    _common(made)
    made.set_defaults(run=forecast)


def _common(made: argparse.ArgumentParser) -> None:
    """What every draft can be told."""
    says = "a person of this partner, by mail address; may be repeated; those whose role it is about by default"
    made.add_argument("--to", action="append", default=[], metavar="ADDRESS", help=says)
    says = "a text in place of the usual one; its first line is the subject, places are {contact}, {period} ..."
    made.add_argument("--text", type=existing, metavar="FILE", help=says)
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where the file goes")
    of_a_book(made, with_day=True)


def statement(arguments: argparse.Namespace) -> int:
    """Writes a draft with a statement."""
    from partnerdesk.ops.mail.drafting import draft_statement_mail

    return _write(arguments, draft_statement_mail)


def review(arguments: argparse.Namespace) -> int:
    """Writes a draft with a review pack."""
    from partnerdesk.ops.mail.drafting import draft_review_mail

    return _write(arguments, draft_review_mail)


def forecast(arguments: argparse.Namespace) -> int:
    """Draws a partner's futures, keeps what they say, and writes a draft with it."""
    from partnerdesk.cli.ahead.forecast_record import keep
    from partnerdesk.ops.mail.estimating import draft_forecast_mail
    from partnerdesk.queries.forecasts import ahead_of

    if arguments.scenarios < 1 or arguments.months < 1:
        raise Refused("A forecast needs a scenario and a month.", "Give --scenarios and --months of 1 or more.")
    text, drawn = _text(arguments), (arguments.scenarios, arguments.seed)
    with books.reading(arguments) as store, terminal.Bar() as bar:
        day = books.day_of(store, arguments)
        (found,) = store.read(ahead_of, [arguments.partner], day, drawn, arguments.months, bar)
        made = store.read(draft_forecast_mail, found, arguments.out, to=arguments.to, text=text)
    keep(arguments, [found])
    return _say(arguments, made)


def _write(arguments: argparse.Namespace, draft: Callable[..., Any]) -> int:
    text = _text(arguments)
    with books.reading(arguments) as store:
        day, out = books.day_of(store, arguments), arguments.out
        made: MailDraft = store.read(draft, arguments.partner, arguments.period, day, out, to=arguments.to, text=text)
    return _say(arguments, made)


def _text(arguments: argparse.Namespace) -> str | None:
    from partnerdesk.ops.mail.texts import read_template

    return read_template(arguments.text) if arguments.text else None


def _say(arguments: argparse.Namespace, made: "MailDraft") -> int:
    note(arguments, made)
    to = [f"{one.name} <{one.email}>" for one in made.to]
    if arguments.json:
        told = {"path": str(made.path), "subject": made.subject, "to": to, "attachments": list(made.attachments)}
        terminal.say_json({**told, "sha256": made.sha256})
        return 0
    terminal.say(f"{made.path}\nto {', '.join(to)}: {made.subject}")
    if made.attachments:
        terminal.say(f"with {', '.join(made.attachments)}")
    return 0
