"""Names of months in the languages that files come in, and nothing else about days."""

from functools import lru_cache

from partnerdesk.intake.lexicon import squash

_NAMES = """
january jan januar janvier janv enero ene gennaio gen januari janeiro styczen sty stycznia tammikuu jaenner janner
february feb februar fevrier fevr febrero febbraio februari fevereiro fev luty lut lutego helmikuu
march mar marz maerz mrz mars marzo maart mrt marco marzec marca maaliskuu
april apr avril avr abril abr aprile kwiecien kwi kwietnia huhtikuu
may mai mayo maggio mag mei maio maj maja toukokuu
june jun juni juin junio giugno giu junho czerwiec cze czerwca kesakuu
july jul juli juillet juil julio luglio lug julho lipiec lip lipca heinakuu
august aug aout agosto ago augustus augusti sierpien sie sierpnia elokuu
september sep sept septembre septiembre settembre set setembro wrzesien wrz wrzesnia syyskuu
october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik paz pazdziernika lokakuu
november nov novembre noviembre novembro listopad lis listopada marraskuu
december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudzien gru grudnia joulukuu
"""


@lru_cache(maxsize=1)
def names() -> dict[str, int]:
    """Squashed name -> month, 1 to 12."""
    return {name: i for i, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()}


def month(word: str) -> int:
    """The month that a word names, or 0."""
    return names().get(squash(word), 0)
