"""What docs/editing.md tells an editor to do, step by step, by what the pages call it.

Each step leaves the page where the guide leaves its reader. Where the guide shows a picture, a
step calls `picture`; `make pictures` takes it there, tests do not.
"""

import csv
import io

from playwright.sync_api import expect

ROLE = "Machine Learning Engineer"
SENTENCES = {
    "0 None": "I have never written a query against a database",
    "1 Aware": "I can read a short SELECT and say which rows it returns",
    "2 Guided": "I write joins and groupings with an example beside me",
    "3 Independent": "I get the data a project needs out of tables I did not design",
    "4 Leading": "I tune slow statements and decide how others lay out their tables",
}
REASON = "Training data mostly lies in databases."
LINK = "https://www.kaggle.com/learn/intro-to-sql"
NOTE = "SQL is asked for; data structures one level lower."
COLLEAGUE = "What a colleague wrote in the meantime."
MINE = "What I wrote."


def no_picture(name, height, near=None):
    """In tests."""


def start(page, what):
    page.goto("/admin/")
    link(page, what)


def link(page, name):
    page.locator("#content").get_by_role("link", name=name, exact=True).first.click()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def says(page, text):
    expect(page.locator("#content, .messagelist").filter(has_text=text).first).to_be_visible()


def saved(page):
    expect(page.locator(".messagelist .success")).to_contain_text("successfully")


def sign_in(page, email, password):
    page.goto("/admin/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")
    expect(page.get_by_role("heading", name="What would you like to edit?")).to_be_visible()


def add_a_skill(page, picture=no_picture):
    start(page, "Skills")
    link(page, "Add skill")
    page.get_by_label("Name:", exact=True).fill("SQL")
    page.get_by_label("Category:").fill("Databases")
    expect(page.get_by_label("Short name:")).to_have_value("sql")
    page.get_by_label("Description:").fill("Asking questions of tables in a relational database.")
    for level, sentence in SENTENCES.items():
        page.get_by_label(level).fill(sentence)
    picture("editing-skill", 1000)
    with page.expect_popup() as opened:
        press(page, "Preview as members will see it")
    opened.value.get_by_text(SENTENCES["3 Independent"]).first.wait_for()
    opened.value.close()
    press(page, "Save")
    saved(page)


def requirements_of_the_role(page):
    start(page, "Roles")
    link(page, ROLE)
    page.locator("#content").get_by_role("link", name="requirements").click()


def use_it_in_a_requirement(page, picture=no_picture):
    requirements_of_the_role(page)
    link(page, "Add requirement")
    page.get_by_label("Group:").select_option(label="Technologies")
    page.get_by_label("Title:").fill("Getting data with SQL")
    page.get_by_label("Required level:").fill("3")
    page.get_by_label("Importance:").select_option(label="4 Very important")
    page.get_by_label("Essential").check()
    page.get_by_label("Reason:").fill(REASON)
    page.get_by_label("Skill, new row 1").fill("SQL")
    picture("editing-requirement", 1000)
    press(page, "Save")
    saved(page)


def change_a_required_level(page, picture=no_picture):
    requirements_of_the_role(page)
    page.get_by_label("Required level, Data structures").select_option(label="2 Guided")
    picture("editing-level", 700)
    press(page, "Save")
    saved(page)


def add_a_link(page, picture=no_picture):
    start(page, "Resources")
    expect(page.get_by_role("link", name="Add resource", exact=True).first).to_be_visible()
    link(page, "Kaggle")
    row = page.locator("tr.form-row:not(.empty-form)").last
    row.get_by_label("Skill,").fill("SQL")
    row.get_by_label("From level,").fill("0")
    row.get_by_label("To level,").fill("3")
    row.get_by_label("Address,").fill(LINK)
    row.get_by_label("Why this one,").fill("Short lessons; you run each query yourself.")
    picture("editing-link", 800, row)
    press(page, "Save")
    saved(page)


def review(page):
    start(page, "Roles")
    link(page, ROLE)
    link(page, "Review and publish")


def review_and_publish(page, picture=no_picture, number=2):
    review(page)
    page.get_by_label("Note").fill(NOTE)
    picture("editing-publish", 1000)
    press(page, f"Publish version {number}")
    says(page, f"Version {number} is published.")


def look_at_the_change_as_a_member(page, picture=no_picture):
    """By somebody with an open assessment."""
    page.goto("/assessments/")
    page.get_by_role("link", name=ROLE).first.click()
    page.get_by_role("link", name="See what changed").click()
    page.get_by_role("button", name="Move to version 2").wait_for()
    picture("editing-members", 1080)


def look_at_the_change_of_a_report(page):
    page.goto("/assessments/")
    page.get_by_role("link", name="see what changed").click()


def find_changes(page, words, show=None):
    start(page, "Changes: who changed what, and how to put it back")
    page.get_by_label("Role, skill or other name").fill(words)
    if show:
        page.get_by_label("Show", exact=True).select_option(label=show)
    press(page, "Show")


def undo(page, picture=no_picture):
    find_changes(page, "Data structures")
    picture("editing-changes", 600)
    page.get_by_role("link", name="Put back").first.click()
    press(page, "Put back")
    says(page, "Put back: Data structures.")


def delete(page):
    start(page, "Requirements")
    link(page, "Simulation modelling")
    link(page, "Delete")
    press(page, "Yes, delete it")
    saved(page)


def bring_back_what_was_deleted(page):
    find_changes(page, "Simulation modelling", "Deleted, can be put back")
    page.get_by_role("link", name="Put back").first.click()
    press(page, "Put back")
    says(page, "Put back: Simulation modelling.")


def export(page, how="Export as CSV"):
    start(page, "Skills")
    with page.expect_download() as download:
        link(page, how)
    return download.value.path().read_bytes()


def edited(table, slug, column, text):
    """As a spreadsheet does it."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    next(row for row in rows if row["slug"] == slug)[column] = text
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def choose_a_file(page, table):
    start(page, "Skills")
    link(page, "Import")
    file = {"name": "skills.csv", "mimeType": "text/csv", "buffer": table}
    page.get_by_label("File:").set_input_files(file)
    press(page, "Show what would change")


def import_it(page, table, picture=no_picture):
    choose_a_file(page, table)
    says(page, "1 changed")
    picture("editing-import", 600)
    press(page, "Import these rows")
    says(page, "Imported: 0 new, 1 changed")


def see_how_the_questions_work(page, picture=no_picture):
    start(page, "Roles")
    link(page, ROLE)
    link(page, "Published versions")
    page.locator("#result_list tbody").get_by_role("link").first.click()
    link(page, "How the questions work")
    page.get_by_role("heading", name="Rewrite these first").wait_for()
    picture("editing-questions", 800)


def find_broken_links(page):
    start(page, "Resources")
    link(page, "With a broken link")
    page.locator("#result_list tbody").get_by_role("link").first.click()
    return page.locator("tr.form-row").filter(has_text="Broken")


def open_skill(page, name):
    start(page, "Skills")
    page.locator("#searchbar").fill(name)
    page.keyboard.press("Enter")
    page.locator("#result_list").get_by_role("link", name=name, exact=True).click()


def two_editors(page, others_page, picture=no_picture):
    open_skill(page, "Python")
    open_skill(others_page, "Python")
    others_page.get_by_label("Description:").fill(COLLEAGUE)
    press(others_page, "Save")
    saved(others_page)
    page.get_by_label("Description:").fill(MINE)
    press(page, "Save")
    page.get_by_role("heading", name="Changed by somebody else").wait_for()
    picture("editing-conflict", 900)


def keep_mine(page):
    press(page, "Save")
    saved(page)
