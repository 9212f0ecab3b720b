"""What a small phone shows of a question at once, and how far it is to Continue."""

from assessments.actions import assessment as actions
from assessments.models import Answer
from tests.browser.journey import question_path
from tests.published import answer

PHONE = {"width": 360, "height": 640}
# In screens, from where a page begins that one comes to from the last question: its heading.
PLACES = """() => {
  const box = selector => document.querySelector(selector).getBoundingClientRect();
  const [third, press] = [box(".level-card:has([value='2'])"), box("[value=continue]")];
  return [box("h1").top, third.bottom, press.bottom].map(place => place / innerHeight);
}"""
# One of three, one with a long name, and one with what was said before, which takes its room.
SCREENS = {"python": 2, "software-practice": 2, "model-validation": 2.25}


def test_three_levels_are_seen_at_once_and_continue_is_two_screens_away(
    page, member, version, enter
):
    before = actions.start(by=member, version=version)
    answer(before, **{"model-validation": 1})
    Answer.objects.update(last_done="1-3-years", example="I held back the last quarter.")
    actions.submit(assessment=before)
    mine = actions.start(by=member, version=version)
    enter(member)
    page.set_viewport_size(PHONE)
    for skill, screens in SCREENS.items():
        page.goto(f"{question_path(mine.key, skill)}#question")
        heading, third, press = page.evaluate(PLACES)
        assert 0 <= heading < third <= 1 < press <= screens, skill
    assert page.locator(".earlier-answer, .earlier-example").count() == 2
