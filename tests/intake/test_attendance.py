"""Lists of people are read as meetings leave them: pasted lines, tables, attendance reports."""

from pathlib import Path

import openpyxl
import pytest

from partnerdesk.errors import Refused
from partnerdesk.intake.attendance import Named, people_in_file, people_in_text

ANN, TOBIAS = Named("Ann Silva", email="ann@silva.pt"), Named("Tobias Reuter", email="t.reuter@harbour.de")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Silva <ann@silva.pt>; Reuter, Tobias <t.reuter@harbour.de>",
        "To: Ann Silva <ANN@silva.pt>, Tobias Reuter <t.reuter@harbour.de>",
        " - Ann Silva <ann@silva.pt>\n2. Tobias Reuter <t.reuter@harbour.de>\n\nann silva <ann@silva.pt>",
        "Name\tEmail\nAnn Silva\tann@silva.pt\nTobias Reuter\tt.reuter@harbour.de\n",
        "Vorname;Nachname;E-Mail\nAnn;Silva;ann@silva.pt\nTobias;Reuter;t.reuter@harbour.de",
    ],
)
def test_the_same_two_people_are_read_from_any_list(text: str) -> None:
    assert people_in_text(text) == (ANN, TOBIAS)


def test_a_line_says_role_and_company_and_an_address_alone_its_name() -> None:
    assert people_in_text("Ilse van Dorp, Delivery lead\nTomé Ruiz (Sierra Norte)\njo.ann-berg@x.org") == (
        Named("Ilse van Dorp", "Delivery lead"),
        Named("Tomé Ruiz", company="Sierra Norte"),
        Named("Jo Ann Berg", email="jo.ann-berg@x.org"),
    )
    assert people_in_text('Jo "the rock" Berg\n"Ilse van Dorp') == (Named('Jo "the rock" Berg'), Named("Ilse van Dorp"))
    assert people_in_text(" \n;;") == ()


REPORT = """1. Summary
Meeting title\tReview Q3
Attended participants\t2

2. Participants
Name\tFirst Join\tIn-Meeting Duration\tEmail\tRole
Ann Silva\t9/30/26\t1h\tann@silva.pt\tOrganizer
Tobias Reuter\t9/30/26\t58m\tt.reuter@harbour.de\tPresenter

3. In-Meeting Activities
Name\tJoin Time
Somebody Else\t9/30/26
"""


def test_an_attendance_report_names_its_participants_once_and_nothing_else(tmp_path: Path) -> None:
    report = tmp_path / "attendance.csv"
    report.write_bytes(REPORT.encode("utf-16"))
    assert people_in_file(report) == (ANN, TOBIAS)
    book = openpyxl.Workbook()
    for row in (["Our meeting"], [], ["Company", "Attendee", "Job title"], ["Harbour IT", "Tobias Reuter", "CTO"]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "people.xlsx")
    assert people_in_file(tmp_path / "people.xlsx") == (Named("Tobias Reuter", "CTO", "Harbour IT"),)
    (tmp_path / "people.txt").write_text("Ann Silva <ann@silva.pt>\nReuter, Tobias <t.reuter@harbour.de>\n")
    assert people_in_file(tmp_path / "people.txt") == (ANN, TOBIAS)


def test_what_is_no_list_of_people_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.csv").write_text("<html><table></table></html>")
    with pytest.raises(Refused, match="web page"):
        people_in_file(tmp_path / "page.csv")
    with pytest.raises(Refused, match="too long for a name"):
        people_in_text("x" * 300)
    with pytest.raises(Refused, match="201 people"):
        people_in_text("\n".join(f"Person {n}" for n in range(201)))
    with pytest.raises(Refused, match="more text"):
        people_in_text("x, " * 50_000)
