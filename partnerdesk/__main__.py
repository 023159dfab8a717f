"""`partnerdesk` and `python -m partnerdesk`: the window, or a command when the first argument names one.

Nothing is imported before the shield is up; the window and the command line are imported when they are needed.
"""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the window or a command and returns the exit code."""
    from partnerdesk.shield import raise_shield

    raise_shield()
    given = list(sys.argv[1:] if argv is None else argv)
    if _is_command(given):
        from partnerdesk import cli

        return cli.main(given)
    return _window(given)


def _window(given: Sequence[str]) -> int:
    from partnerdesk.ui import machine

    if trouble := machine.trouble():
        sys.exit(trouble)  # says it on standard error, and ends with 1
    from partnerdesk import app

    return app.main(given)


def _is_command(given: Sequence[str]) -> bool:
    """A first argument that is neither an option of the window nor a file opens the command line, which knows it."""
    if not given:
        return False
    first = given[0]
    if first in ("-h", "--help", "--version"):
        return True
    return not first.startswith("-") and not first.endswith(".partnerdesk")


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a checkout needs none of it, and the import costs a tenth of the start
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
