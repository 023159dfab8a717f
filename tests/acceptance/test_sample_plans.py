"""Joint plans of the sample that still go on leave as PDF of five to eight pages and as a workbook."""

from pathlib import Path

from partnerdesk.ops.plan.documents import export_plan
from partnerdesk.ops.plan.sheets import send_sheet
from partnerdesk.queries.joint.plans import plans
from partnerdesk.store import Store
from tests.acceptance.sample_world import AS_OF


def test_plans_leave_in_both_forms(book: Store, tmp_path: Path) -> None:
    going = [plan for plan in book.read(plans) if plan.status != "closed"]
    assert len(going) >= 12
    for plan in going[::12]:
        made = book.transact("PDF", export_plan, plan.id, AS_OF, tmp_path).value
        assert 5 <= made.pages <= 8, plan.number
        sent = book.transact("Workbook", send_sheet, plan.id, AS_OF, tmp_path).value
        assert sent.path.stat().st_size > 10_000
