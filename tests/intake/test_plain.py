"""Plain facts: what a person writes by hand for `evaluate`, and what the reader says about slips."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.engine.facts import KINDS, Facts
from partnerdesk.engine.problem import errors
from partnerdesk.errors import PartnerDeskError
from partnerdesk.intake.plain import read_facts
from partnerdesk.intake.plain_tables import kind_named

PARTNERS = "id,name,currency\nP1,AT&T <Labs>,USD\nP2,Delta,EUR\n"


def folder(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, "utf-8")
    return path


def facts_of(path: Path) -> Facts:
    read = read_facts(path)
    assert not errors(read.problems), [str(p) for p in read.problems]
    return read.facts


def said(path: Path) -> list[str]:
    return [str(p) for p in read_facts(path).problems]


def test_a_folder_of_csv_files_is_read_with_its_sources(tmp_path: Path) -> None:
    deals = "id,partner,amount,currency,closed,status,region code\nD1,P1,12500.10,USD,2026-09-30,won,EMEA-4\n"
    facts = facts_of(folder(tmp_path, partners=PARTNERS, deal=deals))
    (deal,) = facts.of("deal")
    assert (deal.amount, deal.closed, deal.status) == (Decimal("12500.10"), date(2026, 9, 30), "won")
    assert deal.attributes == {"region code": "EMEA-4"}
    assert str(deal.source) == "deal.csv, row 2"
    assert [p.name for p in facts.of("partner")] == ["AT&T <Labs>", "Delta"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("facts.toml", '[[deal]]\nid = 17\npartner = "P1"\namount = "0.10"\nclosed = 2026-09-30\n'),
        ("facts.toml", '[[deals]]\nid = "17"\npartner = "P1"\namount = 0.10\nclosed = "2026-09-30"\n'),
        ("facts.json", '{"deal": [{"id": "17", "partner": "P1", "amount": 0.10, "closed": "2026-09-30"}]}'),
        ("facts.json", '{"facts": {"deals": [{"id": 17, "partner": "P1", "amount": "0.10", "closed": "2026-09-30"}]}}'),
        ("deal.csv", "﻿ID;Partner;Amount;Closed\n17;P1;0.10;2026-09-30\n"),
    ],
)
def test_one_file_says_the_same_in_each_format(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (deal,) = facts_of(tmp_path / name).of("deal")
    assert (deal.id, deal.partner, deal.amount, deal.closed) == ("17", "P1", Decimal("0.10"), date(2026, 9, 30))


def test_a_column_of_ones_own_is_kept_and_said_once(tmp_path: Path) -> None:
    read = read_facts(folder(tmp_path, partner="id,colour,attributes.size\nP1,red,L\nP2,blue,M\n"))
    assert [dict(p.attributes) for p in read.facts.of("partner")] == [
        {"colour": "red", "size": "L"},
        {"colour": "blue", "size": "M"},
    ]
    (note,) = read.problems
    assert note.warning
    assert (
        str(note)
        == "partner.csv line 1, column colour: A partner has no such field; rules find it as attributes.colour."
    )


def test_a_column_that_the_program_reads_is_no_slip_of_the_pen(tmp_path: Path) -> None:
    facts = folder(tmp_path, contract="id,partner,start,state\nK1,P1,2026-01-01,TX\n")
    assert "Did you mean start?" in str(read_facts(facts).problems[0])
    read = read_facts(facts, own={"state"})
    assert not read.problems
    assert read.facts.of("contract")[0].attributes == {"state": "TX"}


def test_utf_16_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "partner.csv").write_text("id\tname\nP1\tŁódź Сервис\n", "utf-16")
    assert facts_of(tmp_path).of("partner")[0].name == "Łódź Сервис"


def test_rows_written_inside_a_deal_become_rows_of_their_own(tmp_path: Path) -> None:
    text = """{"deal": [{"id": "D1", "credits": [{"partner": "P1", "share": "0.6"}, {"partner": "P2", "share": "0.4"}],
               "lines": [{"amount": "10"}], "stage_changes": [{"day": "2026-01-05", "stage": "Demo"}]}]}"""
    (tmp_path / "facts.json").write_text(text)
    facts = facts_of(tmp_path / "facts.json")
    assert [(c.deal, c.partner, c.share) for c in facts.of("credit")] == [
        ("D1", "P1", Decimal("0.6")),
        ("D1", "P2", Decimal("0.4")),
    ]
    assert facts.of("deal_line")[0].deal == facts.of("stage_change")[0].deal == "D1"


def test_rows_without_identifier_are_known_by_name_or_place(tmp_path: Path) -> None:
    facts = facts_of(folder(tmp_path, partner="name\nDelta\n", survey="partner,score\nDelta,5\nDelta,4\n"))
    assert facts.of("partner")[0].id == "Delta"
    assert [s.id for s in facts.of("survey")] == ["survey 2", "survey 3"]


def test_partners_that_nobody_described_are_those_that_are_named(tmp_path: Path) -> None:
    facts = facts_of(folder(tmp_path, deal="partner,amount,currency\nP7,10,USD\nP3,10,USD\nP7,5,USD\n"))
    assert [(p.id, p.name, p.currency) for p in facts.of("partner")] == [("P7", "P7", "USD"), ("P3", "P3", "USD")]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("amount", "1,234.56", "deal.csv line 2, column amount: “1,234.56” is not an exact number. Write digits"),
        ("amount", "1.234,56", "“1.234,56” is not an exact number"),
        ("amount", "NaN", "“NaN” is not an exact number"),
        ("amount", "1_000", "“1_000” is not an exact number"),
        ("amount", "٤٢", "“٤٢” is not an exact number"),
        ("closed", "30/09/2026", "column closed: “30/09/2026” is not a day. Write year, month and day"),
        ("closed", "2026-02-30", "there is no day 2026-02-30"),
        ("status", "Won", "column status: “Won” is none of open, won, lost"),
        ("partner", "P9", "There is no partner “P9”. Add it to the partner table."),
        ("parnter", "P1", "A deal has no field “parnter”. Did you mean partner? An attribute of your own"),
        ("attributes", "{", "is not a JSON object of texts"),
    ],
)
def test_a_wrong_cell_is_named_with_its_place(tmp_path: Path, column: str, cell: str, sentence: str) -> None:
    deals = f'id,{column}\nD1,"{cell.replace(chr(34), chr(34) * 2)}"\n'
    (problem,) = said(folder(tmp_path, partner=PARTNERS, deal=deals))
    assert sentence in problem


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"deal": "id,amount\nD1,1\nD1,2\n"},
            "deal.csv line 3, column id: The identifier “D1” stands in deal.csv line 2",
        ),
        ({"deal": "id,amount\nD1\n"}, "deal.csv line 2: The line has 1 cells, the first line 2."),
        ({"deal": 'id,name\nD1,"open\n'}, "deal.csv line 2: The line is not CSV"),
        ({"deal": "id,amount,id\n"}, "deal.csv line 1: The column “id” stands there twice."),
        ({"deal": ""}, "deal.csv: The file is empty."),
        ({"dael": "id\nD1\n"}, "dael.csv: “dael” is no kind of fact. Did you mean deal?"),
        ({"credit": "id,partner\nC1,P1\n"}, "credit.csv line 2, column deal: A credit needs deal. Fill it in."),
        ({"deal": "id\nD1\n", "deals": "id\nD2\n"}, "deals.csv: There is a second file of the kind deal."),
    ],
)
def test_a_wrong_file_is_named_with_its_place(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    assert any(sentence in text for text in said(folder(tmp_path, **files))), said(tmp_path)


def test_what_is_wrong_with_many_rows_in_one_way_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f"D{n},{n}.6.2026,P{n % 2 + 7}\n" for n in range(1, 21))
    (day,) = said(folder(tmp_path, partner=PARTNERS, deal=f"id,closed,partner\n{rows}"))
    assert day.startswith("deal.csv line 2, column closed: “1.6.2026” is not a day. The same is wrong with 19 more ")
    assert day.endswith(" rows, the last at line 21. Write year, month and day, such as 2026-09-30.")
    told = said(folder(tmp_path / "b", partner=PARTNERS, deal=f"id,name,partner\n{rows}"))
    assert [text.partition("The same")[0] for text in told] == [
        "deal.csv line 2, column partner: There is no partner “P8”. ",
        "deal.csv line 3, column partner: There is no partner “P7”. ",
    ]
    told = said(folder(tmp_path / "c", credit="id,partner,share\nC1,P1,1\nC2,P1,1\n"))
    assert told == [
        "credit.csv line 2, column deal: A credit needs deal. The same is wrong with one more row, line 3. Fill it in."
    ]


def test_the_nearest_name_is_told_of_a_row_that_is_not_there(tmp_path: Path) -> None:
    (told,) = said(folder(tmp_path, partner="id\nBirch\n", deal="id,partner\nD1,Brich\n"))
    assert told.endswith("There is no partner “Brich”. Did you mean Birch? Else add it to the partner table.")


def test_a_file_that_is_no_fact_is_left_alone_and_said(tmp_path: Path) -> None:
    read = read_facts(folder(tmp_path, partner=PARTNERS, expected_totals="a\n1\n"))
    assert [p.warning for p in read.problems] == [True]
    assert not errors(read.problems)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("facts.json", b'{"deal": [}', "line 1 column 11"),
        ("facts.toml", b"[[deal]]\nid = \n", "at line 2"),
        ("facts.json", b'{"deal": [{"amount": NaN}]}', "NaN is not a number"),
        ("facts.json", b'{"deal": 4}', "This is not a list of tables. Write [[deal]]."),
        ("facts.json", b"[1]", "The file is not a table of kinds."),
        ("facts.json", b'{"deal": [{"closed": "2026-01-01T10:00:00"}]}', "facts.json, deal 1, key closed"),
        ("facts.toml", b"[[deal]]\nclosed = 2026-01-01T10:00:00\n", "is not a day"),
        ("facts.json", b'{"deal": [{"name": ["x"]}]}', "list is not a text"),
        ("facts.toml", b"[[deal]]\nname = true\n", "“true” is not a text. Write it in quotes."),
        ("facts.toml", b'[[deal]]\nstatus = "Won"\n', "“Won” is none of open, won, lost. Write won."),
    ],
)
def test_a_broken_document_is_a_located_problem(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert any(sentence in text for text in said(tmp_path / name)), said(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("facts.xlsx", b"PK", "neither a folder of CSV files nor a TOML or JSON file"),
        ("deal.csv", b"id,name\nD1,caf\xe9\n", "deal.csv line 2 is not UTF-8. Save the file as UTF-8."),
        ("facts.toml", None, "There is no file"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused(tmp_path: Path, name: str, data: bytes | None, sentence: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(PartnerDeskError, match=sentence):
        read_facts(tmp_path / name)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PartnerDeskError, match="holds no CSV file"):
        read_facts(tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_usual_names(kind: str) -> None:
    plural = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
    for name in (kind, plural, plural.replace("_", "-"), kind.replace("_", " ").title()):
        assert kind_named(name) == kind


def test_an_amount_without_a_currency_is_in_the_programs(tmp_path: Path) -> None:
    deals = "id,partner,amount,currency\nD1,P7,10,\nD2,P7,10,GBP\nD3,P8,10,\n"
    facts = read_facts(folder(tmp_path, deal=deals), "USD").facts
    assert [d.currency for d in facts.of("deal")] == ["USD", "GBP", "USD"]
    assert [p.currency for p in facts.of("partner")] == ["USD", "USD"]


def test_a_column_that_rules_read_is_no_news(tmp_path: Path) -> None:
    folder(tmp_path, observation="partner,metric,region code,price before\nP1,stock,EMEA-4,500\n")
    (note,) = read_facts(tmp_path, own={"region code"}).problems
    assert "An observation has no such field" in str(note) and "price before" in str(note)


def test_facts_that_name_no_partner_are_told_once(tmp_path: Path) -> None:
    deals = "id,partner,amount\nD1,P7,10\nD2,,10\nD3,,10\nD4,,10\n"
    folder(tmp_path, deal=deals, credit="deal,partner,share\nD4,P7,0.5\n", activity="kind,day\ntraining,2026-01-05\n")
    told = {note.place: note.message for note in read_facts(tmp_path).problems if note.warning}
    activity = "activity.csv, row 2, column partner"
    assert told == {
        "deal.csv, row 3, column partner": "2 deals name no partner: nobody is measured by them or earns on them.",
        activity: "The activity names no partner: nobody is measured by it or earns on it.",
    }
