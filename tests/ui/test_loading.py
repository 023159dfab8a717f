"""What takes long to be loaded is loaded by the worker, so that the window goes on."""

import subprocess
import sys

from tests.conftest import ROOT


def test_today_leaves_the_engine_to_the_worker() -> None:
    code = """
import sys
from types import SimpleNamespace as Some
from partnerdesk.ui.screens.today import TodayScreen
asked = []
screen = Some(read=lambda *said, **_: asked.append(said), desk=Some(today=lambda: None), _computed=None)
TodayScreen._compute(screen)
assert asked and "partnerdesk.engine.evaluate" not in sys.modules, "loaded before the worker reads"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
