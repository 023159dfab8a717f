"""Opening: what is not a book of ours, or not of this version, is refused in a sentence and not changed by a byte."""

import hashlib
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from partnerdesk.errors import Damaged, PartnerDeskError, Refused
from partnerdesk.store import Store, connection, header
from tests.store import steps

FIXTURES: dict[str, tuple[Callable[[Path], object], type[PartnerDeskError], str]] = {}


def fixture(error: type[PartnerDeskError], sentence: str) -> Callable[[Callable[[Path], object]], object]:
    def note(make: Callable[[Path], object]) -> object:
        FIXTURES[make.__name__.replace("_", " ")] = (make, error, sentence)
        return make

    return note


def overwrite(path: Path, at: int, value: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(value)


@fixture(Refused, f"has version {header.SCHEMA_VERSION + 1}, and this one reads up to version {header.SCHEMA_VERSION}")
def a_newer_book(path: Path) -> None:
    overwrite(path, 60, struct.pack(">i", header.SCHEMA_VERSION + 1))


@fixture(Refused, "has version 2147483647")
def a_much_newer_book(path: Path) -> None:
    overwrite(path, 60, struct.pack(">i", 2**31 - 1))


@fixture(Refused, "database of another application")
def another_application(path: Path) -> None:
    overwrite(path, 68, struct.pack(">i", 0x4D4D4258))


@fixture(Refused, "database of another application")
def a_plain_database(path: Path) -> None:
    path.unlink()
    raw = connection.driver.connect(str(path))
    raw.execute("CREATE TABLE t (a)")
    raw.close()


@fixture(Damaged, "has version 0")
def a_book_without_a_version(path: Path) -> None:
    overwrite(path, 60, bytes(4))


@fixture(Damaged, "is empty")
def an_empty_file(path: Path) -> None:
    path.write_bytes(b"")


@fixture(Damaged, "is incomplete: it has 40,960 bytes of")
def half_a_book(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40960])


@fixture(Damaged, "is incomplete")
def a_few_bytes(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


@fixture(Damaged, "is incomplete")
def a_book_without_its_last_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@fixture(Refused, "not a PartnerDesk book but a ZIP archive or an Office document")
def a_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


@fixture(Refused, "not a PartnerDesk book but a PDF document")
def a_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n")


@fixture(Refused, "not a PartnerDesk book")
def a_text(path: Path) -> None:
    path.write_text("Partner,Amount\n", encoding="utf-8")


@fixture(Refused, "not a PartnerDesk book")
def an_encrypted_book(path: Path) -> None:
    path.write_bytes(hashlib.shake_256(b"noise").digest(8192))


@fixture(Damaged, "is damaged")
def a_book_with_a_broken_first_page(path: Path) -> None:
    overwrite(path, 100, b"\xff" * 400)


@fixture(Damaged, "history keeping")
def a_book_whose_schema_was_altered(path: Path) -> None:
    raw = connection.driver.connect(str(path))
    raw.execute("DROP TRIGGER keep_op_update")
    raw.close()


@pytest.mark.parametrize("write", [True, False], ids=["to write", "to read"])
@pytest.mark.parametrize("name", list(FIXTURES))
def test_it_is_refused_unchanged(path: Path, name: str, write: bool) -> None:
    make, error, sentence = FIXTURES[name]
    make(path)
    before = path.read_bytes()
    with pytest.raises(error) as refused:
        Store.open(path, user="Ann", write=write)
    assert sentence in refused.value.sentence and path.name in refused.value.sentence
    assert refused.value.remedy.endswith(".")
    assert path.read_bytes() == before
    assert not header.has_journal(path)


def test_a_newer_book_with_an_unfinished_write_is_left_to_its_own_program(path: Path) -> None:
    a_newer_book(path)
    header.journal_of(path).write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    before = path.read_bytes(), header.journal_of(path).read_bytes()
    with pytest.raises(Refused, match="newer PartnerDesk"):
        Store.open(path, user="Ann")
    assert (path.read_bytes(), header.journal_of(path).read_bytes()) == before


def test_nothing_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no book at"):
        Store.open(tmp_path / "None.partnerdesk", user="Ann")
    with pytest.raises(Refused, match="is a folder"):
        Store.open(tmp_path, user="Ann")
    assert list(tmp_path.iterdir()) == []


def test_a_new_book_does_not_replace_a_file(tmp_path: Path) -> None:
    path = tmp_path / "Mine.partnerdesk"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match=r"Mine\.partnerdesk exists already"):
        Store.create(path, user="Ann")
    path.unlink()
    path.symlink_to(tmp_path / "gone")
    with pytest.raises(Refused, match="exists already"):
        Store.create(path, user="Ann")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_new_book_does_not_replace_a_file_that_came_meanwhile(tmp_path: Path) -> None:
    from partnerdesk.store import create

    (tmp_path / "new").write_text("new", encoding="utf-8")
    (tmp_path / "there").write_text("there", encoding="utf-8")
    with pytest.raises(Refused):
        create.place(tmp_path / "new", tmp_path / "there")
    assert (tmp_path / "there").read_text(encoding="utf-8") == "there"


def test_a_new_book_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no folder"):
        Store.create(tmp_path / "nowhere" / "x.partnerdesk", user="Ann")


def test_a_book_tells_who_it_is(tmp_path: Path) -> None:
    with Store.create(tmp_path / "Łódź 100%?#.partnerdesk", user="Ann", sample=True) as store:
        assert store.info.name == "Łódź 100%?#" and store.info.sample and store.info.as_of is None
        assert store.info.version == header.SCHEMA_VERSION and len(store.info.id) == 36
        assert store.undo_label is None and store.revision == 1
        with Store.create(tmp_path / "Other.partnerdesk", user="Ann") as other:
            assert other.info.id != store.info.id and not other.info.sample


def test_a_copy_of_a_book_opens(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "Copy.partnerdesk")
    with Store.open(path, user="Ann"), Store.open(copy, user="Ann"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_everything_of_a_book_is_private(tmp_path: Path, own_home: Path) -> None:
    previous = os.umask(0)
    try:
        path = tmp_path / "Mine.partnerdesk"
        seen: list[tuple[str, int]] = []

        def look(session: object) -> None:
            steps.import_rows(session, 10)  # type: ignore[arg-type]
            seen.extend((p.name, p.stat().st_mode & 0o777) for p in tmp_path.iterdir())

        with Store.create(path, user="Ann") as store:
            store.transact("Import", look)
            store.backup("test")
        modes = dict(seen)
        assert modes[path.name + "-journal"] == 0o600
        assert all(mode == 0o600 for mode in modes.values()), modes
        made = list(own_home.rglob("*"))
        assert len([p for p in made if p.is_file()]) == 3
        assert all(p.stat().st_mode & 0o077 == 0 for p in made), made
    finally:
        os.umask(previous)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "Pipe.partnerdesk"
    os.mkfifo(path)
    with pytest.raises(Refused, match=r"Pipe\.partnerdesk is not an ordinary file"):
        Store.open(path, user="Ann")
