"""The guide of a program: all of it is on the pages, nothing is clipped, and its figures are the engine's."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from partnerdesk.errors import Refused
from partnerdesk.ops.programs.guide import export_guide, guide_data
from partnerdesk.paths import resource
from partnerdesk.program.words import rule_words
from partnerdesk.program.words.naming import benefits_say
from partnerdesk.program.words.settlement import paid_words
from partnerdesk.reports.guide import Composed, GuideData, Worked, WorkedRow, compose, file_name, formats_for
from partnerdesk.reports.guide.opening import changes
from tests.conftest import ROOT
from tests.reports.page.reading import reader, squeezed, texts

SAMPLE = resource("programs/fennmark/2026.2.toml")
PUBLISHED = (
    "hubspot/2022",
    "zoho/2023",
    "dub/program",
    "laksana/program",
    "intuit/program",
    "odoo/v11",
    "tradewinds-mdf/program",
)
DESK = '\n[benefit.launch_desk]\nsays = "A desk for launches"\nreference = "B-1"\ndelivered = "once"\n'
FUND = "tradewinds-mdf/program"
FILES = {"fennmark": SAMPLE, **{name: ROOT / f"tests/programs/{name}.toml" for name in PUBLISHED}}


@cache
def data(name: str) -> GuideData:
    return guide_data(FILES[name])


@cache
def composed(name: str) -> Composed:
    return compose(data(name))


@cache
def read(name: str) -> str:
    return squeezed("".join(placed.text for placed in composed(name).placed))


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_clipped_and_nothing_overlaps(name: str) -> None:
    assert composed(name).faults == ()


@pytest.mark.parametrize("name", FILES)
def test_every_rule_tier_metric_and_open_point_is_on_the_pages(name: str) -> None:
    program, text = data(name).program, read(name)
    said = [rule for rule in rule_words(program) if rule.key != "settlement"]
    wanted = [rule.title for rule in said] + [rule.reference for rule in said if rule.reference != rule.key]
    wanted += [rule.sentence[1:] for rule in rule_words(program) if rule.key.startswith(("earning.", "cap.", "tiers"))]
    wanted += [tier.name for tier in program.tier] + [
        name for tier in program.tier for name in benefits_say(program, tier)
    ]
    wanted += [metric.says for metric in program.metric.values()] + [point.rstrip(".") for point in program.open_points]
    assert [word for word in wanted if squeezed(word) not in text] == []
    assert squeezed(f"within {program.disputes.within_days} days") in text


def test_a_locale_writes_every_number_that_the_rules_and_the_engine_state() -> None:
    found = compose(guide_data(SAMPLE, "de_DE"), formats=formats_for("de_DE"))
    text = squeezed("".join(placed.text for placed in found.placed))
    assert found.faults == ()
    for words in ("at most 45.000,00 EUR a quarter", "5.000,00 EUR = 50.000,00 EUR × 10", "7,5 %", "at least 250.000"):
        assert squeezed(words) in text
    for words in ("45,000.00", "5,000.00 EUR", "250,000 or"):
        assert squeezed(words) not in text
    assert squeezed("Alder Systems: Growth rebate") in text, "a partner of a case by its name"
    assert "45,000.00" in squeezed("".join(placed.text for placed in composed("fennmark").placed)), "only there"


@pytest.mark.parametrize("name", FILES)
def test_every_worked_case_is_shown_once_with_its_figures(name: str) -> None:
    text = read(name)
    for worked in data(name).worked:
        assert text.count(squeezed(f"Asof{worked.as_of.day:02}")) >= 1
        for row in worked.rows:
            assert squeezed(row.name) in text
            assert squeezed(row.calculation) in text


def test_a_line_shows_how_it_was_computed() -> None:
    worked = data("dub/program").worked[0]
    assert worked.rows[0].name == "Sale commission, T1"
    assert worked.rows[0].calculation.startswith("20.00 USD = 80.00 USD × 25\u00a0%, because the stream is in month 1")


def test_pages_are_numbered_and_reachable_and_the_file_says_title_and_vendor_only() -> None:
    found = composed("fennmark")
    document = reader(found.content)
    for n, page in enumerate(texts(found.content), 1):
        assert f"{n}/{found.pages}" in page
    assert document.metadata is not None
    assert document.metadata.title == "Program guide, Fennmark Partner Alliance, version 2026.2"
    assert document.metadata.author == "Fennmark Software"
    assert not document.metadata.subject
    assert not document.metadata.producer
    top = [entry["/Title"] for entry in document.outline if not isinstance(entry, list)]
    inner = [entry["/Title"] for part in document.outline if isinstance(part, list) for entry in part]
    assert top == ["The program", "Tiers and score", "Rules", "Calendar and disputes", "Measures and open points"]
    assert inner[:2] == ["Anchor commission", "Clawback of anchor commission"]


def test_a_section_that_fits_stands_below_the_one_before_and_beside_it_in_the_outline() -> None:
    found = composed(FUND)
    assert found.pages == 2 and found.faults == ()
    first = texts(found.content)[0]
    assert "One rule, with its clause and version" in first and "Further examples" in first
    top = [entry["/Title"] for entry in reader(found.content).outline if not isinstance(entry, list)]
    assert top == ["The program", "Rules", "Calendar and disputes", "Measures and open points"]


def test_equal_input_gives_equal_bytes() -> None:
    assert compose(data("dub/program")).content == compose(data("dub/program")).content


def test_a_rule_names_the_version_since_which_it_holds() -> None:
    text = read("fennmark")
    assert squeezed("Rule UP-01 · since version 2024.1, 01 Jan 2024") in text
    assert squeezed("Rule RC-02 · since version 2026.2, 01 Jul 2026") in text
    assert squeezed("Since version 2026.2, 01 Jul 2026") in text and "earning.anchor" not in text


def test_a_score_without_targets_has_no_column_for_them(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    told = [placed.text for placed in composed("fennmark").placed]
    bare = tmp_path / "bare.toml"
    bare.write_text(re.sub(r", target = [\d._]+", "", re.sub(r"(?m)^target = .*\n", "", text)), "utf-8")
    others = [placed.text for placed in compose(guide_data(bare)).placed]
    assert ("Target" in told) and "Target" not in others and "Weight" in others


def test_each_stage_has_a_paragraph_of_its_own() -> None:
    lines = [placed.text for placed in composed("fennmark").placed]
    begun = ("Onboarding", "Training", "Co-delivery", "Renewal conversations")
    assert [next(n for n, line in enumerate(lines) if line.startswith(f"{name}:") or line == name) for name in begun]


def test_a_program_of_a_fund_alone_names_no_day_of_payment() -> None:
    assert FUND in FILES and "Settlement" not in read(FUND) and "ispayable" not in read(FUND)
    assert "Settlement" in read("odoo/v11") and squeezed("What is payable is paid") in read("odoo/v11")


def test_what_changed_is_told_in_words_never_as_keys() -> None:
    found = changes(data("fennmark").earlier[-1], data("fennmark").program)
    assert [name for name, _, _ in found] == ["Recurring commission", "Quarterly cap"]
    assert "Need(" not in read("zoho/2023")
    assert "requires." not in read("zoho/2023")


def test_what_tiers_bring_is_called_by_its_name(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8") + DESK
    first = text.index("benefits = [") + len("benefits = [")
    file = tmp_path / "program.toml"
    file.write_text(f'{text[:first]}"launch_desk", {text[first:]}', encoding="utf-8")
    made = guide_data(file)
    pages = squeezed("".join(placed.text for placed in compose(made).placed))
    assert squeezed("A desk for launches") in pages and "launch_desk" not in pages
    (row,) = [row for row in changes(data("fennmark").program, made.program) if row[0].startswith("What ")]
    assert row[2].startswith("A desk for launches; ")


def test_texts_of_any_length_find_their_place() -> None:
    program, long = data("fennmark").program, "An endless provision of the law and its " * 40
    rows = (WorkedRow(long, long, "Gold" * 90), WorkedRow("x", "", None))
    hostile = replace(
        program,
        name="Alliance" * 60,
        vendor=long,
        note=long,
        version="2026" * 40,
        source=(long,),
        open_points=(long, "b" * 3000),
        tier=tuple(replace(tier, name=f"{tier.name} {long}", benefits=(long,)) for tier in program.tier),
        earning={key: replace(rule, says=long, note=long, reference=long) for key, rule in program.earning.items()},
    )
    worked = Worked(long, long, program.effective_from, ("earning.anchor", "earning.rebate"), rows)
    found = compose(GuideData(hostile, (program,), (worked,)))
    assert found.faults == ()
    assert found.pages > 10


def test_a_program_of_nothing_but_its_name_has_a_guide() -> None:
    program = data("fennmark").program
    bare = type(program)(program="p", version="1", effective_from=program.effective_from)
    found = compose(GuideData(bare))
    assert found.faults == ()
    assert found.pages == 1


def test_the_name_of_the_file_is_safe() -> None:
    program = replace(data("fennmark").program, name="../../AT&T: <alliance>")
    assert "/" not in file_name(GuideData(program))
    assert file_name(data("fennmark")) == "Guide_Fennmark Partner Alliance_v2026.2.pdf"


def test_a_case_that_does_not_come_out_is_refused(tmp_path: Path) -> None:
    text = FILES["dub/program"].read_text("utf-8").replace("value = 20 ", "value = 21 ")
    file = tmp_path / "program.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Refused, match="does not come out"):
        export_guide(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_text_with_a_problem_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "program.toml"
    file.write_text('program = "x"\n', "utf-8")
    with pytest.raises(Refused, match=r"program\.toml has"):
        guide_data(file)


@pytest.mark.parametrize(("currency", "decimals", "amount"), [("KWD", 3, "750.000 KWD"), ("JPY", 0, "750 JPY")])
def test_amounts_have_the_decimals_of_the_programs_currency(
    currency: str, decimals: int, amount: str, tmp_path: Path
) -> None:
    text = SAMPLE.read_text("utf-8").replace('"EUR"', f'"{currency}"').replace("decimals = 2", f"decimals = {decimals}")
    (tmp_path / "own.toml").write_text(text, "utf-8")
    told = squeezed("".join(placed.text for placed in compose(guide_data(tmp_path / "own.toml")).placed))
    assert squeezed(f"earn {amount}.") in told and squeezed("750.00 ") + currency not in told
    assert not re.findall(rf"\d\.\d\d{currency}", told)


def test_worked_figures_name_their_fund_and_take_off_what_is_below_zero(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    text = """program = "own"
version = "1"
effective_from = 2026-01-01
settlement = { pays_after_days = 0 }
metric.sales = { says = "Sales", of = "deal" }
fund.mdf = { says = "Market funds", accrues_on = "sales", rate = 0.01 }
earning.m1 = { says = "M1", type = "M", on = "deal won", amount = 100 }
earning.fee = { says = "Fee", type = "F", on = "deal won", amount = -10 }
[[example]]
says = "A deal"
as_of = 2026-03-31
expect = [{ figure = "fund.mdf.issued", value = 5 }, { figure = "earned", value = 90 }]
facts.deal = [{ id = "D", partner = "P", status = "won", closed = 2026-02-01, amount = 500 }]
"""
    file.write_text(text, encoding="utf-8")
    (case,) = guide_data(file).worked
    assert [row.name for row in case.rows] == ["Market funds, issued", "Earned"]
    assert case.rows[1].calculation == "100.00 EUR \N{MINUS SIGN} 10.00 EUR"
    assert "the payable balance is paid on its last day." in paid_words(guide_data(file).program)
    file.write_text(text.replace("value = 5 ", "value = 6 "), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        guide_data(file)
    assert str(refused.value).endswith("the case expects 6. Correct the rule, or the case where it is wrong.")
