"""The pictures in docs/pictures, taken of the site as it is: `make pictures`.

pytest finds this file only when it is named.
"""

from functools import partial

from assessments.actions import assessment as actions
from assessments.domain.answers import Degree, LastDone
from assessments.models import Answer, QualificationAnswer, RoleVersion, User
from careerpath.settings import BASE_DIR
from tests.browser import guide
from tests.browser.journey import ROLE, question_path, submitted
from tests.conftest import PASSWORD
from tests.published import answer

FOLDER = BASE_DIR / "docs" / "pictures"
LARGEST = 250_000  # bytes
LARGEST_OF_GUIDE = 165_000
WIDTH = 1280
# Somebody who analyses data well and has yet to run models for others.
LEVELS = {
    "python": 3,
    "tensorflow": 1,
    "data-structures": 2,
    "algorithms": 2,
    "computer-architecture": 1,
    "problem-solving": 3,
    "communication": 3,
    "ml-system-design": 1,
    "model-operations": 1,
    "data-analysis": 4,
    "ml-algorithms": 3,
    "model-validation": 2,
    "cross-functional-work": 3,
    "keeping-up": 3,
    "decision-makers": 2,
    "mathematical-modelling": 3,
    "simulation-modelling": None,
    "spss": 2,
    "bash": 3,
    "google-docs": 4,
    "weighing-alternatives": 3,
    "mathematics": 4,
    "systems-evaluation": 1,
    "judgement": 3,
    "complex-problem-solving": 2,
    "cloud-computing": 1,
    "software-practice": 2,
}
HALF = 14
SOME_TIME_AGO = {"communication", "mathematics"}
EXAMPLE = "I held back the last quarter and saw that the model had learnt the season only."


def take(page, name, height):
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}.png"
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.screenshot(path=path)
    assert path.stat().st_size < LARGEST, name


def answers(assessment, levels):
    return [
        Answer(
            assessment=assessment,
            skill=skill,
            level=level,
            last_done=LastDone.ONE_TO_THREE_YEARS if skill in SOME_TIME_AGO else LastDone.NOT_SAID,
            revision=1,
        )
        for skill, level in levels.items()
    ]


def test_pictures(page, member, role, enter):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    take_role(page)
    enter(member)
    mine = actions.start(by=member, version=role)
    Answer.objects.bulk_create(answers(mine, dict([*LEVELS.items()][:HALF])))
    take_tasks(page, mine)
    take_question(page, mine)
    Answer.objects.bulk_create(answers(mine, dict([*LEVELS.items()][HALF:])))
    QualificationAnswer.objects.create(
        assessment=mine, degree=Degree.BACHELOR, field="mathematics", revision=1
    )
    take_report(page, actions.submit(assessment=mine))


def take_role(page):
    page.goto(ROLE)
    take(page, "role", 1300)


def take_tasks(page, mine):
    page.goto(f"/assessments/{mine.key}/")
    take(page, "task-list", 1100)


def take_question(page, mine):
    page.goto(question_path(mine.key, "model-validation"))
    page.locator(".level-card label").nth(LEVELS["model-validation"]).click()
    page.get_by_text("1 to 3 years ago").click()
    page.locator("textarea[name=example]").fill(EXAMPLE)
    page.evaluate("scrollTo(0, 0)")
    page.locator("h1").click()
    take(page, "question", 1600)


def take_report(page, sent):
    page.goto(f"/reports/{sent.key}/")
    take(page, "report", 1500)
    page.locator("#gaps").evaluate("element => element.scrollIntoView()")
    take(page, "report-table", 1000)


# --- The pictures of docs/editing.md ----------------------------------------------------------


def take_step(page, name, height, near=None):
    page.wait_for_load_state()
    page.evaluate("document.activeElement.blur()")
    page.set_viewport_size({"width": WIDTH, "height": height})
    if near:
        near.evaluate("element => element.scrollIntoView({block: 'end'})")
    take(page, name, height)
    assert (FOLDER / f"{name}.png").stat().st_size < LARGEST_OF_GUIDE, name


def finished(version, people):
    """So many people that their numbers may be shown."""
    for number, person in enumerate(people):
        levels = {skill.replace("-", "_"): level for skill, level in LEVELS.items()}
        levels |= {"python": number % 4, "systems_evaluation": None}
        submitted(person, version, **levels)


def test_pictures_of_the_guide(page, member, stranger, editor, role, enter, new_context):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    picture = partial(take_step, page)
    people = [
        User.objects.create_verified_user(f"member{number}@example.org", PASSWORD)
        for number in range(20)
    ]
    finished(role, people[:12])
    answer(actions.start(by=member, version=role), python=3, algorithms=2, communication=None)
    enter(editor)
    guide.add_a_skill(page, picture)
    guide.use_it_in_a_requirement(page, picture)
    guide.change_a_required_level(page, picture)
    guide.add_a_link(page, picture)
    guide.review_and_publish(page, picture)
    finished(RoleVersion.objects.get(number=2), people[8:])
    enter(member)
    guide.look_at_the_change_as_a_member(page, picture)
    enter(editor)
    guide.undo(page, picture)
    table = guide.edited(guide.export(page), "python", "description", "Python 3 and its tools.")
    guide.import_it(page, table, picture)
    guide.see_how_the_questions_work(page, picture)
    stranger.is_staff = True
    stranger.save()
    stranger.groups.set(editor.groups.all())
    elsewhere = new_context()
    enter(stranger, elsewhere)
    guide.two_editors(page, elsewhere.new_page(), picture)
