"""What a user reads about a bad file: one sentence with its place and its remedy, word for word."""

import pytest

from partnerdesk.errors import Refused
from tests.hostile.tables import PROBLEMS, QUESTIONS, REFUSED
from tests.intake.conftest import Drafted


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_names_file_line_column_and_remedy(drafted: Drafted, name: str) -> None:
    content, sentence = PROBLEMS[name]
    draft = drafted(content)
    first = str(draft.problems[0])
    assert first == (f"q3.csv {sentence}" if sentence.startswith("line") else f"q3.csv: {sentence}")
    assert draft.rejected >= 1


def test_good_rows_come_in_beside_a_bad_one(drafted: Drafted) -> None:
    for name in ("a word for a number", "too few cells", "no currency", "a damaged character"):
        draft = drafted(PROBLEMS[name][0])
        assert (draft.accepted, draft.rejected) == (1, 1), name


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_what_to_do(drafted: Drafted, name: str) -> None:
    content, sentence = REFUSED[name]
    with pytest.raises(Refused) as refused:
        drafted(content)
    assert sentence in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_only_the_user_can_say_is_asked(drafted: Drafted, name: str) -> None:
    content, asks, answers = QUESTIONS[name]
    question = drafted(content).questions[0]
    assert question.asks == asks
    assert tuple(o.says for o in question.options) == answers
    assert question.because


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_closes_its_question(drafted: Drafted, name: str) -> None:
    content = QUESTIONS[name][0]
    question = drafted(content).questions[0]
    for option in question.options:
        later = drafted(content, {question.key: option.value}).questions
        assert question.key not in [q.key for q in later]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"column:Amount": "deal.amuont"},
            "“deal.amuont” is no field that a column can become. Did you mean “deal.amount”?",
        ),
        (
            {"column:Amonut": "deal.amount"},
            "names a column “Amonut” that the file does not have. Did you mean “Amount”?",
        ),
        ({"date:Closed": "US"}, "“US” is no answer to “date:Closed”. Choose one of: day first, month first."),
        ({"dates": "day first"}, "There is no choice “dates”. Did you mean “date”?"),
        ({"encoding": "klingon"}, "“klingon” is not an encoding that this program knows."),
        ({"sheet": "Deals"}, "q3.csv has no sheet “Deals”."),
        ({"set:deal.amount": "abc"}, "“abc” cannot be the value of amount. Choose another value."),
        ({"kind": "deel"}, "“deel” is no answer to “kind”."),
    ],
)
def test_a_choice_that_cannot_be_is_refused(drafted: Drafted, choices: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        drafted(PROBLEMS["no such day"][0], choices)
    assert sentence in str(refused.value)
