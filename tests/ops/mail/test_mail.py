"""Mail drafts: one partner's documents, to its own people alone, in its language; nothing else is in them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

from partnerdesk import paths
from partnerdesk.cli import main
from partnerdesk.engine.facts import Person
from partnerdesk.errors import Refused
from partnerdesk.ops.mail import drafting
from partnerdesk.ops.mail.drafting import MailDraft, draft_review_mail, draft_statement_mail
from partnerdesk.ops.mail.previewing import mail_preview
from partnerdesk.ops.mail.recipients import addressees
from partnerdesk.ops.mail.texts import remove_template, template, write_template
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.ops.rows.record import set_main_contact
from partnerdesk.ops.settings import set_book_setting
from partnerdesk.ops.statements.exports import statement_made
from partnerdesk.queries.facts import fact, facts
from partnerdesk.reports.release import Made, Terms, World, objections
from partnerdesk.store import Store
from tests.cli.conftest import make_book

DAY, LABEL = date(2026, 9, 30), "2026-09"
PEOPLE = [
    Person(id="A1", name="Ada Field", side="partner", partner="P1", email="ada@first.example"),
    Person(id="A2", name='Bo "B" Lund, Jr', side="partner", partner="P1", email="bo@first.example"),
    Person(id="A3", name="Cy Quiet", side="partner", partner="P1"),
    Person(id="B1", name="Dora Other", side="partner", partner="P2", email="dora@second.example"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    with Store.open(path, user="me") as store:
        store.transact("Add people", add_rows, PEOPLE)
        store.transact("Sign", set_book_setting, "sender", "Vera Manager, +44 20 7946 0018")
        yield store


ROLES = [
    Person(
        id="A4", name="Eve Book", side="partner", partner="P1", email="eve@first.example", role="Leiterin Buchhaltung"
    ),
    Person(
        id="A5", name="Gus Chief", side="partner", partner="P1", email="gus@first.example", role="Managing director"
    ),
]


def draft(store: Store, tmp_path: Path, **more: object) -> tuple[MailDraft, EmailMessage]:
    made = store.read(draft_statement_mail, "P1", LABEL, DAY, tmp_path / "out", **more)
    return made, cast(EmailMessage, message_from_bytes(made.path.read_bytes(), policy=default))


def body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_a_draft_has_one_partners_documents_and_its_people(store: Store, tmp_path: Path) -> None:
    made, mail = draft(store, tmp_path)
    assert [a.addr_spec for a in mail["To"].addresses] == ["ada@first.example", "bo@first.example"]
    assert mail["X-Unsent"] == "1" and mail["From"] is None and mail["Date"] is None
    assert [part.get_filename() for part in mail.iter_attachments()] == list(made.attachments)
    assert [Path(name).suffix for name in made.attachments] == [".xlsx", ".csv", ".csv", ".pdf"]
    assert [name.endswith("_movements.csv") for name in made.attachments] == [False, False, True, False]
    assert "ST-2026-09" in mail["Subject"] and "Ada Field" in body(mail) and "Vera Manager" in body(mail)
    assert list((tmp_path / "out").iterdir()) == [made.path]
    assert draft(store, tmp_path)[0].sha256 == made.sha256, "the same draft is the same file"


def test_what_pages_sum_up_for_want_of_room_is_no_strangers_number(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = store.read(statement_made, LABEL, DAY, "P1")
    summed = replace(made, files=made.files | {"rest.csv": b"What,Amount\nand 2 more,9173645.82\n"})
    monkeypatch.setattr(drafting, "statement_made", lambda *_: summed)
    with pytest.raises(Refused, match=r"nobody computed the number 9173645\.82"):
        draft(store, tmp_path)
    monkeypatch.setattr(drafting, "rests", lambda document: [Decimal("9173645.82")])
    assert "rest.csv" in draft(store, tmp_path)[0].attachments


def test_recipients_are_the_partners_own_and_can_be_chosen(store: Store, tmp_path: Path) -> None:
    assert draft(store, tmp_path, to=["BO@first.example"])[0].to[0].name == PEOPLE[1].name
    for foreign in ("dora@second.example", "someone@else.example"):
        with pytest.raises(Refused, match="is nobody of"):
            draft(store, tmp_path, to=[foreign])
    store.transact("Move", change_row, "person", "B1", {"email": "dora@second.example"}, email="")
    with pytest.raises(Refused, match="no person with a mail address"):
        store.read(draft_statement_mail, "P2", LABEL, DAY, tmp_path / "out")


def test_the_text_is_in_the_partners_language_and_ones_own_takes_its_place(store: Store, tmp_path: Path) -> None:
    known = store.read(fact, "partner", "P1")
    store.transact("Speak", change_row, "partner", "P1", {"language": known.language}, language="de_DE")
    assert "Mit freundlichen Grüßen" in body(draft(store, tmp_path)[1])
    (paths.folder("mail") / "statement.de.txt").write_text("Post {number}\n\nHallo {contact}.\n", "utf-8")
    assert draft(store, tmp_path)[1]["Subject"] == "Post ST-2026-09"
    japanese, english = (store.read(template, "statement", locale) for locale in ("ja_JP", "en_GB"))
    assert japanese.text == english.text and japanese.language == "en", "a language without a text"
    for wrong in ("Hello\n\n{salary}", "Hello\n\n{low}"):
        with pytest.raises(Refused, match=r"which is no place"):
            draft(store, tmp_path, text=wrong)


def test_the_month_is_named_in_the_language_of_the_text(store: Store, tmp_path: Path) -> None:
    said = {"fr_FR": "pour septembre 2026", "ja_JP": "for September 2026", "en_GB": "for September 2026"}
    for locale, words in said.items():
        store.transact("Speak", change_row, "partner", "P1", {}, language=locale)
        assert words in body(draft(store, tmp_path)[1])


def test_a_text_written_in_the_book_is_in_force_until_ours_is_taken_back(store: Store, tmp_path: Path) -> None:
    store.transact("Write", write_template, "statement", "en", "Mine {number}\n\nHi {contact}, from {sender}")
    assert draft(store, tmp_path)[1]["Subject"] == "Mine ST-2026-09"
    assert store.read(template, "statement", "ja_JP").is_own and not store.read(template, "review", "en_GB").is_own
    store.transact("Back", remove_template, "statement", "en")
    assert "please find attached" in body(draft(store, tmp_path)[1])
    store.undo()
    assert draft(store, tmp_path)[1]["Subject"] == "Mine ST-2026-09"


def test_a_text_is_checked_as_it_is_written(store: Store) -> None:
    other = store.read(fact, "partner", "P2").name
    for text, said in (
        ("Hi\n\nDear {contakt}", "Did you mean {contact}?"),
        ("Hi\n\nDear {contact", "A brace has no other one."),
        ("", "no subject"),
        ("Hi {period}", "says nothing below its subject"),
        (f"Hi\n\nAs {other} did", "goes to every partner and names"),
    ):
        found = store.read(mail_preview, "statement", "P1", "en", DAY, text)
        assert said in " ".join(map(str, found.problems)) and found.text is None, text
    shown = store.read(mail_preview, "forecast", "P1", "de", DAY)
    assert shown.text is not None and "{low}" in shown.text.body and "Ada Field" in shown.text.body
    shown = store.read(mail_preview, "statement", "P1", "en", date(2026, 10, 5))
    assert shown.text is not None and "ST-2026-09" in shown.text.subject and "Vera Manager" in shown.text.body


@pytest.mark.parametrize(("kind", "usual"), [("statement", "Eve Book"), ("review", "Gus Chief")])
def test_a_mail_goes_to_those_whose_role_it_is_about(store: Store, kind: str, usual: str) -> None:
    assert [one.usual for one in store.read(addressees, "P1", kind)] == [True, True], "no role tells: all of them"
    store.transact("Add people", add_rows, ROLES)
    assert [one.name for one in store.read(addressees, "P1", kind) if one.usual] == [usual]
    other = next(one for one in store.read(addressees, "P1", kind) if not one.usual)
    person = next(p for p in store.read(facts, kinds=("person",)).of("person") if p.name == other.name)
    store.transact("Main", set_main_contact, person.id)
    assert [one.name for one in store.read(addressees, "P1", kind) if one.usual] == [other.name], "the main contact"


def test_a_draft_with_something_of_another_partner_is_not_written(store: Store, tmp_path: Path) -> None:
    other = store.read(fact, "partner", "P2")
    with pytest.raises(Refused, match="belongs to somebody else"):
        draft(store, tmp_path, text=f"Your statement\n\nLike Dora Other of {other.name} we thank you.")
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: ", b"Subject: SECRETPARTNERNAME "),
        (b"X-Unsent: 1", b"X-Unsent: 1\r\nX-Old: SECRETPARTNERNAME"),
        (b"Dear ", b"Dear SECRETPARTNERNAME "),
        (b'filename="', b'filename="SECRETPARTNERNAME'),
        (b"spreadsheetml.sheet", b"x-other"),
    ],
)
def test_the_gate_reads_a_mail_to_its_last_part(store: Store, tmp_path: Path, before: bytes, after: bytes) -> None:
    made, _ = draft(store, tmp_path)
    content = made.path.read_bytes()
    world = World("P1", "First", Terms(["SECRETPARTNERNAME"]), frozenset())
    leaked = content.replace(before, after, 1)
    assert leaked != content
    words = [what for what in objections("a.eml", leaked, world, Made(())) if "nobody computed" not in what]
    assert bool(words) == (b"SECRET" in after)


def test_a_review_goes_out_without_our_own_notes(store: Store, tmp_path: Path) -> None:
    made = store.read(draft_review_mail, "P1", "2026Q3", DAY, tmp_path / "out")
    assert [Path(name).suffix for name in made.attachments] == [".pdf"] and "INTERNAL" not in made.attachments[0]


def test_the_command_writes_the_draft(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--out", str(tmp_path / "out"), "--book", str(store.path), "--as-of", "2026-09-30"]
    assert main(["mail", "statement", "P1", LABEL, "--to", "ada@first.example", *given]) == 0
    assert "Ada Field <ada@first.example>" in capsys.readouterr().out
    assert main(["mail", "statement", "P1", LABEL, "--to", "dora@second.example", *given]) == 1
