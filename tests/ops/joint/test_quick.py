"""An action in one typed line."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.facts import Partner, Person
from partnerdesk.errors import Refused
from partnerdesk.ops.joint.quick import Quick, add_quick_action, quick_action
from partnerdesk.ops.rows.facts import add_rows
from partnerdesk.queries.joint.actions import action_row
from partnerdesk.queries.partners.people import PersonRow

THURSDAY = date(2026, 11, 19)


def _person(name: str, side: str) -> PersonRow:
    return PersonRow(id=name, name=name, side=side, partner=None, role="", email="", phone="")


KNOWN = (
    _person("Tobias Rendlow", "vendor"),
    _person("Łucja Świątkowski", "partner"),
    _person("Tomas Two", "partner"),
)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Send deck @tobias fri", Quick("Send deck", "Tobias Rendlow", "vendor", date(2026, 11, 20))),
        (
            "@swiat Offer for seats by Monday",
            Quick("Offer for seats", "Łucja Świątkowski", "partner", date(2026, 11, 23)),
        ),
        ("Call the sponsor thursday", Quick("Call the sponsor", "", "vendor", date(2026, 11, 26))),
        ("Call Wednesday", Quick("Call", "", "vendor", date(2026, 11, 25))),
        ("Review tomorrow.", Quick("Review", "", "vendor", date(2026, 11, 20))),
        ("Exam dates in 3 days", Quick("Exam dates", "", "vendor", date(2026, 11, 22))),
        ("Exam dates 24 Nov", Quick("Exam dates", "", "vendor", date(2026, 11, 24))),
        ("Plan on 3 march", Quick("Plan", "", "vendor", date(2027, 3, 3))),
        ("Plan 3 March 2026", Quick("Plan", "", "vendor", date(2026, 3, 3))),
        ("Plan 2026-12-01", Quick("Plan", "", "vendor", date(2026, 12, 1))),
        ("Plan 31 feb", Quick("Plan 31 feb", "", "vendor", None)),
        ("Plan 2026-13-01", Quick("Plan 2026-13-01", "", "vendor", None)),
        ("Ask @to about Friday night", Quick("Ask @to about Friday night", "", "vendor", None)),
        ("Mail to a@b.example", Quick("Mail to a@b.example", "", "vendor", None)),
        ("The sun", Quick("The", "", "vendor", date(2026, 11, 22))),
    ],
)
def test_a_line_names_owner_and_day(line: str, meant: Quick) -> None:
    assert quick_action(line, THURSDAY, KNOWN) == meant


def test_the_action_is_written_with_the_owners_side(session: Session) -> None:
    lead = Person(id="H-1", name="Ilse van Loosdijk", side="partner", partner="P-1")
    add_rows(session, [Partner(id="P-1", name="Delta"), lead])
    id = add_quick_action(session, "P-1", "Name the engineers @ilse 1 dec", on=THURSDAY)
    row = action_row(session, THURSDAY, id)
    assert row and (row.text, row.owner, row.side) == ("Name the engineers", "Ilse van Loosdijk", "partner")
    assert row.due == date(2026, 12, 1)
    with pytest.raises(Refused, match="needs words"):
        add_quick_action(session, "P-1", "@ilse fri", on=THURSDAY)
