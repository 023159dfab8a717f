"""The arguments of the commands about closed statements: replay."""

from partnerdesk.cli import replaying
from partnerdesk.cli.command import Commands, command, existing, of_a_book


def replay(commands: Commands) -> None:
    made = command(
        commands,
        "replay",
        "Compute closed statements again from what was frozen with them, and compare them byte by byte.",
        """  partnerdesk replay my.partnerdesk
  partnerdesk replay my.partnerdesk --period 2026-09
  partnerdesk replay --partner P-001 --json

Each one is the same, or differs: then the first place that does is named, and the exit code is 1.""",
    )
    made.add_argument("file", type=existing, nargs="?", metavar="BOOK", help="the book, as with --book")
    made.add_argument("--period", metavar="PERIOD", help="this statement period only, such as 2026-09")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made)
    made.set_defaults(run=replaying.run)
