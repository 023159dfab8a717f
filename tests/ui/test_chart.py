"""Charts and pages on the screen: drawn away from the window, said in words, copied as picture and as data."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from partnerdesk.reports import gate
from partnerdesk.reports.charts import Step, Waterfall, earnings_waterfall
from partnerdesk.ui import theme
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.widgets.canvas import ChartData
from partnerdesk.ui.widgets.chart import Chart
from partnerdesk.ui.widgets.pdf_preview import PdfPreview

Settled = Callable[[Desk], None]


def waterfall() -> ChartData:
    steps = (
        Step("Opening", Decimal(18400), "balance", "18,400"),
        Step("Upfront $5k to $10k", Decimal(30000), "earned", "+30,000"),
        Step("_Taken", Decimal(-31300), "taken", "−31,300"),
        Step("Closing", Decimal(17100), "balance", "17,100"),
    )
    rows = tuple((step.label, step.says) for step in steps)
    return ChartData(
        earnings_waterfall,
        Waterfall(steps),
        "Waterfall from 18,400 to 17,100",
        ("Step", "EUR"),
        rows,
    )


@pytest.fixture
def chart(empty_desk: Desk, qtbot: QtBot) -> Chart:
    made = Chart(empty_desk.jobs, height=170)
    qtbot.addWidget(made)
    made.resize(560, 220)
    made.show()
    return made


def drawn(chart: Chart, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: chart.canvas.is_ready and not desk.jobs.is_busy, timeout=15_000)


def colours(chart: Chart) -> set[str]:
    picture = chart.canvas.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(0, picture.height(), 2)}


def test_a_chart_is_drawn_in_the_themes_colours_and_again_when_it_changes(
    chart: Chart, empty_desk: Desk, qtbot: QtBot
) -> None:
    chart.show_chart("Earned 44,500; 29,225 is still held", "EUR", waterfall())
    drawn(chart, empty_desk, qtbot)
    assert {"#1f6fb2", "#c2410c"} <= colours(chart)
    theme.theme().choose(choice=theme.DARK)
    drawn(chart, empty_desk, qtbot)
    assert {"#56b4e9", "#f28e4b"} <= colours(chart)


def test_only_the_last_size_of_a_resize_is_drawn(chart: Chart, empty_desk: Desk, qtbot: QtBot) -> None:
    chart.show_chart("Title", "", waterfall())
    drawn(chart, empty_desk, qtbot)
    started: list[Any] = []
    start = empty_desk.jobs.start
    empty_desk.jobs.start = lambda lane, job: started.append(job) or start(lane, job)  # type: ignore[method-assign,func-returns-value]
    for width in range(400, 700, 20):
        chart.resize(width, 220)
        QApplication.processEvents()
    drawn(chart, empty_desk, qtbot)
    assert len(started) <= 3
    assert chart.canvas._image.width() == chart.canvas.width()


def test_the_data_stand_in_a_table_in_the_charts_place(chart: Chart, empty_desk: Desk, qtbot: QtBot) -> None:
    chart.show_chart("Title", "", waterfall())
    chart.toggle_data()
    table = chart.findChild(DataTable)
    assert table is not None
    assert [column.title for column in table.table_model.columns] == ["Step", "EUR"]
    assert table.table_model.rows[1] == ("Upfront $5k to $10k", "+30,000")
    assert not chart.canvas.isVisible()
    chart.toggle_data()
    assert chart.canvas.isVisible()
    drawn(chart, empty_desk, qtbot)


def test_picture_and_data_can_be_copied(chart: Chart, empty_desk: Desk, qtbot: QtBot) -> None:
    chart.show_chart("Title", "", waterfall())
    drawn(chart, empty_desk, qtbot)
    chart.copy_data()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "Opening\t18,400"
    chart.copy_image()
    image = QGuiApplication.clipboard().image()
    assert image.width() == round(chart.canvas.width() * chart.devicePixelRatioF())


def test_a_screen_reader_hears_the_finding(chart: Chart, empty_desk: Desk, qtbot: QtBot) -> None:
    chart.show_chart("Title", "", waterfall())
    assert chart.canvas.accessibleName() == "Waterfall from 18,400 to 17,100"
    drawn(chart, empty_desk, qtbot)


def test_a_chart_that_goes_away_while_it_is_drawn_harms_nothing(
    empty_desk: Desk, qtbot: QtBot, settled: Settled
) -> None:
    made = Chart(empty_desk.jobs)
    made.resize(560, 220)
    made.show()
    made.show_chart("Title", "", waterfall())
    qtbot.waitUntil(lambda: empty_desk.jobs.is_busy, timeout=5000)
    made.close()
    made.deleteLater()
    QApplication.processEvents()
    settled(empty_desk)


def two_pages() -> bytes:
    buffer = io.BytesIO()
    pdf = gate.reportlab().Canvas(buffer, pagesize=(842, 595))
    for colour in ((0.8, 0.1, 0.1), (0.1, 0.1, 0.8)):
        pdf.setFillColorRGB(*colour)
        pdf.rect(0, 0, 842, 595, fill=1, stroke=0)
        pdf.showPage()
    pdf.save()
    return buffer.getvalue()


def test_the_preview_shows_the_pages_of_the_pdf(empty_desk: Desk, qtbot: QtBot, settled: Settled) -> None:
    preview = PdfPreview(empty_desk.jobs)
    qtbot.addWidget(preview)
    preview.resize(600, 500)
    preview.show()
    shown: list[int] = []
    preview.page_changed.connect(shown.append)
    preview.show_pdf(two_pages())
    settled(empty_desk)
    qtbot.waitUntil(lambda: preview.page_count == 2 and not preview._pages[0].image.isNull(), timeout=5000)
    page = preview._pages[0]
    assert page.width() / page.height() == pytest.approx(842 / 595, rel=0.01)
    assert page.image.pixelColor(50, 50).name() == "#cc1a1a"
    preview.go_to(2)
    settled(empty_desk)
    assert shown[-1] == 2
    qtbot.waitUntil(lambda: not preview._pages[1].image.isNull(), timeout=5000)
    assert preview._pages[1].image.pixelColor(50, 50).name() == "#1a1acc"
