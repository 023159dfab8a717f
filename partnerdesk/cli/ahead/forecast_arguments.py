"""The commands that look ahead, and the arguments of `partnerdesk forecast`."""

from partnerdesk.cli.ahead import forecasting, path, whatif, worth
from partnerdesk.cli.command import Commands, command, day, months, of_a_book


def ahead(commands: Commands) -> None:
    """All commands that look ahead."""
    forecast(commands)
    worth.worth(commands)
    whatif.whatif(commands)
    path.path(commands)


def forecast(commands: Commands) -> None:
    """What may come, as ranges; or with --backtest how right such forecasts would have been."""
    made = command(
        commands,
        "forecast",
        "Say what partners may earn, as a range: the real program over many possible futures. An estimate, no promise.",
        """  partnerdesk forecast --partner P-001
  partnerdesk forecast --partner P-001 --months 12 --scenarios 1000 --seed 7 --json
  partnerdesk forecast --partner P-001 --plan
  partnerdesk forecast --all --processes 2
  partnerdesk forecast --record
  partnerdesk forecast --backtest 2025-03-31 2026-06-30 --by quarter

Open deals, renewals, go-lives and certificates go well or not by chances learned from the book as it was known on the
day; new business comes in line with history. The same seed gives the same forecast. A back-test makes the forecasts of
every month or quarter between two days with what was known then, and scores those that are over: the share of truths
inside the 80 % and 50 % bands, pinball loss beside last year's same period, the trailing mean and the weighted
pipeline, bias, and the Brier score of deals and renewals. With --all the book is one range, its partners added up
future by future and ranked by what they move; currencies stay apart. What is said here or in the window is kept
(but for a day up to which periods are closed already: that is looking back); --record scores those of its months that
have closed since.""",
    )
    made.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    made.add_argument("--all", action="store_true", help="the whole book as one range")
    made.add_argument("--processes", type=int, default=1, metavar="N", help="that draw --all side by side")
    says = "say what is against the joint plan working out, and the next tier besides, in the same futures"
    made.add_argument("--plan", action="store_true", help=says)
    made.add_argument("--months", type=months, default=6, metavar="N", help="how far; 6 months by default")
    made.add_argument("--scenarios", type=int, default=500, metavar="N", help="how many futures; 500 by default")
    made.add_argument("--seed", type=int, default=1, metavar="N", help="of the drawn futures; 1 by default")
    made.add_argument("--backtest", type=day, nargs=2, metavar=("FROM", "TO"), help="score forecasts of the past")
    made.add_argument("--record", action="store_true", help="score the forecasts that were shown")
    made.add_argument("--by", choices=("month", "quarter"), default="quarter", help="what a back-test scores")
    of_a_book(made, with_day=True)
    made.set_defaults(run=forecasting.run)
