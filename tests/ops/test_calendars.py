"""Dates as a calendar file: lines as the standard wants them, one number for good, nothing internal for a partner."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Contract, Customer, Partner, Product
from partnerdesk.errors import Refused
from partnerdesk.models.book import book
from partnerdesk.ops.calendars.exports import export_partner_calendar
from partnerdesk.ops.calendars.ours import export_calendar
from partnerdesk.ops.joint import reviews as life
from partnerdesk.ops.joint.actions import add_action
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.queries.facts import fact
from partnerdesk.queries.joint.dates import dates
from partnerdesk.reports.calendar import Entry, ics, unfolded

TODAY, STAMP = date(2026, 11, 19), datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


@given(st.text(), st.text(), st.sampled_from(["", "14:00", "9:30", "after lunch"]))
def test_every_line_fits_and_every_text_comes_back(title: str, place: str, time: str) -> None:
    entry = Entry(uid="action-1@b.partnerdesk", day=TODAY, title=title, place=place, time=time)
    content = ics("Ours", [entry], STAMP)
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines) and b"\n" not in b"".join(lines)
    for line in lines:
        line.decode()  # no letter is broken
    back = dict(unfolded(content))
    kept = "".join(letter for letter in title.replace("\r", "") if letter >= " " or letter in "\n\t")
    assert back["SUMMARY"] == kept
    assert [value for name, value in unfolded(content) if name == "BEGIN"] == ["VCALENDAR", "VEVENT"]
    assert back.get("DTSTART") == {"14:00": "20261119T140000", "9:30": "20261119T093000"}.get(time)


@pytest.fixture
def session_with_days(session: Session) -> Session:
    session.execute(insert(book).values(one=1, id="b-1", name="Ours", created="", sample=False))
    rows = [
        Partner(id="P-1", name="Nordlys Data"),
        Partner(id="P-2", name="Delta Reseller"),
        Customer(id="C-1", name="Borealis"),
        Customer(id="C-2", name="Helios Kraftwerke"),
        Product(id="core", name="Core"),
        Contract(id="K-1", partner="P-1", customer="C-1", product="core", end=date(2026, 12, 14), notice_days=14),
        Contract(id="K-2", partner="P-2", customer="C-2", product="core", end=date(2026, 12, 20), notice_days=60),
    ]
    add_rows(session, rows)
    life.add_review(session, "P-1", "2026Q3", on=TODAY, day=date(2026, 11, 24))
    second = life.add_review(session, "P-2", "2026Q2", on=TODAY, day=TODAY)
    life.hold_review(session, second, on=TODAY, next_review=date(2026, 12, 2))
    first = life.add_review(session, "P-1", "2026Q2", on=TODAY, day=TODAY)
    life.hold_review(session, first, on=TODAY, next_review=date(2026, 11, 24))  # the one that is planned already
    add_action(session, "P-1", text="Exam dates", side="partner", owner="Ilse", on=TODAY, due=date(2026, 12, 1))
    add_action(session, "P-1", text="Prepare for the exit", side="vendor", on=TODAY, due=TODAY, internal=True)
    return session


def test_the_days_are_those_still_to_come(session_with_days: Session) -> None:
    found = [(row.day.isoformat(), row.kind, row.about) for row in dates(session_with_days, TODAY, "P-1")]
    assert found == [
        ("2026-11-19", "action", "Prepare for the exit"),
        ("2026-11-24", "review", "Q3 2026"),
        ("2026-11-30", "notice", "Borealis, Core"),
        ("2026-12-01", "action", "Exam dates"),
        ("2026-12-14", "renewal", "Borealis, Core"),
    ]
    # Its notice has passed, and its next review is not planned yet.
    assert [row.kind for row in dates(session_with_days, TODAY, "P-2")] == ["next", "renewal"]
    assert [row.about for row in dates(session_with_days, TODAY, owner="Ilse")] == ["Exam dates"]


def test_a_partners_calendar_holds_nothing_internal_and_is_the_same_again(
    session_with_days: Session, tmp_path: Path
) -> None:
    made = export_partner_calendar(session_with_days, "P-1", TODAY, tmp_path, STAMP)
    assert (made.path.name, made.count) == ("Dates_Nordlys Data.ics", 4)
    told = unfolded(made.path.read_bytes())
    titles = [value for name, value in told if name == "SUMMARY"]
    assert titles == ["Review Q3 2026", "Last day of notice, Borealis, Core", "Exam dates", "Borealis, Core renews"]
    assert "action-1@b-1.partnerdesk" in [value for name, value in told if name == "UID"]
    assert export_partner_calendar(session_with_days, "P-1", TODAY, tmp_path, STAMP).sha256 == made.sha256


def test_a_partners_calendar_speaks_its_language(session_with_days: Session, tmp_path: Path) -> None:
    life.add_review(session_with_days, "P-1", "2026-10", on=TODAY, day=date(2026, 12, 3))
    partner = fact(session_with_days, "partner", "P-1")
    for language, said in (
        ("de_AT", ["Letzter Kündigungstag, Borealis, Core", "Exam dates", "Review Oct 2026", "Zuständig: Ilse"]),
        ("fr_FR", ["Dernier jour de préavis, Borealis, Core", "Revue Oct 2026", "Responsable : Ilse"]),
        ("sv_SE", ["Last day of notice, Borealis, Core", "Review Oct 2026", "Owner: Ilse"]),
    ):
        before = {"language": partner.language}  # type: ignore[union-attr]
        change_row(session_with_days, "partner", "P-1", before, language=language)
        partner = fact(session_with_days, "partner", "P-1")
        content = export_partner_calendar(session_with_days, "P-1", TODAY, tmp_path, STAMP).path.read_bytes()
        told = [value for name, value in unfolded(content) if name in ("SUMMARY", "DESCRIPTION")]
        assert set(said) <= set(told), language


def test_another_partners_name_stops_a_partners_calendar(session_with_days: Session, tmp_path: Path) -> None:
    add_action(session_with_days, "P-1", text="As at Helios Kraftwerke", side="partner", on=TODAY, due=TODAY)
    with pytest.raises(Refused, match="names Helios Kraftwerke"):
        export_partner_calendar(session_with_days, "P-1", TODAY, tmp_path, STAMP)
    assert list(tmp_path.glob("*.ics")) == []


def test_ours_names_partners_and_says_that_it_is_internal(session_with_days: Session, tmp_path: Path) -> None:
    made = export_calendar(session_with_days, TODAY, tmp_path, STAMP, todos=True)
    told = unfolded(made.path.read_bytes())
    assert made.path.name.startswith("INTERNAL_") and made.count == 7
    assert "Nordlys Data: Prepare for the exit" in [value for name, value in told if name == "SUMMARY"]
    assert [value for name, value in told if name == "BEGIN"].count("VTODO") == 2
