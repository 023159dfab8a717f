"""Text tables of every make: encodings, separators, numbers and days are found, shown, and never guessed wrongly."""

import itertools
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from partnerdesk.intake import characters, delimited, files, separators
from partnerdesk.intake.limits import WINDOW
from partnerdesk.intake.sheet import Sheet
from tests.intake.conftest import Drafted

NAMES = ("Müller & Söhne", "José Saraiva", "Café Zoë", "Ångström AB", "Peña y Núñez", "Groß GmbH", "Plain Ltd")


def sheet(text: str, encoding: str = "utf-8") -> Sheet:
    return delimited.read(characters.decode(text.encode(encoding)), "q3.csv", "", WINDOW)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "utf-32"]
)
def test_names_with_accents_come_out_of_every_encoding(encoding: str) -> None:
    text = "Partner,Amount\n" + "".join(f"{name},{i}\n" for i, name in enumerate(NAMES))
    found = characters.decode(text.encode(encoding))
    assert found.text == text
    assert found.is_certain == (encoding not in ("cp1252", "cp850"))


def test_a_code_page_is_said_to_be_a_guess_and_a_choice_wins(drafted: Drafted) -> None:
    content = "Partner,Country\nŁódź,PL\nKöln,DE\n".encode("cp1250")
    shown = drafted(content).table.sheet
    assert (shown.encoding, shown.is_encoding_certain) == ("Windows-1250 (Central European)", False)
    chosen = drafted(content, {"encoding": "cp1250"})
    assert chosen.parts[0].fields["name"] == ["Łódź", "Köln"]


CENTRAL = (
    "Dvořák & syn,Jiří Řezníček,Růžička,Černý,Přikryl,Škoda Plzeň",
    "Słowacki,Żółć,Gdańsk,Wrocław,Świętokrzyskie,Spółka Łódź",
    "Čačić,Đorđević,Šimić,Kovačević,Bošković,Müller",
    "Constanţa,Iaşi,Timişoara,Bacău,Mureş,Ploieşti,Braşov",
)


@pytest.mark.parametrize("names", CENTRAL)
def test_central_european_names_are_read_right_without_a_question(names: str) -> None:
    found = characters.decode(names.encode("cp1250"))
    assert (found.text, found.encoding, found.is_certain, found.rivals) == (names, "cp1250", False, ())
    assert "as Windows-1250 (Central European) it reads" in found.note


def test_hungarian_names_that_may_be_western_are_asked_about() -> None:
    names = "Erdős,Kőrösi,Szűcs,Gyöngyösi,Fűtő"
    found = characters.decode(names.encode("cp1250"))
    assert found.text == names and {"cp1250", "cp1252"} <= {name for name, _ in found.rivals}


def test_western_names_of_many_countries_are_never_taken_for_central_european() -> None:
    words = "Müller Søren François Peña Ångström Conceição Hélène Ærø Groß Zürich Œuvre Coruña Façade Þór Léon Citroën"
    draw = random.Random(7)
    for _ in range(300):
        names = " ".join(draw.choices(words.split(), k=draw.randint(1, 12)))
        assert characters.decode(names.encode("cp1252")).encoding != "cp1250", names


def test_a_few_damaged_bytes_do_not_turn_a_file_into_another_encoding(drafted: Drafted) -> None:
    rows = "".join(f"D-{i},Köln {i},2024-03-15,1,EUR\n" for i in range(9))
    content = f"Deal ID,Partner,Close date,Amount,Currency\n{rows}".encode() + b"D-x,K\xf6ln,2024-03-15,1,EUR\n"
    draft = drafted(content)
    assert (draft.accepted, draft.rejected) == (9, 1)
    assert "damaged characters" in " ".join(draft.notes)


def test_two_encodings_in_one_file_garble_no_name(drafted: Drafted) -> None:
    header = "Deal ID,Partner,Close date,Amount,Currency\n"
    rows = [f"D-{i},Köln {i},2024-03-15,1,EUR\n".encode("utf-8" if i < 3 else "cp1252") for i in range(6)]
    draft = drafted(header.encode() + b"".join(rows))
    assert (draft.accepted, draft.rejected) == (3, 3)
    assert set(draft.parts[0].fields["partner"]) == {"Köln 0", "Köln 1", "Köln 2"}


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Москва"),
        ("cp1253", "Αθήνα"),
        ("cp1250", "Błąd Żółć"),
        ("cp932", "東京システム"),
        ("gb18030", "北京伙伴公司"),
    ],
)
def test_names_in_another_script_are_asked_about(drafted: Drafted, encoding: str, name: str) -> None:
    content = f"Deal ID,Partner,Stage,Amount\nD-1,{name},Talks,1\nD-2,{name} 2,Talks,1\n".encode(encoding)
    (question,) = drafted(content).questions
    assert question.key == "encoding"
    assert any(o.value == encoding and name[:6] in o.says for o in question.options)
    assert drafted(content, {"encoding": encoding}).parts[0].fields["partner"] == [name, f"{name} 2"]


def test_a_guessed_encoding_is_said_with_a_word(drafted: Drafted) -> None:
    notes = drafted("Partner,Country\nMüller,DE\n".encode("cp1252")).notes
    assert "The file does not say its encoding; as Windows-1252 (Western) it reads “Müller”." in notes


@pytest.mark.parametrize(
    ("delimiter", "ending", "shown"),
    [
        (",", "", "comma"),
        (";", "", "semicolon"),
        ("\t", "", "tab"),
        ("|", "", "bar"),
        ("^", "", "caret"),
        ("||", "", "“||”"),
        ("~|~", "", "“~|~”"),
        ("+|", "&|", "“+|”, rows end in “&|”"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_separators_of_one_and_of_several_signs(delimiter: str, ending: str, shown: str, newline: str) -> None:
    rows = [["Deal ID", "Partner", "Amount"], ["D-1", "Acme, Inc.", "1.50"], ["D-2", "", "2.50"], ["D-3", "Beta", ""]]
    if delimiter == ",":
        rows[1][1] = '"Acme, Inc."'
    found = sheet("".join(delimiter.join(row) + ending + newline for row in rows))
    assert found.delimiter == shown
    assert [list(r) for r in found.rows] == [[c.strip('"') for c in row] for row in rows]
    assert list(found.lines) == [1, 2, 3, 4]


def test_a_decimal_comma_is_no_separator() -> None:
    assert separators.found("Name;Betrag;Preis\nA;1,5;2,5\nB;3,5;4,5\n").cell == ";"
    assert separators.found("sep=;\nName;Betrag\nA;1,5\n").cell == ";"


def test_cells_may_hold_line_breaks_and_keep_their_line_numbers() -> None:
    found = sheet('Deal ID,Note\nD-1,"two\nlines"\nD-2,"a ""quoted"" word"\n')
    assert [list(r) for r in found.rows][1:] == [["D-1", "two\nlines"], ["D-2", 'a "quoted" word']]
    assert list(found.lines) == [1, 2, 4]


def test_a_stray_quote_costs_its_own_line_only() -> None:
    rows = [f"D-{i},Acme,2024-01-01,1" for i in range(1000)]
    rows[500] = 'D-500,"Acme,2024-01-01,1'
    found = sheet("Deal ID,Partner,Close date,Amount\n" + "\n".join(rows) + "\n")
    assert len(found.rows) == 1000
    assert [line for line, _ in found.broken] == [502]


def test_a_cell_of_a_megabyte_is_a_cell(drafted: Drafted) -> None:
    draft = drafted(f'Deal ID,Stage,Amount,Note\nD-1,Talks,5,"{"x" * 1_000_000}"\n')
    assert draft.accepted == 1


@pytest.mark.parametrize("size", [26, 40])
def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(size * 1024 * 1024)
    with pytest.raises(Exception, match=f"{size}.0 MB; at most 25 MB"):
        files.read(path, WINDOW)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850")
DELIMITERS = (",", ";", "\t", "|")
MARKS = ((".", ","), (",", "."), (",", " "))
ORDERS = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y")


@pytest.mark.parametrize(("encoding", "delimiter"), list(itertools.product(ENCODINGS, DELIMITERS)))
def test_no_value_is_read_wrongly_without_a_question(drafted: Drafted, encoding: str, delimiter: str) -> None:
    """Every mix of encoding, separator, number style and day order: a value is right, or its column is asked about."""
    chosen = random.Random(f"{encoding}{delimiter}")
    for (mark, group), order in itertools.product(MARKS, ORDERS):
        deals = [
            (f"D-{i}", chosen.choice(NAMES), _day(chosen), Decimal(chosen.randint(1, 99_999_999)) / 100)
            for i in range(chosen.choice((1, 2, 30)))
        ]
        rows = [["Deal ID", "Partner", "Closed", "Amount"]]
        rows += [[k, name, day.strftime(order), _number(amount, mark, group)] for k, name, day, amount in deals]
        text = "\n".join(delimiter.join(_quoted(c, delimiter) for c in row) for row in rows) + "\n"
        draft = drafted(text.encode(encoding))
        asked = {q.key for q in draft.questions}
        answers = {"date:Closed": "day first" if order[1] == "d" else "month first", "decimal:Amount": mark}
        answers["encoding"] = encoding
        assert asked <= answers.keys()
        answered = drafted(text.encode(encoding), {key: answers[key] for key in asked})
        (part,) = answered.parts
        found = zip(part.keys, part.fields["partner"], part.fields["closed"], part.fields["amount"], strict=True)
        assert list(found) == [(k, name, day.isoformat(), int(amount * 100)) for k, name, day, amount in deals]


def _day(chosen: random.Random) -> date:
    return date.fromordinal(chosen.randint(date(2020, 1, 1).toordinal(), date(2026, 12, 31).toordinal()))


def _number(amount: Decimal, mark: str, group: str) -> str:
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', group)}{mark}{cents}"


def _quoted(cell: str, delimiter: str) -> str:
    return f'"{cell}"' if delimiter in cell else cell
