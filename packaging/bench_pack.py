"""A review pack beside bare matplotlib and reportlab: `python bench_pack.py product|record FILE|plain FILE`.

Both sides make the same invented pack: the product composes it from its rows; the plain program draws the same charts
with axes of matplotlib, saved as vectors by its quickest means, and the same lines of text at the same places, with the
same number of hairlines, on a canvas of reportlab. What to draw is taken from the product's record beforehand, for the
plain side has nothing to lay out. It does not even place its charts on the pages. Imports are left out on both sides.
"""

import io
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
FACES = ("IBMPlexSans_400Regular", "IBMPlexSans_500Medium", "IBMPlexSans_600SemiBold")


def _pack() -> Any:
    """The invented pack with all eight pages."""
    from dataclasses import replace

    from tests.reports.pack.ahead_world import fan
    from tests.reports.pack.world import outlook, pack

    return pack(outlook=replace(outlook(), fan=fan()))


def product() -> float:
    """From the rows to the bytes of the file."""
    from partnerdesk.reports import gate
    from partnerdesk.reports.format import Formats
    from partnerdesk.reports.pack import compose

    gate.matplotlib(), gate.reportlab()
    import partnerdesk.reports.charts.vector  # noqa: F401 - the imports of both sides are left out

    made, formats = _pack(), Formats("en_GB")
    return _timed(lambda: compose(made, formats))


def record(target: str) -> float:
    """Writes every line of text of the pack with its page and place, for the plain side."""
    from partnerdesk.reports.format import Formats
    from partnerdesk.reports.pack import compose

    made = compose(_pack(), Formats("en_GB"))
    rows = [(p.page, p.left, 595 - p.bottom, p.right, p.bottom - p.top, p.text) for p in made.placed]
    Path(target).write_text(json.dumps(rows), "utf-8")
    return 0.0


def plain(source: str) -> float:
    """The same charts, texts and hairlines."""
    import matplotlib  # noqa: F401
    from matplotlib.backends import backend_pdf  # noqa: F401 - imported before the clock starts
    from matplotlib.figure import Figure  # noqa: F401
    from reportlab.pdfbase import pdfmetrics, ttfonts  # noqa: F401
    from reportlab.pdfgen import canvas  # noqa: F401

    rows = json.loads(Path(source).read_text("utf-8"))
    return _timed(lambda: (_charts(), _pages(rows)))


def _pages(rows: Sequence[Any]) -> bytes:
    """All lines of text at their places in three faces; a hairline below each, as tables and lists have."""
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen import canvas

    for name in FACES:
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(FONTS / f"{name}.ttf")))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(842, 595), pageCompression=1)
    last = 1
    for n, (page, left, bottom, right, size, text) in enumerate(rows):
        if page != last:
            sheet.showPage()
            last = page
        sheet.setFont(FACES[n % len(FACES)], size)
        sheet.drawString(left, bottom, text)
        sheet.setLineWidth(0.35)
        sheet.line(left, bottom, right, bottom)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def _charts() -> list[bytes]:
    """The eight charts of the pack with as many marks and labels, by the usual means of matplotlib."""
    drawn = (_kept, _bullets, _history, _waterfall, _releases, _renewals, _months, _fan)
    sizes = ((249, 19), (166, 84), (80, 46), (158, 74), (84, 74), (150, 74), (82, 74), (150, 86))
    return [_saved(draw, *size) for draw, size in zip(drawn, sizes, strict=True)]


def _saved(draw: Callable[[Any], None], width: float, height: float) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / 25.4, height / 25.4))
    axes = figure.add_axes((0.1, 0.15, 0.85, 0.8))
    draw(axes)
    out = io.BytesIO()
    figure.savefig(out, format="pdf")
    return out.getvalue()


def _kept(axes: Any) -> None:
    for row in range(2):
        for n in range(5):
            axes.barh(row, 1, left=n, edgecolor="white", hatch="//" if n == 4 else "")
        axes.text(5.1, row, "4 of 5 kept")


def _bullets(axes: Any) -> None:
    for low, high in ((0, 50), (50, 75), (75, 90), (90, 100)):
        axes.barh(4, high - low, left=low, height=0.8)
        axes.text(low, 4.6, f"Tier {low}")
    axes.barh(4, 71.4, height=0.3)
    axes.axvline(75)
    for row, value in enumerate((94, 62, 48.4)):
        axes.barh(row, 100, height=0.5)
        axes.barh(row, value, height=0.3)
        axes.plot([value - 4, value - 4], [row - 0.2, row + 0.2])
        axes.text(102, row, str(value))


def _history(axes: Any) -> None:
    axes.plot(range(8), (58.2, 60.1, 61.4, 64.8, 66.0, 68.9, 69.7, 71.4))
    axes.axhline(75)
    axes.axvline(6.5, linestyle="--")
    axes.set_xticks(range(8), [f"Q{n}" for n in range(8)])


def _waterfall(axes: Any) -> None:
    steps = ((0, 18.4), (18.4, 44.5), (60.2, 2.7), (60.2, 0.3), (29.2, 31.3), (0, 29.2))
    for n, (bottom, height) in enumerate(steps):
        axes.bar(n, height, bottom=bottom, width=0.62, hatch="//" if n in (0, 2, 5) else "")
        axes.text(n, bottom + height + 1, f"{height:,.2f}", ha="center")
        axes.plot([n, n + 1], [bottom + height] * 2)
    axes.set_xticks(range(6), ["Opening", "Earned", "Clawed back", "Adjusted", "Paid", "Closing"])


def _releases(axes: Any) -> None:
    for n, (vesting, holdback) in enumerate(((2.5, 1.4), (2.5, 1.4), (2.5, 4.9), (2.5, 0), (2.5, 0), (2.5, 6.5))):
        axes.bar(n, vesting, hatch="//")
        axes.bar(n, holdback, bottom=vesting)
        axes.text(n, vesting + holdback, f"{vesting + holdback:,.1f}", ha="center")
    axes.set_xticks(range(6), ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar"])


def _renewals(axes: Any) -> None:
    axes.scatter((30, 100, 40, 45, 60, 70), (2, 1, 0, 0, 0, 0), s=(84, 96, 66, 52, 41, 46))
    axes.axvline(50, linestyle="--")
    for n in range(10):
        axes.axvline(n * 27, linewidth=0.3)
        axes.text(n * 27, -0.5, f"Month {n}")
    for x, y in ((30, 2), (100, 1), (40, 0)):
        axes.text(x, y, "Customer 84k")
        axes.plot([x - 20, x], [y, y])


def _months(axes: Any) -> None:
    for n in range(12):
        axes.bar(n, n * 7 % 11, hatch="//" if n == 1 else "")
        axes.text(n, n * 7 % 11, str(n * 7 % 11), ha="center")
    axes.set_xticks(range(12), [f"M{n}" for n in range(12)])


def _fan(axes: Any) -> None:
    axes.plot(range(8), (51, 49, 54, 61, 73, 65, 67.9, 90.4))
    for low, high in (((90.4, 64, 50), (90.4, 115, 113)), ((90.4, 78, 66), (90.4, 101, 95))):
        axes.fill_between((7, 8, 9), low, high)
    axes.plot((7, 8, 9), (90.4, 88, 80), linestyle="--")
    axes.axvline(7, linestyle="--")
    for y, text in ((113, "113 P90"), (95, "95"), (80, "80 P50"), (66, "66"), (50, "50 P10"), (90.4, "90.4")):
        axes.text(9.1, y, text)
    axes.set_xticks(range(10), [f"Q{n}" for n in range(10)])


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sides: dict[str, Callable[..., float]] = {"product": product, "plain": plain, "record": record}
    print(json.dumps({"seconds": sides[sys.argv[1]](*sys.argv[2:])}))
