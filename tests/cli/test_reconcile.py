"""`partnerdesk reconcile`: classes on the terminal and as JSON, the sheet, disputes in one step."""

import json
from pathlib import Path

from tests.cli.conftest import Type
from tests.ops.disputes.disputed import opened


def test_a_payout_is_held_against_a_period(type_in: Type, tmp_path: Path) -> None:
    opened(tmp_path, "hold").close()
    file, book = tmp_path / "paid.csv", tmp_path / "hold.partnerdesk"
    file.write_text("Partner,Our deal,Amount\nP1,D1,1000.00\n", "utf-8")
    of = ("reconcile", file, "--period", "2025-01", "--book", book, "--as-of", "2025-04-20")
    code, out, _ = type_in(*of, "--column", "Our deal=reference", "--json", "--out", tmp_path)
    told = json.loads(out)
    assert code == 1 and told["classes"]["rate"]["rows"] == 1 and Path(told["sheet"]).exists()
    assert told["rows"][0]["difference"] == "-200.00"
    code, out, err = type_in(*of, "--dispute", "--raised-by", "Finance")
    assert code == 1 and "Raised: DI-0001" in out and "the same base at another rate" in out, err
    file.write_text("Partner,Our deal,Amount\nP1,D1,1200.00\n", "utf-8")
    assert type_in(*of)[0] == 0
    code, _, err = type_in(*of[:3], "2031-01", *of[4:])
    assert code == 1 and "There is no statement for 2031-01" in err
    assert "says nothing" in type_in(*of, "--column", "Our deal")[2]


def test_a_partner_whom_the_file_does_not_name_is_disputed_only_where_a_person_names_it(
    type_in: Type, tmp_path: Path
) -> None:
    opened(tmp_path, "hold").close()
    file, book = tmp_path / "paid.csv", tmp_path / "hold.partnerdesk"
    file.write_text("Partner,Our deal,Amount\nP8,D7,1200.00\n", "utf-8")
    of = ("reconcile", file, "--period", "2025-01", "--book", book, "--as-of", "2025-04-20")
    of = (*of, "--column", "Our deal=reference", "--dispute", "--raised-by", "Finance")
    assert "None of these differences can be disputed" in type_in(*of)[2]
    assert "P8 is no partner that the file leaves out. Those are: P1." in type_in(*of, "--also", "P8")[2]
    _, out, _ = type_in(*of, "--also", "P1")
    assert "Raised: DI-0001" in out and "Not in this file: Aurelia & Söhne (P1), 1 line." in out
    assert (
        "P1 is no partner that the file leaves out. Leave --also out."
        in type_in(*of, "--also", "P1", "--partner", "P1")[2]
    )
