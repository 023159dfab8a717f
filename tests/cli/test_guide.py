"""`partnerdesk program guide` as a person types it."""

import json
from pathlib import Path

import pytest

from partnerdesk.cli import main
from partnerdesk.paths import resource


def test_the_guide_of_a_file_is_written_without_a_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["program", "guide", str(resource("programs/fennmark/2026.2.toml")), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert file.name in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["program"], told["version"], told["path"]) == ("fennmark-partner-alliance", "2026.2", str(file))


def test_numbers_and_days_are_written_as_a_locale_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["program", "guide", str(resource("programs/fennmark/2026.2.toml")), "--out", str(tmp_path)]
    assert main([*command, "--locale", "de_DE"]) == 0
    assert main([*command, "--locale", "xx_YY"]) == 1
    assert "No locale is called “xx_YY”" in capsys.readouterr().err


def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "program.toml"
    file.write_text("currency = 1\n")
    assert main(["program", "guide", str(file), "--out", str(tmp_path / "out")]) == 1
    assert "program check" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_is_for_partners_by_name_is_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "program.toml"
    file.write_text(
        'program = "p"\nversion = "1"\neffective_from = 2026-01-01\n'
        '[module.own]\nsays = "Terms of Ardent"\npartner = { id = "P-07" }\n'
    )
    command = ["program", "guide", str(file), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    assert "Left out, being for partners by name: Terms of Ardent." in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["left_out"] == ["Terms of Ardent"]
