"""The definitions of partner health, each on a few facts with the figure worked out beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

from partnerdesk.engine.facts import Activity, Case, Contract, Deal, Deployment, Observation, StageChange
from tests.engine.cases import HEAD, both, worked

AS_OF = date(2025, 9, 30)
TEXT = HEAD + 'include = ["partner-health 1"]\n'


def health(name: str, rows: list[Any]) -> Decimal | None:
    return worked(TEXT, rows, AS_OF).metrics[name, "2025Q3"].value


def renewal(id: str, settled: date | None) -> Contract:
    outcome = "renewed" if settled else "open"
    start, end = date(2024, 9, 1), date(2025, 8, 31)
    return Contract(
        id=id, partner="A", customer=id, start=start, end=end, notice_days=60, outcome=outcome, outcome_on=settled
    )


def test_notice_kept_before_renewals() -> None:
    rows = [renewal("K1", date(2025, 7, 2)), renewal("K2", date(2025, 8, 21)), renewal("K3", None)]
    assert health("notice_kept", rows) == Decimal(1) / 3  # 60, 10 and 0 days before the end
    assert health("notice_given", rows) == 10
    assert health("notice_kept", []) is None


def test_cases_resolved_in_time() -> None:
    def case(id: str, closed: date | None, in_time: bool | None) -> Case:
        return Case(id=id, partner="A", opened=date(2025, 5, 1), closed=closed, in_time=in_time)

    rows = [
        case("H1", date(2025, 7, 1), True),
        case("H2", date(2025, 8, 1), True),
        case("H3", date(2025, 9, 1), False),
        case("H4", date(2025, 6, 30), False),  # before the window
        case("H5", None, None),  # still open
        case("H6", date(2025, 9, 2), None),  # nobody knows
    ]
    assert health("cases_in_time", rows) == Decimal(2) / 3


def test_health_checks_done() -> None:
    def check(id: str, customer: str, day: date, by: str = "Ana") -> Activity:
        return Activity(id=id, partner="A", kind="health-check", customer=customer, day=day, verified_by=by)

    rows = [
        *(Contract(id=f"K{c}", partner="A", customer=c, start=date(2025, 1, 1)) for c in ("C1", "C2", "C3", "C4")),
        Contract(id="K5", partner="A", customer="C5", start=date(2024, 1, 1), end=date(2024, 12, 31)),
        check("V1", "C1", date(2025, 3, 1)),
        check("V2", "C1", date(2025, 6, 1)),  # the same customer again
        check("V3", "C2", date(2025, 6, 1), by=""),  # verified by nobody
        check("V4", "C3", date(2024, 9, 30)),  # before the window
        check("V5", "C5", date(2025, 6, 1)),  # no customer any more
    ]
    assert health("health_checks_done", rows) == Decimal(1) / 4


def test_strategic_fit_counts_with_evidence_and_by_whom() -> None:
    def assessed(id: str, day: date, value: int, evidence: str = "review.pdf", by: str = "Ana") -> Observation:
        return Observation(
            id=id,
            partner="A",
            metric="strategic-fit",
            day=day,
            value=Decimal(value),
            evidence=evidence,
            attributes={"assessed_by": by} if by else {},
        )

    rows = [
        assessed("O1", date(2025, 2, 1), 60),
        assessed("O2", date(2025, 5, 1), 75),
        assessed("O3", date(2025, 6, 1), 90, evidence=""),
        assessed("O4", date(2025, 7, 1), 95, by=""),
    ]
    found = both(TEXT, rows, AS_OF)[1].metrics["strategic_fit", "2025Q3"]
    assert found.value is not None
    assert found.value.value == 75
    assert {e.fact.id: e.reason for e in found.excluded} == {
        "O3": "evidence is not known, needed: known",
        "O4": "assessed by is not known, needed: known",
    }
    assert health("strategic_fit", rows[2:]) is None


def test_referral_throughput_by_stage() -> None:
    def referral(id: str, registered: date, won: date | None = None, role: str = "sourced") -> Deal:
        return Deal(id=id, partner="A", role=role, registered=registered, status="won" if won else "open", closed=won)

    def entered(deal: str, stage: str) -> StageChange:
        return StageChange(id=f"{deal} {stage}", deal=deal, day=date(2025, 9, 1), stage=stage)

    rows = [
        referral("D1", date(2025, 1, 1), won=date(2025, 9, 15)),
        *(entered("D1", stage) for stage in ("Qualified", "Proposal", "Negotiation")),
        referral("D2", date(2025, 2, 1)),
        entered("D2", "Proposal"),  # straight to the proposal: it was qualified, too
        referral("D3", date(2025, 3, 1)),
        entered("D3", "Qualified"),
        referral("D4", date(2025, 4, 1)),
        referral("D5", date(2024, 9, 30)),  # registered before the window
        entered("D5", "Qualified"),
        referral("D6", date(2025, 4, 1), role="managed"),  # no referral
        entered("D6", "Qualified"),
    ]
    assert health("referrals", rows) == 4
    assert health("qualified_share", rows) == Decimal(3) / 4
    assert health("proposed_share", rows) == Decimal(2) / 4
    assert health("won_share", rows) == Decimal(1) / 4


def test_time_to_first_value() -> None:
    def deployed(id: str, kickoff: date | None, first_value: date | None) -> Deployment:
        return Deployment(id=id, partner="A", kickoff=kickoff, first_value=first_value)

    rows = [
        deployed("L1", date(2025, 3, 1), date(2025, 3, 31)),  # 30 days
        deployed("L2", date(2025, 3, 1), date(2025, 4, 30)),  # 60 days
        deployed("L3", date(2025, 3, 1), date(2025, 9, 27)),  # 210 days
        deployed("L4", None, date(2025, 4, 1)),
        deployed("L5", date(2025, 9, 1), None),
    ]
    assert health("days_to_first_value", rows) == 60
