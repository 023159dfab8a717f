"""`partnerdesk partner` and `partnerdesk contact`: what the window edits, from the command line."""

import json
from pathlib import Path

from partnerdesk.store import Store
from tests.cli.conftest import Type


def test_partners_are_listed_with_their_ids(book: Path, type_in: Type) -> None:
    code, out, err = type_in("partner", "list", "--book", book)
    assert code == 0, err
    assert "P1  AT&T <Labs>" in out.splitlines()
    found = json.loads(type_in("partner", "list", "--book", book, "--json")[1])["partners"]
    assert {"id": "P1", "name": "AT&T <Labs>"} in found and len(found) == len(out.splitlines())


def test_a_record_is_edited_and_shown(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    fields = (
        "--set",
        "legal_name=Nordlys & Data AS",
        "--set",
        "iban=NO93 8601 1117 947",
        "--set",
        "attribute:Team=N=1",
    )
    code, out, err = type_in("partner", "edit", "P1", *fields, *of)
    assert code == 0, err
    assert out.splitlines() == [
        "AT&T <Labs> (P1)",
        "  legal_name: Nordlys & Data AS",
        "  iban: NO9386011117947",
        "  attribute:Team: N=1",
    ]
    found = json.loads(type_in("partner", "show", "P1", *of, "--json")[1])
    assert found["record"]["legal_name"] == "Nordlys & Data AS" and found["record"]["attribute:Team"] == "N=1"
    code, out, err = type_in("partner", "edit", "P1", "--set", "iban=NO9386011117948", *of)
    assert (code, out) == (1, "") and "check digits" in err
    assert type_in("partner", "edit", "P1", "--set", "segment", *of)[0] == 1
    assert type_in("partner", "edit", "P9", "--set", "segment=x", *of)[0] == 1
    code, out, _ = type_in("partner", "add", "Havsnes", "--set", "parent=P1", *of)
    assert code == 0 and "parent: P1" in type_in("partner", "show", out.strip(), *of)[1]
    with Store.open(book, user="me") as store:
        assert store.undo_label == "Add partner"
        store.undo()
        assert store.undo_label == "Edit legal_name, iban, attribute:Team of P1"


def test_contacts_are_added_edited_and_removed(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    said = ("--set", "role=Lead", "--set", "email=ilse@nordlys.example", "--main")
    code, out, err = type_in("contact", "add", "P1", "Ilse van Dorp", *said, *of)
    assert code == 0 and out.endswith("Ilse van Dorp, Lead, ilse@nordlys.example, main contact\n"), err
    id = out.split()[0]
    assert "Director" in type_in("contact", "edit", id, "--set", "role=Director", "--not-main", *of)[1]
    assert type_in("contact", "list", "P1", *of)[1] == f"{id}  Ilse van Dorp, Director, ilse@nordlys.example\n"
    assert "is no mail address" in type_in("contact", "edit", id, "--set", "email=ilse", *of)[2]
    assert type_in("contact", "remove", id, *of) == (0, f"{id} is removed.\n", "")
    assert type_in("contact", "list", "P1", *of)[1] == "No contact yet.\n"
    assert type_in("contact", "add", "--ours", "Marit", *of)[0] == 0
    assert type_in("contact", "list", *of)[1].endswith("Marit\n")
    assert type_in("contact", "add", "Marit", *of)[0] == 1


def test_facts_are_typed_listed_changed_and_removed(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    fit = ("--set", "metric=fit", "--set", "day=2026-10-01", "--set", "value=4", "--set", "evidence=Interview, 1 Oct")
    code, out, err = type_in("fact", "add", "P1", "observation", *fit, "--set", "attribute:asked by=Marit", *of)
    assert (code, out) == (0, "OB-1001\n"), err
    said = "observation  OB-1001  metric=fit, day=2026-10-01, value=4, evidence=Interview, 1 Oct  [typed by "
    assert type_in("fact", "list", "P1", "observation", *of)[1].startswith(said)
    assert type_in("fact", "edit", "observation", "OB-1001", "--set", "value=4.5", *of)[0] == 0
    (row,) = json.loads(type_in("fact", "list", "P1", "observation", *of, "--json")[1])["observation"]
    assert (row["value"], row["attributes"]) == ("4.5", {"asked by": "Marit"})
    assert "“Evidence” is needed" in type_in("fact", "add", "P1", "observation", *fit[:-2], *of)[2]
    assert "no field “valu”" in type_in("fact", "edit", "observation", "OB-1001", "--set", "valu=1", *of)[2]
    assert "No row of kind “deal”" in type_in("fact", "list", "P1", "deal", *of)[2]
    assert type_in("fact", "remove", "observation", "OB-1001", *of)[0] == 0
    assert type_in("fact", "list", "P1", "observation", *of)[1] == ""
    assert "  evidence: Evidence (needed)" in type_in("fact", "kinds")[1].splitlines()


def test_two_partners_become_one(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    id = type_in("partner", "add", "Havsnes", "--set", "segment=SMB", *of)[1].strip()
    type_in("contact", "add", id, "Ilse van Dorp", *of)
    code, out, err = type_in("partner", "merge", id, "into", "P1", "--preview", *of)
    assert code == 0, err
    assert out.splitlines() == [
        f"Havsnes ({id}) would become AT&T <Labs> (P1).",
        "  It moves: 1 contact.",
        "  Empty fields of P1 that it fills: segment.",
    ]
    assert "Havsnes" in type_in("partner", "list", *of)[1]
    assert type_in("partner", "merge", id, *of)[0] == 1
    assert type_in("partner", "merge", id, "into", "P9", *of)[0] == 1
    code, out, err = type_in("partner", "merge", id, "into", "P1", *of, "--json")
    assert code == 0 and json.loads(out)["moves"] == ["1 contact"], err
    assert "Ilse van Dorp" in type_in("contact", "list", "P1", *of)[1]
    assert "Havsnes" not in type_in("partner", "list", *of)[1]
    with Store.open(book, user="me") as store:
        assert store.undo_label == f"Merge {id} into P1"
        store.undo()
    assert "Havsnes" in type_in("partner", "list", *of)[1]
