"""What is computed, read in, written out or settled, as commands on the ops and queries of the window.

No Qt here, and no figure is computed here. `main` takes the arguments after `partnerdesk` and returns the exit code:
0 done, 1 located problems or a refusal, 2 a wrong command line, 3 a mistake of ours, 130 stopped by Ctrl+C. What went
wrong is a sentence on standard error, never a traceback; the place of a mistake of ours stands in the log.
"""

from collections.abc import Sequence

COMMANDS = (
    "import",
    "program",
    "evaluate",
    "explain",
    "forecast",
    "difference",
    "partner",
    "contact",
    "documents",
    "opening",
    "statement",
    "close",
    "replay",
    "restate",
    "payments",
    "reconcile",
    "qbr",
    "brief",
    "digest",
    "plan",
    "enablement",
    "playbook",
    "dispute",
    "hold",
    "audit",
    "funds",
    "agreement",
    "backup",
    "check",
)


def main(argv: Sequence[str]) -> int:
    """Runs one command. Raises SystemExit (0 or 2) where argparse ends the program itself."""
    from partnerdesk.cli import terminal
    from partnerdesk.cli.arguments import parser
    from partnerdesk.cli.command import parsed
    from partnerdesk.errors import Cancelled, PartnerDeskError

    arguments = parsed(parser(), argv)
    try:
        return int(arguments.run(arguments))
    except PartnerDeskError as error:
        terminal.complain(str(error))
        return 1
    except (KeyboardInterrupt, Cancelled):
        terminal.complain("Stopped; nothing half done remains.")
        return 130
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        terminal.close_output()
        return 0
    except Exception as mistake:
        return _refused(mistake) or _mistake(mistake)


def _refused(error: Exception) -> int:
    """A place that the system refuses, such as a data folder without rights: 1, and 0 for anything else."""
    from partnerdesk import paths
    from partnerdesk.cli import terminal

    if not isinstance(error, OSError) or not error.filename:
        return 0
    terminal.complain(paths.unusable(error))
    return 1


def _mistake(mistake: Exception) -> int:
    from partnerdesk import log, paths
    from partnerdesk.cli import terminal

    kind = type(mistake).__name__
    terminal.complain(f"The program made a mistake ({kind}); nothing half done remains.")
    try:
        log.start(paths.folder("logs"))
    except OSError as error:
        terminal.complain(f"Where it happened could not be noted. {paths.unusable(error)}")
        return 3
    log.failure("command.failed", mistake)
    log.stop()
    terminal.complain(f"Where it happened stands in {paths.folder('logs') / 'partnerdesk.log'}.")
    return 3
