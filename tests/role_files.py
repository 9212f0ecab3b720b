"""Role files for tests: a small whole one, and the same with one thing changed."""

TINY = """\
format: careerpath-role/1
role:
  slug: tester
  title: Tester
  summary: Finds faults.
  passages:
    - {kind: overview, title: "", text: What the work is.}
facts:
  - slug: pay
    label: Median pay a year
    value: 85720
    value_to: null
    unit: usd-per-year
    occupation: Testers
    source: A survey
    source_url: https://survey.example.org/
    source_date: May 2022
    note: One of several.
scales:
  - slug: curated
    name: Five levels
    levels:
      - {level: 0, word: "None", meaning: Not yet}
      - {level: 1, word: Aware, meaning: Has seen it}
      - {level: 2, word: Guided, meaning: With help}
      - {level: 3, word: Independent, meaning: Alone}
      - {level: 4, word: Leading, meaning: Leads}
groups:
  - {slug: basics, title: Basics, intro: Where it starts.}
requirements:
  - slug: language
    title: A language
    group: basics
    skills: [python, java]
    level: 3
    importance: 5
    essential: true
    reason: It is the tool.
qualifications:
  - slug: degree
    title: A degree
    degrees: [master, doctorate]
    fields: [physics]
    essential: false
    importance: 2
    reason: It helps.
fields:
  - {slug: physics, name: Physics}
skills:
  - slug: python
    name: Python
    category: Languages
    scale: curated
    description: The language.
    anchors:
      0: I have never tried it
      1: I can follow somebody who shows me how
      2: I finish small pieces while a colleague checks them
      3: I plan and deliver ordinary work by myself
      4: I solve rare, hard cases and teach the others
  - slug: java
    name: Java
    category: Languages
    scale: curated
    description: The other language.
    anchors:
      0: I have not opened it
      1: I read a class and say what it is for
      2: I change a method with a test beside me
      3: I build and ship a service alone
      4: I settle how teams here write it
resources:
  - slug: school
    name: School
    provider: A school
    kind: course
    cost: free
    url: https://school.example.org/
    purpose: Courses.
    links:
      - {skill: python, from: 0, to: 4, url: "https://school.example.org/python", reason: It fits.}
"""


def tiny(**changes: str) -> bytes:
    """TINY with each text replaced that stands in it once: tiny(**{"level: 3": "level: 9"})."""
    text = TINY
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"“{old}” stands {text.count(old)} times in the file")
        text = text.replace(old, new)
    return text.encode()


def line_of(text: str, content: bytes) -> int:
    """The number of the first line with this text in it."""
    lines = content.decode().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)
