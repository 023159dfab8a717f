"""What a day is called in a calendar: ours in English, a partner's in its language, as its mails are."""

from collections.abc import Mapping

from partnerdesk.queries.joint.dates import ACTION, ANSWER, NEXT, NOTICE, PLAN, RENEWAL, REVIEW, DateRow

OURS = "en"  # also for a partner whose language has no words here
_TITLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        REVIEW: "Review {about}",
        NEXT: "Next review",
        RENEWAL: "{about} renews",
        NOTICE: "Last day of notice, {about}",
        PLAN: "{about}: {detail}",
        ANSWER: "Answer to dispute {about} is due",
        ACTION: "{about}",
    },
    "de": {
        REVIEW: "Review {about}",
        NEXT: "Nächstes Review",
        RENEWAL: "{about}: Verlängerung",
        NOTICE: "Letzter Kündigungstag, {about}",
        PLAN: "{about}: {detail}",
        ANSWER: "Antwort zur Reklamation {about} fällig",
        ACTION: "{about}",
    },
    "fr": {
        REVIEW: "Revue {about}",
        NEXT: "Prochaine revue",
        RENEWAL: "{about} : renouvellement",
        NOTICE: "Dernier jour de préavis, {about}",
        PLAN: "{about} : {detail}",
        ANSWER: "Réponse à la contestation {about} attendue",
        ACTION: "{about}",
    },
}
_DETAILS = {"de": {"kick-off": "Auftakt", "ends": "Ende"}, "fr": {"kick-off": "lancement", "ends": "fin"}}
_OWNER = {"en": "Owner: {owner}", "de": "Zuständig: {owner}", "fr": "Responsable : {owner}"}


def language_of(locale: str) -> str:
    """The language of a locale such as de_AT, if there are words in it; else ours."""
    found = locale.partition("_")[0].lower()
    return found if found in _TITLES else OURS


def title_of(row: DateRow, language: str = OURS) -> str:
    """What a day is called; what somebody typed stays as it was typed."""
    told = row.detail.lower()
    detail = _DETAILS.get(language, {}).get(told, told)
    return _TITLES[language][row.kind].replace("{detail}", detail).replace("{about}", row.about)


def text_of(row: DateRow, language: str = OURS) -> str:
    """Who owes an action; an entry is passed on without the list it came from."""
    return _OWNER[language].replace("{owner}", row.owner) if row.kind == ACTION and row.owner else ""
