"""What changed between two versions, in words and in money."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.__main__ import main
from partnerdesk.engine.rules import Program
from partnerdesk.engine.rules.changed import changed_keys
from partnerdesk.intake.plain import facts_of
from partnerdesk.program.diff import differences, under
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import EXAMPLE


def program(*changes: tuple[str, str]) -> Program:
    text = EXAMPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    read = read_program(text, "harbour.toml")
    assert read.program is not None, read.problems
    return read.program


def test_equal_versions_differ_in_nothing() -> None:
    assert differences(program(), program(('version = "2026"', 'version = "2027"'))) == ()


def test_a_changed_rate_is_told_in_both_wordings() -> None:
    (change,) = differences(program(), program(("Gold = 0.08", "Gold = 0.10")))
    assert (change.what, change.key) == ("changed", "earning.commission")
    assert "8 %" in change.before.replace("\N{NO-BREAK SPACE}", " ")
    assert "10 %" in change.after.replace("\N{NO-BREAK SPACE}", " ")


def test_new_and_gone_rules_are_named() -> None:
    bare = program(
        ('[cap.quarter]\nsays = "Cap of a quarter"\nof = ["commission"]\nevery = "quarter"\nat_most = 10_000\n', "")
    )
    assert [(c.what, c.key) for c in differences(program(), bare)] == [("gone", "cap.quarter")]
    assert [(c.what, c.key) for c in differences(bare, program())] == [("new", "cap.quarter")]


def test_a_key_that_no_sentence_speaks_of_is_listed_by_its_path() -> None:
    later = program(('currency = "EUR"', 'currency = "USD"'))
    assert changed_keys(program(), later) == {"currency"}
    assert ("currency", "EUR", "USD") in [(c.key, c.before, c.after) for c in differences(program(), later)]


def test_the_money_that_it_moves() -> None:
    facts = facts_of(
        {
            "deal": [
                {"id": "D1", "partner": "P", "kind": "new", "status": "won", "closed": date(2025, 5, 1), "amount": 1000}
            ]
        },
        "facts",
    ).facts
    before, after = (
        under(p, facts, date(2025, 6, 30)) for p in (program(), program(("Member = 0.05", "Member = 0.07")))
    )
    assert (before["P"].earned, after["P"].earned) == (Decimal(50), Decimal(70))
    # Half of it waited for a go-live that never came.
    assert (before["P"].kept, after["P"].kept) == (Decimal(50), Decimal(70))


def test_the_command_shows_words_and_money(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, facts = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "facts"
    old.write_text(EXAMPLE, encoding="utf-8")
    new.write_text(EXAMPLE.replace("Member = 0.05", "Member = 0.07"), encoding="utf-8")
    facts.mkdir()
    (facts / "deal.csv").write_text("id,partner,kind,status,closed,amount\nD1,P,new,won,2026-05-01,1000\n")
    assert main(["program", "diff", str(old), str(new)]) == 0
    assert "changed: Commission on new business" in capsys.readouterr().out
    assert main(["program", "diff", str(old), str(new), str(facts)]) == 1
    assert "--as-of" in capsys.readouterr().err
    assert main(["program", "diff", str(old), str(new), str(facts), "--as-of", "2026-06-30"]) == 0
    shown = capsys.readouterr().out
    assert "P" in shown and "50.00" in shown and "70.00" in shown and "20.00" in shown


def test_the_command_says_on_what_basis_the_money_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, facts = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "facts"
    old.write_text(EXAMPLE, encoding="utf-8")
    new.write_text(EXAMPLE.replace("Member = 0.05", "Member = 0.07"), encoding="utf-8")
    facts.mkdir()
    (facts / "deal.csv").write_text("id,partner,kind,status,closed,amount\nD1,P,new,won,2026-05-01,1000\n")
    on_facts = ["program", "diff", str(old), str(new), str(facts), "--as-of", "2026-06-30"]
    assert main(on_facts) == 0
    shown = capsys.readouterr().out
    assert shown.index("as if it had always been in force") < shown.index("50.00")
    assert "partnerdesk difference --before" in shown
    assert main([*on_facts, "--json"]) == 0
    assert "without its transition" in json.loads(capsys.readouterr().out)["basis"]


def test_a_folder_of_versions_is_refused_with_the_command_that_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "a.toml", tmp_path / "rules"
    file.write_text(EXAMPLE, encoding="utf-8")
    folder.mkdir()
    for sides in ((file, folder), (folder, file)):
        assert main(["program", "diff", *map(str, sides)]) == 1
        said = capsys.readouterr().err
        assert "rules is a folder, and one version is compared with one" in said
        assert "partnerdesk difference --before" in said


def test_a_rule_is_not_said_to_change_where_only_its_clawback_did() -> None:
    back = '\nclawback = [{ if = "refunded" }]\n[cap.quarter]'
    old, new = (program(("\n[cap.quarter]", back.replace("}]", f"{more} }}]"))) for more in ("", ", within_days = 30"))
    assert [change.key for change in differences(old, new)] == ["earning.commission.clawback.0"]


def test_a_tier_that_asks_for_more_is_told_by_its_name() -> None:
    (change,) = differences(program(), program(("at_least = 100_000", "at_least = 120_000")))
    assert (change.key, change.title) == ("tier.Gold", "Tier Gold")
    assert "120,000" in change.after and "Member" not in change.after


def test_what_is_taken_back_and_put_into_funds_is_money_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fund = '\n[fund.mdf]\nsays = "MDF"\nevery = "quarter"\naccrues_on = "revenue"\nrate = 0.01\n'
    old, new, facts = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "facts"
    back = '\nclawback = [{ if = "refunded", within_days = 5 }]\n[cap.quarter]'
    old.write_text(EXAMPLE.replace("\n[cap.quarter]", back) + fund, encoding="utf-8")
    new.write_text(EXAMPLE.replace("\n[cap.quarter]", back.replace("5", "90")) + fund.replace("0.01", "0.02"), "utf-8")
    facts.mkdir()
    (facts / "deal.csv").write_text("id,partner,kind,status,closed,amount\nD1,P,new,won,2026-02-01,1000\n")
    paid = "id,partner,deal,kind,day,amount\nT1,P,D1,payment,2026-02-02,1000\nT2,P,D1,refund,2026-03-01,-1000\n"
    (facts / "transaction.csv").write_text(paid)
    assert main(["program", "diff", str(old), str(new), str(facts), "--as-of", "2026-06-30"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("P ")]
    assert rows == [
        ["P", "earned", "50.00", "50.00", "0.00"],
        ["P", "kept", "after", "clawbacks", "50.00", "0.00", "-50.00"],
        ["P", "MDF", "20.00", "40.00", "20.00"],
    ]


def test_what_is_left_of_a_fund_is_told_where_it_differs_from_what_was_put_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fund = '\n[fund.mdf]\nsays = "MDF"\nevery = "quarter"\naccrues_on = "revenue"\nrate = 0.01\nuse_periods = 1\n'
    old, new, facts = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "facts"
    old.write_text(EXAMPLE + fund, encoding="utf-8")
    new.write_text(EXAMPLE + fund.replace("use_periods = 1", "use_periods = 2"), encoding="utf-8")
    facts.mkdir()
    (facts / "deal.csv").write_text("id,partner,kind,status,closed,amount\nD1,P,new,won,2026-02-01,1000\n")
    assert main(["program", "diff", str(old), str(new), str(facts), "--as-of", "2026-07-31"]) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line.startswith("P ")]
    assert rows[-1] == ["P", "MDF,", "available", "10.00", "20.00", "10.00"]  # of the first quarter nothing, or all


def test_a_tiers_bound_is_told_though_the_text_says_it_in_words_of_its_own() -> None:
    """Its sentence stays as it was, and the bound was another one without a word; a tier before it moves none."""

    def asking(least: int, before: str = "") -> Program:
        peak = f'requires = {{ metric = "revenue", at_least = {least}, says = "as agreed" }}'
        tiers = f'{before}[[tier]]\nname = "Peak 1.5"\n{peak}\n\n[earning.commission]'
        rates = "Gold = 0.08, Silver = 0.08, " if before else "Gold = 0.08, "
        return program(("[earning.commission]", tiers), ("Gold = 0.08", f'{rates}"Peak 1.5" = 0.08'))

    (change,) = differences(asking(100), asking(200))
    assert (change.what, change.key) == ("changed", "tier.Peak 1.5")
    assert change.before.endswith("at_least = 100") and change.after.endswith("at_least = 200")
    other = '[[tier]]\nname = "Silver"\nrequires = { metric = "revenue", at_least = 10 }\n\n'
    found = {change.key: change for change in differences(asking(100), asking(200, other))}
    assert found["tier.Silver"].what == "new" and found["tier.Peak 1.5"].after.endswith("at_least = 200")
    assert set(found) == {"tier.Silver", "tier.Peak 1.5", "tiers", "earning.commission"}


def test_keys_of_no_rule_are_told_in_words_and_so_is_the_first_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, later = tmp_path / "a.toml", tmp_path / "b.toml", tmp_path / "c.toml"
    old.write_text(f"{EXAMPLE}\n[disputes]\nwithin_days = 45\n", encoding="utf-8")
    monthly = EXAMPLE.replace('statements = "quarter"', 'statements = "month"')
    new.write_text(f"{monthly}\n[disputes]\nwithin_days = 20\n", encoding="utf-8")
    later.write_text(old.read_text().replace("effective_from = 2026-01-01", "effective_from = 2026-07-01"), "utf-8")
    assert main(["program", "diff", str(old), str(new)]) == 0
    shown = capsys.readouterr().out
    disputed = "Dispute window, calendar days from issue in which a line may be disputed (disputes.within_days)"
    assert f"changed: {disputed}\n  - 45\n  + 20\n" in shown
    assert "changed: How often statements close (statements)\n  - quarter\n  + month\n" in shown
    assert main(["program", "diff", str(old), str(later)]) == 0
    shown = capsys.readouterr().out
    assert "changed: First day of the version (effective_from)\n  - 2026-01-01\n  + 2026-07-01\n" in shown
    assert "No rule differs." in shown
