"""The file of a pack: its names, fonts, metadata and bytes, and whose data it holds."""

import dataclasses
import re
from dataclasses import replace

import pytest

from partnerdesk.errors import Refused
from partnerdesk.reports.format import Formats
from partnerdesk.reports.look import DOCUMENT
from partnerdesk.reports.pack import compose, file_name, write_pack
from partnerdesk.reports.pack.data import (
    InternalPack,
    PackData,
    PageText,
    Party,
    Point,
)
from tests.reports.pack.printed import pages, whole
from tests.reports.pack.world import (
    FORMATS,
    commitments,
    internal_pack,
    pack,
    renewals,
)
from tests.reports.page.reading import fonts_of, images_of, reader, squeezed, texts


@pytest.mark.parametrize(
    "name", ["AT&T", "R&D <Labs>", "$5k to $10k", "Delta", "<img src=file:///dev/zero>", "=cmd|' /C calc'!A0"]
)
def test_names_are_verbatim_wherever_they_stand(name: str) -> None:
    made = compose(
        pack(
            partner=Party("p", name),
            renewals=tuple(replace(r, customer=name, owner=name) for r in renewals()),
            wins=(Point(name, name),),
            texts={"score": PageText(f"{name} wins", name)},
        ),
        FORMATS,
    )
    assert made.faults == ()
    found = texts(made.content)
    assert all(squeezed(name) in squeezed(text) for text in found)
    assert f"Quarterly business review, {name}, Q3 2026" == reader(made.content).metadata.title  # type: ignore[union-attr]
    outline = [entry.title for entry in reader(made.content).outline]  # type: ignore[union-attr]
    assert f"Score and tier: {name} wins" in outline


def test_a_name_that_cannot_be_printed_is_refused_before_anything_is_made() -> None:
    with pytest.raises(Refused) as refused:
        write_pack(pack(partner=Party("p", "Acme \U000e1234")), FORMATS)
    assert "U+E1234" in refused.value.sentence
    assert "name on documents" in refused.value.remedy
    with pytest.raises(Refused, match="Halvorsen Data"):
        write_pack(pack(renewals=tuple(replace(r, customer="שלום") for r in renewals())), FORMATS)


def test_the_file_holds_text_in_embedded_fonts_and_no_image() -> None:
    content = write_pack(pack(), FORMATS)
    assert all(fonts_of(content).values())
    assert {re.sub(r"^[A-Z]{6}\+", "", name.lstrip("/")) for name in fonts_of(content)} == {
        "IBMPlexSans-Regular",
        "IBMPlexSans-Medium",
        "IBMPlexSans-SemiBold",
    }
    assert images_of(content) == 0


def test_metadata_is_title_vendor_period_and_the_day_of_the_data() -> None:
    info = reader(write_pack(pack(), FORMATS)).metadata
    assert info is not None
    assert dict(info) == {
        "/Title": "Quarterly business review, Halvorsen Data, Q3 2026",
        "/Author": "Fennmark Software",
        "/Subject": "Q3 2026",
        "/CreationDate": "D:20261119000000Z",
        "/ModDate": "D:20261119000000Z",
    }


def test_the_outline_leads_to_every_page_once() -> None:
    found = reader(write_pack(pack(commitments=commitments() * 3), FORMATS))
    titles = [entry.title for entry in found.outline]  # type: ignore[union-attr]
    assert titles[0].startswith("Summary: Q3:")
    assert titles[-1] == "Appendix"
    assert len(titles) == 9
    assert [found.get_destination_page_number(entry) for entry in found.outline] == [0, 1, 3, 4, 5, 6, 7, 8, 9]  # type: ignore[arg-type]


def test_equal_data_gives_equal_bytes() -> None:
    assert write_pack(pack(), FORMATS) == write_pack(pack(), Formats("en_GB"))
    assert write_pack(pack(), FORMATS) != write_pack(pack(version=2, run="R-2"), FORMATS)


def test_another_accent_changes_the_look_alone() -> None:
    branded = replace(DOCUMENT, accent="#7A0C35")
    assert texts(write_pack(pack(), FORMATS, branded)) == texts(write_pack(pack(), FORMATS))
    assert write_pack(pack(), FORMATS, branded) != write_pack(pack(), FORMATS)


# Whose data it is


def test_the_partners_pack_cannot_hold_a_note_of_ours() -> None:
    def types(kind: type) -> set[str]:
        names = set()
        for field in dataclasses.fields(kind):
            names.add(field.name)
            for inner in re.findall(r"\w+", str(field.type)):
                found = getattr(__import__("partnerdesk.reports.pack.data", fromlist=["x"]), inner, None)
                if dataclasses.is_dataclass(found) and isinstance(found, type):
                    names |= {inner, *types(found)}
        return names

    assert "StatementLine" in types(PackData)
    assert not {"InternalNote", "notes", "internal", "internal_notes"} & types(PackData)
    assert "InternalNote" in types(InternalPack)


def test_the_internal_variant_is_marked_on_every_page_and_holds_the_notes() -> None:
    made = compose(internal_pack(), FORMATS)
    assert made.faults == ()
    assert made.pages[8] == "internal"
    found = texts(made.content)
    assert all("INTERNAL" in text for text in found)
    assert not [text for text in found if "Confidential" in text]
    assert "Jonas is looking for another job" in found[8]
    info = reader(made.content).metadata
    assert info is not None
    assert info.title is not None
    assert info.title.endswith("(internal)")


def test_the_partners_variant_says_nothing_internal() -> None:
    content = write_pack(internal_pack().data, FORMATS)
    assert "INTERNAL" not in " ".join(texts(content))
    assert "another job" not in " ".join(texts(content))
    assert "/page-internal" not in str(reader(content).trailer)


def test_nothing_of_the_partner_before_is_in_the_next_pack() -> None:
    """One process makes many packs; caches of fonts, words and figures must not carry anything over."""
    canary = "ZQXJCANARYWORD"
    marked = pack(
        partner=Party("p-1", canary),
        renewals=tuple(replace(r, customer=canary) for r in renewals()),
        commitments=tuple(replace(c, text=canary) for c in commitments()),
        texts={"score": PageText(canary, canary)},
    )
    write_pack(marked, FORMATS)
    other = compose(pack(), FORMATS)
    assert not [p.text for p in other.placed if canary in p.text]
    assert canary not in " ".join(texts(other.content))


def test_every_larger_number_on_the_pages_is_one_of_the_partners() -> None:
    """The closed world: whole numbers of four digits and more come from the data, or are one of these sums over it."""
    known = {
        match.split(".")[0].replace(",", "") for match in re.findall(r"\d[\d,.]*", str(dataclasses.asdict(pack())))
    }
    known |= {"90400", "73150", "180000", "95400", "104425", "208400", "156100", "113000", "51675"}  # over rows
    known |= {"596000", "44000", "640000"}  # deals by name, the others, all
    known |= {"3300", "14225", "3900", "7425", "9000"}  # clawed back; releases by kind and by month
    shown = [(text, re.findall(r"\d[\d,.]*\d", text)) for text in pages()]
    strangers = {n for _, found in shown for n in found if len(whole(n)) >= 4 and whole(n) not in known}
    assert strangers == set()
    assert sum(len(whole(n)) >= 4 for _, found in shown for n in found) > 100


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Halvorsen Data", "QBR_Halvorsen Data_2026Q3_v1.pdf"),
        ("CON", r"QBR_CON.*_2026Q3_v1\.pdf"),
        ("../../x", r"QBR_[^/\\]*_2026Q3_v1\.pdf"),
        ("R&D <Labs>", r"QBR_R&D[^<>]*_2026Q3_v1\.pdf"),
    ],
)
def test_the_file_has_a_safe_name(name: str, expected: str) -> None:
    assert re.fullmatch(expected, file_name(pack(partner=Party("p-1", name))))


def test_the_internal_variant_says_so_in_its_name() -> None:
    assert file_name(internal_pack()) == "QBR_Halvorsen Data_2026Q3_v1_INTERNAL.pdf"
