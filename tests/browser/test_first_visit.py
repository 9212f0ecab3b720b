"""What a first visit takes; `make visit` measures the whole journey, on the server as shipped."""

from bench import visit
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.published import publish

SKILLS = ["python", "sql", "talking"]
TO_THE_QUESTIONS, TO_THE_REPORT = 18, 7


def test_four_clicks_to_the_first_answer(page, role, base_url):
    assert 2 <= visit.first_answer(page, base_url).clicks <= visit.MOST_CLICKS


def test_three_keys_to_a_question(page, db, base_url):
    """One of several skills, with links to the others, takes no more than another."""
    asked = [requirement(one, 3) for one in SKILLS]
    asked.append(requirement("languages", 3, skills=("r", "java")))
    publish(definition(*asked, qualifications=(qualification(),), fields=FIELDS))
    found = visit.whole_journey(page, base_url, account=False)
    questions = found.loads - len(["home", "start", "qualifications", "review", "report"])
    assert questions in (4, 5)
    assert found.keys <= TO_THE_QUESTIONS + 3 * questions + TO_THE_REPORT
