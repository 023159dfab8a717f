"""Hostile names in every field of a book: each page shows them as they are, loads no picture and does not fall."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from partnerdesk.engine import facts as declared
from partnerdesk.engine.facts import Contract, Customer, Deal, Fact, Partner, Person, Product
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.joint.notes import add_note
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.paths import resource
from partnerdesk.store import Store
from partnerdesk.ui.desk import Desk
from partnerdesk.ui.pages import PAGES
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.table.view import DataTable
from partnerdesk.ui.window.window import MainWindow
from tests.ui.conftest import WindowMaker

PAYLOADS = [
    "AT&T",
    "R&D <Labs> partner",
    "<b>bold</b><script>x</script>",
    '<img src="file:///dev/zero">',
    '<img src="\\\\server\\share\\x.png">',
    "<table>" * 60 + "x" + "</table>" * 60,
    "=cmd|' /C calc'!A0",
    "CON.txt",
    "../../x",
    "$5k to $10k",
    "Delta",
    "&File && %s {0}",
    "Việt Ωmega Дельта 日本 \u202eabc",
]
DAY = date(2026, 11, 19)


def filled(row: Fact, payload: str) -> Fact:
    """The row with the payload in every free text that is empty."""
    from dataclasses import replace

    free = {
        a.name: payload
        for a in declared.attributes(declared.KIND_OF[type(row)])
        if a.kind == declared.TEXT and not a.choices and getattr(row, a.name, None) == ""
    }
    keep = {"language", "currency", "country"}
    return replace(row, **{name: text for name, text in free.items() if name not in keep})


def fill(session: Session) -> None:
    for file in sorted(resource("programs/fennmark").glob("*.toml")):
        add_version(session, file.read_text(encoding="utf-8"), file.name)
    rows: list[Fact] = [Product(id="core", name=PAYLOADS[2], family="platform")]
    for at, text in enumerate(PAYLOADS):
        id = f"P-{at:02}"
        rows += [
            filled(Partner(id=id, name=text, type="reseller", status="active", joined=date(2024, 1, 1)), text),
            filled(Customer(id=f"C-{at:02}", name=text), text),
            filled(Person(id=f"H-{at:02}", name=text, side="partner", partner=id), text),
            filled(
                Deal(
                    id=f"D-{at:02}",
                    partner=id,
                    customer=f"C-{at:02}",
                    product="core",
                    name=text,
                    kind="new",
                    status="open",
                    amount=Decimal(1000),
                    expected_close=date(2026, 12, 1),
                ),
                text,
            ),
            Contract(
                id=f"K-{at:02}",
                partner=id,
                customer=f"C-{at:02}",
                product="core",
                start=date(2025, 12, 20),
                end=date(2026, 12, 20),
                recurring=Decimal(12000),
            ),
        ]
    add_rows(session, rows, by="Ann")
    for at, text in enumerate(PAYLOADS):
        add_note(session, f"P-{at:02}", day=DAY, text=text, people=text, author="Ann")
        add_action(session, f"P-{at:02}", text=text, side="vendor", on=DAY, owner=text, due=DAY, measure=text)


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of files that anything tried to load as a picture."""
    names: list[str] = []
    for kind in (QImage, QPixmap, QImageReader):
        for method in ("load", "setFileName"):
            if hasattr(kind, method):
                monkeypatch.setattr(kind, method, lambda _self, name, *_a: names.append(str(name)))
    yield names
    assert names == []


def rich(window: QWidget) -> list[str]:
    """Labels that would read markup."""
    return [w.text() for w in window.findChildren(QLabel) if w.textFormat() != Qt.TextFormat.PlainText]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, made once."""
    path = tmp_path_factory.mktemp("hostile") / "Ours.partnerdesk"
    with Store.create(path, user="Ann") as store:
        store.transact("Fill", fill)
    return path


@pytest.fixture
def book(hostile: Path, tmp_path: Path) -> Path:
    """A copy for each test, which `desk` opens."""
    return Path(shutil.copy(hostile, tmp_path / "Ours.partnerdesk"))


@pytest.fixture
def window(desk: Desk, make_window: WindowMaker) -> MainWindow:
    return make_window(desk, PAGES)


Settled = Callable[[Desk], None]


@pytest.mark.parametrize("page", [page.id for page in PAGES])
def test_a_page_shows_them_verbatim(
    page: str, window: MainWindow, desk: Desk, settled: Settled, loaded: list[str]
) -> None:
    window.go(Place(page))
    settled(desk)
    assert rich(window) == []
    window.grab()
    if page == "partners":
        assert window.page is not None
        table = max(window.page.findChildren(DataTable), key=lambda t: len(t.table_model.all_rows()))
        words = {table.table_model.columns[0].words(row) for row in table.table_model.all_rows()}
        assert set(PAYLOADS) <= {w for word in words for w in (word, word.partition(" · ")[0])}


@pytest.mark.parametrize("tab", ["overview", "progress", "earnings", "changes", "plan", "history"])
def test_a_partners_tab_shows_them_verbatim(
    tab: str, window: MainWindow, desk: Desk, settled: Settled, loaded: list[str], qtbot: QtBot
) -> None:
    for at, text in enumerate(PAYLOADS):
        window.go(Place("partners", f"P-{at:02}", tab))
        settled(desk)
        QApplication.processEvents()
        assert rich(window) == []
        assert window.page is not None
        assert window.page.header.title.text() == text
        window.grab()


def test_the_sweep_sees_a_label_that_reads_markup(window: MainWindow, desk: Desk, settled: Settled) -> None:
    window.go(Place("settings"))
    settled(desk)
    assert window.page is not None
    stray = QLabel("<b>x</b>", window.page)
    assert rich(window) == ["<b>x</b>"]
    stray.deleteLater()


def test_every_text_field_of_a_partner_carries_the_payload() -> None:
    row: Any = filled(Partner(id="P-1", name="x"), "<b>x</b>")
    texts = {f.name for f in fields(row) if getattr(row, f.name) == "<b>x</b>"}
    assert {"city", "legal_name", "segment", "region", "agreement", "tax_id"} <= texts
