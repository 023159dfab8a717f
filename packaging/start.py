"""`make run` after its set-up: the window on the sample book, or without a display the same work into `out/`."""

import os
import sys
from pathlib import Path

from partnerdesk.ui import machine

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Replaces this process by the window; returns only without a display."""
    if machine.has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-I", "-m", "partnerdesk", "--sample"])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(Path(__file__).parent))
    import demo

    return demo.main(ROOT / "out")


if __name__ == "__main__":
    sys.exit(main())
