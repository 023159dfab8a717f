"""`make run` after its set-up: the window on the sample book, or without a display the same work into `out/`.

A DISPLAY that nobody answers (an old shell, a closed connection) counts as none: Qt would abort the process on it.
"""

import ctypes
import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else when an X or Wayland server answers."""
    if sys.platform in ("win32", "darwin"):
        return True
    return _wayland_answers() or _x_answers()


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / name  # an absolute name replaces the folder
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _x_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answered = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answered


def main() -> int:
    """Replaces this process by the window; returns only without a display."""
    if has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-I", "-m", "partnerdesk", "--sample"])
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(Path(__file__).parent))
    import demo

    return demo.main(ROOT / "out")


if __name__ == "__main__":
    sys.exit(main())
