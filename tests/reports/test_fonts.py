"""Which font draws which character: ours, then DejaVu, then one of the computer's; what nobody draws is refused."""

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from partnerdesk.paths import resource
from partnerdesk.reports import fonts, gate
from partnerdesk.reports.look import CELL, TITLE, Role
from partnerdesk.reports.sfnt import fonts_in, read_font

PLEX = resource("fonts") / "IBMPlexSans_400Regular.ttf"


@pytest.mark.parametrize(
    "text",
    [
        "Straße, façade, čeština, Łódź, İstanbul, Ørsted",
        "Ελληνικά Δεδομένα",
        "Компания Будущее, Україна",
        "Công ty Cổ phần Đầu tư và Phát triển",
        "−1,234.50 × 2 ± 3 ≥ 4 → €",
        "R&D <Labs> $5k to $10k \\alpha_x^2",
    ],
)
def test_our_own_font_draws_the_scripts_of_our_users(text: str) -> None:
    assert [run.text for run in fonts.runs(text, "semibold")] == [text]
    assert fonts.runs(text, "regular")[0].font.path == PLEX


def test_other_scripts_come_from_the_font_that_ships_with_the_charts() -> None:
    first, second, third = fonts.runs("AB ქართული CD", "semibold")
    assert (first.text, second.text, third.text) == ("AB ", "ქართული", " CD")
    assert second.font.family == "DejaVu Sans"
    assert second.heavier
    assert not fonts.runs("ქართული", "regular")[0].heavier


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(fonts.Undrawable) as refused:
        fonts.runs("Acme \U000e1234 Corp", "regular")
    assert "U+E1234" in str(refused.value)


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "हिन्दी", "မြန်မာ"])
def test_a_script_that_would_come_out_wrong_is_refused(text: str) -> None:
    with pytest.raises(fonts.Undrawable, match="cannot be set on pages"):
        fonts.runs(text, "regular")


def test_lone_halves_of_a_character_are_refused() -> None:
    with pytest.raises(fonts.Undrawable):
        fonts.runs("a\ud800b", "regular")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("zero\u200bwidth\u200d \ufeffmark\u00ad", "zerowidth mark"),
        ("over\u202eride\x00\x07", "override"),
        ("e\u0301cole", "école"),
        ("hard\u00a0space", "hard\u00a0space"),
        ("  two  spaces ", "  two  spaces "),
    ],
)
def test_text_becomes_one_visible_line(text: str, shown: str) -> None:
    assert fonts.plain(text) == shown


def test_widths_are_those_that_the_pdf_library_measures() -> None:
    ttfonts = gate.pdf("pdfbase.ttfonts")
    for name, file in fonts.FILES.items():
        theirs = ttfonts.TTFont(f"check-{name}", str(resource("fonts") / file))
        text = "Quarterly, 1,234.50 − ÄÖÜ Кир ậ"
        assert fonts.width(text, Role(12, 14, name)) == pytest.approx(theirs.stringWidth(text, 12), abs=0.01)


def test_digits_are_as_wide_as_each_other_in_every_weight() -> None:
    for role in (CELL, TITLE):
        widths = {round(fonts.width(digit, role), 6) for digit in "0123456789−+"}
        assert len(widths) == 1


def test_letter_spacing_counts() -> None:
    plain = Role(21, 26, "semibold")
    assert fonts.width("abcd", TITLE) == pytest.approx(fonts.width("abcd", plain) - 0.8)


# Fonts of the computer


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A computer whose only fonts are those put into this folder."""
    caches = (fonts.runs, fonts.fallback, fonts._installed, fonts._count, fonts._opened)
    monkeypatch.setattr(fonts, "system_folders", lambda: (tmp_path,))
    for cache in caches:
        cache.cache_clear()
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


def font_with(path: Path, characters: str, *, embedding: int = 0, outlines: bool = True) -> Path:
    """A TrueType font of squares that draws these characters."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (900, 700), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    names = [".notdef", *(f"u{ord(c):04X}" for c in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares-Regular"})
    if not outlines:
        del builder.font["glyf"]
        del builder.font["loca"]
    builder.save(path)
    return path


def test_chinese_comes_from_a_font_of_the_computer(computer: Path) -> None:
    font_with(computer / "NotoSansSC-Regular.ttf", "北京")
    latin, chinese = fonts.runs("Acme 北京", "regular")
    assert (latin.text, chinese.text) == ("Acme ", "北京")
    assert chinese.font.family == "Squares"
    assert fonts.width("北京", CELL) == pytest.approx(2 * CELL.size)


def test_without_such_a_font_the_name_is_refused(computer: Path) -> None:
    with pytest.raises(fonts.Undrawable, match="no font on this computer"):
        fonts.runs("北京", "regular")


@pytest.mark.parametrize("name", ["北京软件", "東京システム", "서울 소프트웨어"])
def test_for_a_customer_in_chinese_japanese_or_korean_the_remedy_is_a_font(
    computer: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """One customer's name stops the whole pack, and only partners have a name on documents."""
    monkeypatch.setattr(fonts.sys, "platform", "linux")
    with pytest.raises(fonts.Undrawable) as refused:
        fonts.runs(name, "regular")
    said = fonts.remedy(refused.value, "Acme")
    assert "apt-get install fonts-wqy-zenhei" in said
    assert "name on documents" not in said
    font_with(computer / "wqy-zenhei.ttc", name)
    for cache in (fonts.runs, fonts.fallback, fonts._installed, fonts._count, fonts._opened):
        cache.cache_clear()
    assert "".join(run.text for run in fonts.runs(name, "regular")) == name


@pytest.mark.parametrize(
    ("owner", "way"), [("שלום", "a column “name on documents”"), ("Acme", "where it comes from, and import that file")]
)
def test_a_name_from_right_to_left_is_written_in_other_letters(owner: str, way: str) -> None:
    with pytest.raises(fonts.Undrawable) as refused:
        fonts.runs("Confidential: prepared for שלום", "regular")
    said = fonts.remedy(refused.value, owner)
    assert way in said
    assert "Install" not in said


def test_a_font_that_may_not_be_embedded_is_not_used(computer: Path) -> None:
    font_with(computer / "a.ttf", "北京", embedding=2)
    assert fonts.fallback("北") is None


def test_a_font_without_truetype_outlines_is_not_used(computer: Path) -> None:
    font_with(computer / "a.ttf", "北京", outlines=False)
    assert fonts.fallback("北") is None


def test_damaged_files_among_the_fonts_do_no_harm(computer: Path) -> None:
    whole = PLEX.read_bytes()
    (computer / "empty.ttf").write_bytes(b"")
    (computer / "text.ttf").write_text("not a font")
    (computer / "half.ttf").write_bytes(whole[: len(whole) // 2])
    (computer / "lies.ttc").write_bytes(b"ttcf" + struct.pack(">III", 1, 0xFFFFFFFF, 0xFFFFFFF0))
    (computer / "folder.ttf").mkdir()
    good = font_with(computer / "good.ttf", "北")
    found = fonts.fallback("北")
    assert found is not None
    assert found.path == good


def test_the_likeliest_font_is_asked_first(computer: Path) -> None:
    font_with(computer / "AAA-Italic.ttf", "北")
    font_with(computer / "BBB.ttf", "北")
    preferred = font_with(computer / "wqy-microhei.ttf", "北")
    found = fonts.fallback("北")
    assert found is not None
    assert found.path == preferred


def test_a_collection_is_read_font_by_font(tmp_path: Path) -> None:
    from fontTools.ttLib import TTCollection, TTFont

    collection = TTCollection()
    collection.fonts = [TTFont(font_with(tmp_path / f"{n}.ttf", text)) for n, text in enumerate(["ab", "北京"])]
    path = tmp_path / "both.ttc"
    collection.save(path)
    assert fonts_in(path) == 2
    assert read_font(path, 1).covers("北京")
    assert not read_font(path, 0).covers("北")


def test_the_folders_of_the_system_come_before_those_of_the_user(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".fonts").mkdir()
    if fonts.sys.platform.startswith("linux"):
        assert fonts.system_folders()[-1] == tmp_path / ".fonts"
    assert all(folder.is_dir() for folder in fonts.system_folders())


def test_ours_covers_whole_alphabets() -> None:
    plex = fonts.face("regular")
    for start, end in ((0x0100, 0x017F), (0x0410, 0x044F), (0x1EA0, 0x1EF9), (0x0391, 0x03C9)):
        letters = [chr(n) for n in range(start, end + 1) if unicodedata.category(chr(n)) in ("Lu", "Ll")]
        assert [c for c in letters if ord(c) not in plex.glyphs and c != "ŉ"] == []
