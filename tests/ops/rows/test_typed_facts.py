"""Facts typed by hand: the same to every figure as imported ones, and checked before they stand."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from partnerdesk.engine.evaluate import evaluate
from partnerdesk.engine.facts import KINDS, Certification, Observation, Partner, attributes
from partnerdesk.errors import Refused
from partnerdesk.ops.programs.versions import add_version
from partnerdesk.ops.rows.fact_checks import check
from partnerdesk.ops.rows.facts import add_rows, present_row
from partnerdesk.ops.rows.typed import TYPED, add_fact, edit_fact, fields_of, remove_fact
from partnerdesk.ops.rows.typed_text import read_field, read_free
from partnerdesk.queries.facts import facts
from partnerdesk.queries.figures import programs
from partnerdesk.queries.partners.typed import partner_facts
from partnerdesk.store.file import Store
from tests.files import bring, csv_file, look

TODAY = date(2026, 11, 19)
PROGRAM = """program = "harbour"
version = "1"
effective_from = 2026-01-01
name = "Harbour"

[metric.fit]
says = "Strategic fit"
of = "observation"
where = { metric = "fit" }
take = "latest"
value = "value"
window = "ever"

[[tier]]
name = "Member"

[[tier]]
name = "Gold"
requires = { metric = "fit", at_least = 4 }

[module.small]
says = "Small resellers"
enrolled = true

[module.small.metric.fit]
not_below = 3
"""


@pytest.fixture
def book(session: Session) -> Session:
    add_rows(session, [Partner(id="P-1", name="Nordlys", currency="NOK"), Partner(id="P-2", name="Brumaire")])
    add_version(session, PROGRAM, "harbour.toml")
    return session


def typed(session: Session, kind: str, **values: Any) -> str:
    return add_fact(session, kind, "P-1", values, on=TODAY, by="Ann")


FIT = {"metric": "fit", "day": date(2026, 10, 1), "value": Decimal(5), "evidence": "Interview of 1 Oct, Marit"}


def test_a_typed_fact_gives_the_same_figures_as_an_imported_one(book: Session) -> None:
    id = typed(book, "observation", **FIT)
    decision = typed(book, "tier_decision", tier="Gold", day=date(2026, 6, 1), reason="agreed")
    assert (id, decision) == ("OB-1001", "TD-1001")
    mine = evaluate(programs(book), facts(book, "P-1"), TODAY).partners["P-1"]
    remove_fact(book, "observation", id)
    remove_fact(book, "tier_decision", decision)
    imported = [Observation(id="X-9", partner="P-1", **FIT), KINDS["tier_decision"](
        id="X-8", partner="P-1", tier="Gold", day=date(2026, 6, 1), reason="agreed", decided_by="Ann"  # type: ignore[call-arg]
    )]  # fmt: skip
    add_rows(book, imported, system="crm")
    theirs = evaluate(programs(book), facts(book, "P-1"), TODAY).partners["P-1"]
    assert mine.metrics == theirs.metrics
    assert {k: s.tier for k, s in mine.standings.items()} == {k: s.tier for k, s in theirs.standings.items()}


def test_a_typed_fact_knows_who_typed_it_and_since_when_and_takes_the_partners_currency(book: Session) -> None:
    target = typed(
        book, "target", metric="revenue", start=date(2026, 1, 1), end=date(2026, 12, 31), amount=Decimal(100)
    )
    row = present_row(book, "target", target)
    assert (row.known_on, row.source and row.source.by, row.currency) == (TODAY, "Ann", "NOK")  # type: ignore[attr-defined]
    decision = present_row(book, "tier_decision", typed(book, "tier_decision", tier="Gold", day=TODAY, reason="agreed"))
    assert decision.decided_by == "Ann"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("observation", FIT | {"evidence": ""}, "“Evidence” is needed"),
        ("observation", FIT | {"evidense": "x"}, "no field “evidense”"),
        ("tier_decision", {"tier": "Godl", "day": TODAY, "reason": "x"}, "“Godl” is no tier"),
        ("tier_decision", {"tier": "Gold", "day": TODAY}, "“Reason” is needed"),
        ("enrolment", {"program": "harbour", "module": "small, smal"}, "“smal” is no module"),
        ("enrolment", {"program": "harbor"}, "“harbor” is no program"),
        ("check", {"deployment": "L-9", "item": "Backup", "day": TODAY, "met": True}, "There is no deployment L-9"),
        ("deal", {}, "No row of kind “deal” is typed here"),
    ],
)
def test_what_would_count_for_nothing_or_for_something_else_is_refused(
    book: Session, kind: str, values: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        typed(book, kind, **values)
    assert kind == "deal" or not facts(book, "P-1", [kind]).of(kind)


def test_an_edit_is_of_what_its_editor_saw_and_a_file_keeps_its_place(book: Session) -> None:
    add_rows(
        book, [Certification(id="Z-1", partner="P-1", person="Ada", certificate="Core", awarded=TODAY)], system="lms"
    )
    before = present_row(book, "certification", "Z-1")
    edit_fact(book, "certification", "Z-1", before, {"level": "2", "expires": None}, {"seat": "4"}, by="Ann")
    after = present_row(book, "certification", "Z-1")
    assert (after.level, after.attributes, after.known_on) == ("2", {"seat": "4"}, before.known_on)  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="when you opened it"):
        edit_fact(book, "certification", "Z-1", before, {"level": "3"}, by="Ann")
    with pytest.raises(Refused, match="is needed"):
        edit_fact(book, "certification", "Z-1", after, {"certificate": ""}, by="Ann")


def test_every_kind_is_typed_as_text_and_read_back(book: Session) -> None:
    """What the declaration asks for can be written in every field, so that no kind is left without a way in."""
    like = {
        "day": "2026-10-01",
        "money": "12.50",
        "rate": "3.5",
        "whole": "2",
        "flag": "yes",
        "text": "word",
        "ref": "",
    }
    program_words = {"tier": "Gold", "program": "Harbour", "module": "Small resellers", "track": ""}
    deployment = typed(book, "deployment", name="Portal")
    for kind in TYPED:
        values = {}
        for field in fields_of(kind):
            text = program_words.get(field.name, like[field.kind]) if field.name != "currency" else "NOK"
            text = deployment if field.name == "deployment" and kind == "check" else text
            values[field.name] = read_field(field, text, {deployment: "Portal"})
        if kind == "survey":
            values |= {"scale_min": Decimal(1), "scale_max": Decimal(5)}
        id = add_fact(book, kind, "P-1", values, {"seat": "4"}, on=TODAY, by="Ann")
        row = present_row(book, kind, id)
        assert not check(kind, (row,))
        assert {a.name: getattr(row, a.name) for a in fields_of(kind) if values[a.name]} == {
            name: value for name, value in values.items() if value
        }
        assert {a.name for a in attributes(kind)} >= {*values, "partner", "known_on"}


def test_what_cannot_be_read_says_what_to_write(book: Session) -> None:
    fields = {field.name: field for field in fields_of("certification") + fields_of("check")}
    for name, text, words in (
        ("awarded", "soon", "Write a day"),
        ("met", "perhaps", "Write yes or no"),
        ("deployment", "Portal", "add the deployment first"),
    ):
        with pytest.raises(Refused) as refused:
            read_field(fields[name], text, {})
        assert words in refused.value.remedy
    assert read_free("seat: 4; source: report: June;") == {"seat": "4", "source": "report: June"}
    with pytest.raises(Refused, match="no name and value"):
        read_free("seat 4")


def test_the_list_holds_a_partners_own_rows_newest_first_and_what_completes_them(book: Session) -> None:
    for day in (date(2026, 3, 1), date(2026, 9, 1)):
        typed(book, "observation", **FIT | {"day": day})
    add_fact(book, "observation", "P-2", FIT, on=TODAY, by="Ann")
    found = partner_facts(book, "P-1", TYPED)
    assert [row.day for row in found.rows["observation"]] == [date(2026, 9, 1), date(2026, 3, 1)]  # type: ignore[attr-defined]
    assert found.words["observation", "metric"] == ("fit",)
    assert found.words["tier_decision", "tier"] == ("Member", "Gold")
    assert found.words["enrolment", "module"] == ("small", "Small resellers")
    assert "case-study" in found.words["activity", "kind"]
    with pytest.raises(Refused, match="There is no partner P-7"):
        partner_facts(book, "P-7", TYPED)


def test_a_decision_by_hand_does_not_reach_into_a_closed_period(book: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from partnerdesk.ops.programs import versions

    closed = [type("Closed", (), {"end": date(2026, 10, 31)})]
    monkeypatch.setattr(versions, "closed_statements", lambda _session, _partner: closed)
    with pytest.raises(Refused, match="closed period"):
        typed(book, "tier_decision", tier="Gold", day=date(2026, 10, 31), reason="agreed")
    assert typed(book, "tier_decision", tier="Gold", day=date(2026, 11, 1), reason="agreed")


HEADER = "Certification ID,Partner,Person,Certificate,Awarded on,Level\n"


def test_a_file_that_would_set_back_or_double_what_was_typed_says_so_before(tmp_path: Path) -> None:
    first = f"{HEADER}Z-1,Nordlys,Ada,Core,2026-03-01,1\n"
    again = f"{HEADER}Z-1,Nordlys,Ada,Core,2026-03-01,1\nZ-2,Nordlys,Ben,Core,2026-04-01,1\n"
    with Store.create(tmp_path / "book.partnerdesk", user="Ann") as store:
        bring(store, csv_file(tmp_path, first))
        (row,) = store.read(facts, None, ["certification"]).of("certification")
        store.transact("Edit", edit_fact, "certification", row.id, row, {"level": "2"}, by="Ann")
        ben = {"person": "Ben", "certificate": "Core", "awarded": date(2026, 4, 1)}
        store.transact("Add", add_fact, "certification", row.partner, ben, on=TODAY, by="Ann")
        messages = [problem.message for problem in look(store, csv_file(tmp_path, again)).problems]
        assert "1 certification was changed by hand by Ann, and the file says otherwise." in messages
        assert "1 certification says what somebody typed already; both would count." in messages
        assert not [m for m in messages if "typed" in m and "Ada" in m]
        held = store.read(facts, None, ["certification"]).of("certification")
        assert {(r.person, r.level) for r in held} == {("Ada", "2"), ("Ben", "")}, "nothing is written before"
        quiet = f"{HEADER}Z-1,Nordlys,Ada,Core,2026-03-01,2\n"
        assert not [p for p in look(store, csv_file(tmp_path, quiet)).problems if "by hand" in p.message]
