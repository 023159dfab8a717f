"""Every job of the window as a command, on the same ops and queries. No Qt here, and no figure is computed here.

`main` takes the arguments after `partnerdesk` and returns the exit code: 0 done, 1 located problems or a refusal, 2 a
wrong command line, 130 stopped by Ctrl+C. What went wrong is a sentence on standard error, never a traceback.
"""

from collections.abc import Sequence

COMMANDS = ("import", "evaluate", "explain", "statement", "qbr", "backup", "check")


def main(argv: Sequence[str]) -> int:
    """Runs one command. Raises SystemExit (0 or 2) where argparse ends the program itself."""
    from partnerdesk.cli import terminal
    from partnerdesk.cli.arguments import parser
    from partnerdesk.errors import Cancelled, PartnerDeskError

    arguments = parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except PartnerDeskError as error:
        terminal.complain(str(error))
        return 1
    except (KeyboardInterrupt, Cancelled):
        terminal.complain("Stopped; nothing changed.")
        return 130
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        terminal.close_output()
        return 0
