"""The program as it is started: first run, last book, pictures, refusals, and an end without a trace."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import update
from sqlalchemy.orm import Session

from partnerdesk import app, paths
from partnerdesk.engine.facts import Partner
from partnerdesk.errors import Refused
from partnerdesk.models.book import book as book_table
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.settings import book_settings
from partnerdesk.store import Store
from partnerdesk.ui.new_book import make_book, make_sample
from partnerdesk.ui.options import Options, options
from partnerdesk.ui.screens.base import Place
from partnerdesk.ui.screens.welcome import Card, WelcomeScreen
from partnerdesk.ui.state import State

Start = Callable[..., app.Program]


def small_sample(path: Path, user: str) -> Store:
    """A sample book of one partner: what the real one is made of is tested elsewhere."""

    def fill(session: Session) -> None:
        session.execute(update(book_table).values(as_of=date(2026, 11, 19)))
        add_rows(session, [Partner(id="P-1", name="Northwind Systems")], by="Sample")

    store = Store.create(path, user=user, sample=True)
    store.transact("Fill", fill)
    return store


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program in this process, as `main` does, and closes it at the end."""
    monkeypatch.setattr(app, "make_sample", small_sample)
    running: list[app.Program] = []

    def begin(chosen: Options | None = None) -> app.Program:
        program = app.Program(chosen or Options())
        running.append(program)
        with qtbot.waitActive(program.window):
            program.window.show()
            program.window.activateWindow()
        return program

    yield begin
    for program in running:
        program.window.close()
        program.close()
        program.window.deleteLater()


def quiet(program: app.Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.desk.jobs.is_busy, timeout=20_000)
    QApplication.processEvents()


def welcomed(program: app.Program, qtbot: QtBot) -> WelcomeScreen:
    qtbot.waitUntil(lambda: isinstance(program.window.page, WelcomeScreen), timeout=5000)
    assert isinstance(program.window.page, WelcomeScreen)
    return program.window.page


def test_the_first_run_offers_three_ways_and_enter_starts_the_sample(start: Start, qtbot: QtBot) -> None:
    program = start()
    page = welcomed(program, qtbot)
    assert QApplication.focusWidget() is page.first
    assert len(page.findChildren(Card)) == 3
    assert not program.window.sidebar.sample.isVisible()
    qtbot.keyClick(page.first, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    assert program.window.sidebar.sample.isVisible()
    assert program.window.status_bar.as_of.words() == "Data as of 19 Nov 2026"
    assert program.window.page is not None
    assert program.window.pages[0].id == program.window.page.ID
    steps = program.window.status_bar.first_steps
    assert steps is not None
    assert steps.isVisible()


def test_only_pages_that_need_no_book_open_before_there_is_one(start: Start, qtbot: QtBot) -> None:
    program = start()
    welcomed(program, qtbot)
    commands = program.window.commands
    assert [id for id in ("page.today", "page.settings") if not commands.why_not(id)] == ["page.settings"]


def test_start_empty_makes_a_book_where_the_page_says(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Documents" / "PartnerDesk" / "My book.partnerdesk"
    monkeypatch.setattr(app, "free_place", lambda: place)
    program = start()
    page = welcomed(program, qtbot)
    assert page._where.text().endswith("PartnerDesk / My book.partnerdesk")
    qtbot.keyClick(page.first, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    assert place.exists()
    assert program.desk.book is not None
    assert not program.desk.book.info.sample
    assert place.stat().st_mode & 0o077 == 0


def test_the_last_book_opens_again_at_its_place(start: Start, qtbot: QtBot, book: Path) -> None:
    state = State()
    state.recent(book)
    state.set("place", ["settings", "", "", ""])
    state.save()
    program = start()
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    assert program.desk.path == book
    assert program.window.page is not None
    assert program.window.page.ID == "settings"


def test_a_book_that_cannot_be_opened_is_said_on_the_welcome(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    wrong = tmp_path / "Photo.partnerdesk"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    before = wrong.read_bytes()
    program = start(Options(book=wrong))
    page = welcomed(program, qtbot)
    qtbot.waitUntil(lambda: bool(page.messages.text()), timeout=5000)
    assert "Photo.partnerdesk is not a PartnerDesk book" in page.messages.text()
    assert wrong.read_bytes() == before


def test_a_book_of_another_window_is_opened_for_reading_and_says_so(start: Start, qtbot: QtBot, book: Path) -> None:
    with Store.open(book, user="Bob"):
        program = start(Options(book=book, page="settings"))
        qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
        quiet(program, qtbot)
        assert program.window.page is not None
        assert program.window.page.messages.text().startswith("Opened for reading only.")
        assert program.window.commands.why_not("edit.undo") == "This book is open for reading only"


def test_a_bug_in_a_click_is_said_and_the_program_goes_on(
    start: Start, qtbot: QtBot, book: Path, expected_log: list[str]
) -> None:
    expected_log.append("window.unexpected ZeroDivisionError")
    program = start(Options(book=book, page="settings"))
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    page = program.window.page
    assert page is not None
    assert "This did not work" in page.messages.text()
    page.messages.clear()
    program.window.commands.trigger("view.sidebar")
    assert program.window.sidebar.is_narrow


def test_the_steps_of_the_first_quarter_of_an_hour_are_remembered(start: Start, qtbot: QtBot) -> None:
    program = start(Options(sample=True))
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    steps = program.window.status_bar.first_steps
    assert steps is not None
    assert steps.chip.words() == "First steps, 0 of 5"
    program.window.step_done("why")
    program.window.step_done("why")
    assert steps.chip.words() == "First steps, 1 of 5"
    steps.put_away()
    steps.offer()
    assert not steps.isVisible()


def test_a_refused_sample_leaves_no_half_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerdesk.ops.sample import whole

    def refuse(_session: Session) -> None:
        raise Refused("No room.")

    monkeypatch.setattr(whole, "fill_sample_book", refuse)
    path = tmp_path / paths.SAMPLE_NAME
    with pytest.raises(Refused):
        make_sample(path, "Ann")
    assert not path.exists()


def test_the_sample_gets_its_name_once_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerdesk.ops.sample import whole

    path, named = tmp_path / paths.SAMPLE_NAME, list[bool]()
    monkeypatch.setattr(whole, "fill_sample_book", lambda _session: named.append(path.exists()))
    with make_sample(path, "Ann") as store:
        assert named == [False] and store.info.sample and store.info.name == path.stem
    assert [p for p in tmp_path.iterdir() if p.is_dir() and p.name.startswith(".sample-")] == []


def test_arguments_name_book_page_and_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = options(["ours.partnerdesk", "--page", "partners/P-1/plan", "--screenshot", "shot.png"])
    assert found.book == tmp_path / "ours.partnerdesk"
    assert found.screenshot == tmp_path / "shot.png"
    assert found.is_short
    assert options(["--book", "ours.partnerdesk"]).book == tmp_path / "ours.partnerdesk"
    assert not options([]).is_short


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, off screen."""
    return subprocess.run(
        [sys.executable, "-m", "partnerdesk", *arguments],
        env={"QT_QPA_PLATFORM": "offscreen", "PARTNERDESK_HOME": str(home), "PATH": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parent.parent.parent,
    )


def test_a_picture_of_a_page_ends_cleanly_and_remembers_nothing(own_home: Path, book: Path, tmp_path: Path) -> None:
    picture = tmp_path / "out" / "shot.png"
    done = run("--book", str(book), "--page", "settings", "--screenshot", str(picture), home=own_home)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert not (own_home / "window.json").exists()
    Store.open(book, user="Bob").close()  # nothing holds it any more


def test_a_picture_of_a_book_that_is_not_there_ends_with_one_sentence(own_home: Path, tmp_path: Path) -> None:
    done = run("--book", str(tmp_path / "no.partnerdesk"), "--screenshot", str(tmp_path / "s.png"), home=own_home)
    assert done.returncode == 1
    assert "There is no book at" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_picture_of_a_page_that_breaks_ends_too(
    start: Start,
    qtbot: QtBot,
    book: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    from partnerdesk.ui.screens.settings import SettingsScreen

    def broken(_self: SettingsScreen) -> None:
        raise KeyError("a bug of ours")

    expected_log.append("window.unexpected KeyError")
    monkeypatch.setattr(SettingsScreen, "reload", broken)
    program = start(Options(book=book, page="settings", screenshot=tmp_path / "s.png"))
    qtbot.waitUntil(lambda: not program.window.isVisible(), timeout=10_000)
    assert program.code == 1
    assert "a bug of ours" in capsys.readouterr().err


def test_the_first_paint_needs_no_database_no_charts_and_no_workbooks() -> None:
    """What costs a tenth of a second and more is imported after the window stands."""
    source = (
        "import sys; from partnerdesk import app; from partnerdesk.ui.options import Options\n"
        "from PySide6.QtWidgets import QApplication; q = QApplication([])\n"
        "app.Program._begin = lambda self: q.quit()\n"
        "p = app.Program(Options()); p.window.show(); q.exec()\n"
        "late = ['sqlalchemy', 'matplotlib', 'alembic', 'openpyxl', 'reportlab', 'xlsxwriter', 'numpy', 'babel',\n"
        "        'partnerdesk.store', 'partnerdesk.queries', 'partnerdesk.ops', 'multiprocessing']\n"
        "print(sorted(set(late) & set(sys.modules))); p.close()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={"QT_QPA_PLATFORM": "offscreen", "PARTNERDESK_HOME": str(paths.home()), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_is_answered_by_somebody(start: Start, qtbot: QtBot, book: Path) -> None:
    program = start(Options(book=book, page="settings"))
    qtbot.waitUntil(lambda: program.desk.is_open, timeout=10_000)
    quiet(program, qtbot)
    window = program.window
    answered = set(window.commands._frame)
    for page in window.pages:
        window.go(Place(page.id))
        quiet(program, qtbot)
        assert window.page is not None
        answered |= set(window.page.commands())
    screens = Path(app.__file__).parent / "ui" / "screens"
    source = "".join(path.read_text("utf-8") for path in screens.rglob("*.py"))
    answered |= {id for id in window.commands.rows if f'"{id}":' in source}  # those of an item that is open there
    assert set(window.commands.rows) - answered == set()


def test_a_new_book_of_the_window_follows_the_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_AU.UTF-8")
    with make_book(tmp_path / "mine.partnerdesk", "me") as store:
        kept = store.read(book_settings)
    assert (kept.currency, kept.year_start) == ("AUD", 7)


def test_a_program_that_ends_with_a_copied_table_ends_well() -> None:
    """Qt frees what is on a clipboard within the process when Python is gone already."""
    source = (
        "from PySide6.QtWidgets import QApplication; from partnerdesk.ui.clipboard import copy_table\n"
        "q = QApplication([]); copy_table([['Northwind', '1']], ['Partner', 'Earned']); copy_table([['a']], None)\n"
        "print(q.clipboard().text())"
    )
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "a\n", "")
