"""What `make run` does without a display: the sample book's window as a picture, and its documents and figures.

Nothing here computes or lays out anything: the window is the window, off screen, and the documents come from the ops
that its buttons call.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 1366, 768


def main(out: Path) -> int:
    """Leaves the files in `out` and says so."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    out.mkdir(exist_ok=True)
    print("No display is here, so the window opens off screen and its documents are written instead.", flush=True)
    if not _paint(out / "screenshot.png"):
        return 1
    for path, says in [(out / "screenshot.png", "Today, as the window shows it"), *_documents(out)]:
        print(f"  {os.path.relpath(path):<48} {says}")
    print("On a machine with a display, make run opens the window.")
    return 0


def _paint(picture: Path) -> bool:
    """Opens the sample book in the window (made first where there is none), on Today, and keeps a picture of it."""
    picture.unlink(missing_ok=True)
    shape = {"name": "screen", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as screen:
        json.dump({"screens": [shape | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}, screen)
        screen.flush()
        arguments = ["--sample", "--page", "today", "--screenshot", str(picture)]
        done = subprocess.run(
            [sys.executable, "-I", "-m", "partnerdesk", *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screen.name}"},
            capture_output=True,
            text=True,
            check=False,
        )
    if not picture.exists():
        print(f"The window could not be painted (exit {done.returncode}).\n{done.stderr}", file=sys.stderr)
    return picture.exists()


def _documents(out: Path) -> list[tuple[Path, str]]:
    """The review pack and the statement of one partner, and every figure of the book."""
    from partnerdesk import paths
    from partnerdesk.engine.period import period_at, previous_period
    from partnerdesk.ops.pack.exports import export_pack
    from partnerdesk.ops.sample import AS_OF
    from partnerdesk.ops.sample.cast import profiles
    from partnerdesk.ops.statements.exports import export_statements
    from partnerdesk.queries.figures import evaluation
    from partnerdesk.queries.statements.archive import closed_statements
    from partnerdesk.reports import atomic, figures
    from partnerdesk.store import Store

    partner = next(p.partner for p in profiles() if p.role == "below_gold")
    with Store.open(paths.home() / paths.SAMPLE_NAME, user="demo", write=False) as store:
        day = store.info.as_of or AS_OF
        quarter = previous_period(period_at(day, "quarter"))
        closed = store.read(closed_statements, partner.id)
        month = closed[0].period if closed else previous_period(period_at(day, "month")).label
        pack = store.read(export_pack, partner.id, quarter.label, day, out)
        (paper,) = store.read(export_statements, month, day, out, partners=[partner.id], pages=True)
        found = store.read(evaluation, day)
    target = out / "figures.json"
    atomic.write(target, json.dumps(figures.evaluation(found), ensure_ascii=False, indent=1).encode())
    return [
        (pack.path, f"QBR pack of {partner.name}, {quarter.label}, {len(pack.pages)} pages"),
        (paper.workbook, f"payout statement of {partner.name}, {month}, {paper.status.lower()}"),
        (paper.csv, "its lines as CSV"),
        (paper.movements, "what sums to its closing balances, as CSV"),
        *([(paper.pdf, "the same statement on two pages")] if paper.pdf else []),
        (target, f"every figure of all {len(found.partners)} partners as of {day}"),
    ]
