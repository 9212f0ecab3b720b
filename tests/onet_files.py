"""A release of O*NET in small: five occupations, five rated elements, the same tables.

Nothing in it is O*NET's own text. What is left out of a table here is left out there too now and
then: `n/a`, a suppressed level, an element that is not relevant, an occupation without ratings.
"""

import zipfile

ANALYST, DEVELOPER, OTHERS = "15-2031.00", "15-1252.00", "15-1299.00"
LABORER, INFANTRY = "47-2061.00", "55-3016.00"
MATHEMATICS, PROGRAMMING = "2.A.1.e", "2.B.3.e"
KNOWLEDGE_OF_MATHEMATICS, MEDIA, TRANSPORTATION = "2.C.4.a", "2.C.9.b", "2.C.10"
CODE, ELEMENT = "O*NET-SOC Code", "Element ID\tElement Name"
RATED = (
    f"{CODE}\t{ELEMENT}\tScale ID\tData Value\tN\tStandard Error\tLower CI Bound\tUpper CI Bound"
    "\tRecommend Suppress\tNot Relevant\tDate\tDomain Source"
)
EDUCATION = "Education, Training, and Experience"
NAMES = {
    MATHEMATICS: "Mathematics",
    PROGRAMMING: "Programming",
    KNOWLEDGE_OF_MATHEMATICS: "Mathematics",
    MEDIA: "Communications and Media",
    TRANSPORTATION: "Transportation",
}


def rating(code, element, importance, level, *, suppress="N", relevant="N", suppress_im="N"):
    """The two rows of one element in one occupation."""
    start = f"{code}\t{element}\t{NAMES.get(element, 'Another')}"
    figures = "8\t0.1\t1\t5"
    return [
        f"{start}\tIM\t{importance}\t{figures}\t{suppress_im}\tn/a\t08/2023\tAnalyst",
        f"{start}\tLV\t{level}\t{figures}\t{suppress}\t{relevant}\t08/2023\tAnalyst",
    ]


def answers(code, *percents, suppressed=()):
    """Twelve categories of education; `suppressed` by number."""
    padded = [*percents, *["0.00"] * (12 - len(percents))]
    return [
        f"{code}\t2.D.1\tEducation\tRL\t{number}\t{percent}\t20\t1\t1\t9"
        f"\t{'Y' if number in suppressed else 'N'}\t08/2023\tIncumbent"
        for number, percent in enumerate(padded, start=1)
    ]


CATEGORIES = (
    "Less than a High School Diploma",
    "High School Diploma - or what equals it",
    "Post-Secondary Certificate - after school (for example, a trade)",
    "Some College Courses",
    "Associate's Degree (or another of two years)",
    "Bachelor's Degree",
    "Post-Baccalaureate Certificate - a programme after that",
    "Master's Degree",
    "Post-Master's Certificate - a programme after that",
    "First Professional Degree - to practise in a profession",
    "Doctoral Degree",
    "Post-Doctoral Training",
)


def tables():
    """Every table as a list of lines, the header first."""
    return {
        "Read Me": ["O*NET 29.2 Database", "February 2025 Release", "-----", "", "More."],
        "Occupation Data": [
            f"{CODE}\tTitle\tDescription",
            f"{ANALYST}\tOperations Research Analysts\tWork out the best way. Use models for it.",
            f'{DEVELOPER}\tSoftware Developers\tWrite and "test programs for others.',
            f"{OTHERS}\tComputer Occupations, All Other\tAll that fit nowhere else.",
            f"{LABORER}\tConstruction Laborers\tDo what is heavy on building sites.",
            f"{INFANTRY}\tInfantry\tFight on foot.",
        ],
        "Content Model Reference": [
            f"{ELEMENT}\tDescription",
            "2.A\tBasic Skills\tA heading.",
            f"{MATHEMATICS}\tMathematics\tCalculating to get something done.",
            f"{PROGRAMMING}\tProgramming\tWriting programs for some purpose.",
            f"{KNOWLEDGE_OF_MATHEMATICS}\tMathematics\tKnowing numbers, shapes and chances.",
            f"{MEDIA}\tCommunications and Media\tKnowing how news is made and spread.",
            f"{TRANSPORTATION}\tTransportation\tKnowing how people and goods get around.",
        ],
        "Scales Reference": [
            "Scale ID\tScale Name\tMinimum\tMaximum",
            "IM\tImportance\t1\t5",
            "LV\tLevel\t0\t7",
            "RL\tRequired Level Of Education (Categories 1-12)\t0\t100",
            "RW\tRelated Work Experience\t0\t100",
        ],
        "Level Scale Anchors": [
            f"{ELEMENT}\tScale ID\tAnchor Value\tAnchor Description",
            *(
                f"{element}\t{name}\tLV\t{value}\t{words} of {name.lower()}"
                for element, name in NAMES.items()
                for value, words in ((2, "A little"), (4, "Much"), (6, "A great deal"))
            ),
        ],
        "Skills": [
            RATED,
            *rating(ANALYST, MATHEMATICS, "4.50", "5.50"),
            *rating(ANALYST, PROGRAMMING, "3.00", "3.49"),
            *rating(LABORER, MATHEMATICS, "2.99", "2.00"),
            *rating(LABORER, PROGRAMMING, "1.00", "0.00", suppress="n/a", relevant="Y"),
        ],
        "Knowledge": [
            RATED,
            *rating(ANALYST, KNOWLEDGE_OF_MATHEMATICS, "4.75", "6.12"),
            *rating(ANALYST, MEDIA, "2.00", "1.00"),
            *rating(ANALYST, TRANSPORTATION, "3.20", "0.30", suppress="Y"),
            *rating(LABORER, TRANSPORTATION, "4.00", "4.00", relevant="Y"),
            *rating(LABORER, MEDIA, "3.10", "2.40", suppress="n/a", suppress_im="Y"),
        ],
        f"{EDUCATION} Categories": [
            f"{ELEMENT}\tScale ID\tCategory\tCategory Description",
            *(f"2.D.1\tEducation\tRL\t{n}\t{name}" for n, name in enumerate(CATEGORIES, start=1)),
            "3.A.1\tExperience\tRW\t1\tNone",
        ],
        EDUCATION: [
            f"{CODE}\t{ELEMENT}\tScale ID\tCategory\tData Value\tN\tStandard Error"
            "\tLower CI Bound\tUpper CI Bound\tRecommend Suppress\tDate\tDomain Source",
            *answers(ANALYST, *["0.00"] * 5, "45.20", "0.00", "44.80", "0.00", "0.00", "10.00"),
            *answers(LABORER, "60.00", "40.00", suppressed=range(1, 13)),
            f"{ANALYST}\t3.A.1\tExperience\tRW\t1\t100\t20\t1\t1\t9\tN\t08/2023\tIncumbent",
        ],
        "Job Zone Reference": [
            "Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range",
            "2\tZone Two\tA little helps.\tSchool.\tSome months.\tBuilders.\t(4.0 to < 6.0)",
            "5\tZone Five\tYears.\tA university.\tNone.\tSurgeons.\t(8.0 and above)",
        ],
        "Job Zones": [
            f"{CODE}\tJob Zone\tDate\tDomain Source",
            f"{ANALYST}\t5\t08/2023\tAnalyst",
            f"{LABORER}\t2\t08/2023\tAnalyst",
        ],
        "Task Statements": [
            f"{CODE}\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source",
            f"{ANALYST}\t1\tTell managers about it.\tSupplemental\t9\t08/2023\tIncumbent",
            f"{ANALYST}\t2\tMake models.\tCore\t9\t08/2023\tIncumbent",
            f"{DEVELOPER}\t3\tWrite programs.\tn/a\tn/a\t08/2023\tAnalyst",
        ],
        "Technology Skills": [
            f"{CODE}\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand",
            f"{ANALYST}\tPython\t43232401\tProgramming software\tY\tY",
            f"{ANALYST}\tSPSS\t43232110\tAnalytical software\tN\tN",
            f"{DEVELOPER}\tPython\t43232401\tProgramming software\tY\tN",
        ],
        "Alternate Titles": [
            f"{CODE}\tAlternate Title\tShort Title\tSource(s)",
            f"{ANALYST}\tDecision Analyst\tn/a\t08",
            f"{DEVELOPER}\tProgrammer\tn/a\t08",
            f"{DEVELOPER}\tProgrammer\tProg\t10",
            f"{OTHERS}\tProgrammer\tn/a\t08",
        ],
        "Related Occupations": [
            f"{CODE}\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex",
            f"{ANALYST}\t{OTHERS}\tPrimary-Long\t2",
            f"{ANALYST}\t{DEVELOPER}\tPrimary-Short\t1",
        ],
    }


def newer_layout(release):
    """As releases from 30.3 on have it: other tables, other columns, the same things."""
    moved = dict(release)
    header, *rows = moved.pop("Skills")
    moved["Essential Skills"] = [header, *(row for row in rows if "\t2.A" in row)]
    moved["Transferable Skills"] = [header, *(row for row in rows if "\t2.B" in row)]
    _header, *rows = moved.pop("Technology Skills")
    cells = [row.split("\t") for row in rows]
    moved["Software Skills"] = [
        f"{CODE}\tWorkplace Example\t{ELEMENT}\tHot Technology\tIn Demand",
        *("\t".join([code, name, "2.E.1", kind, *flags]) for code, name, _, kind, *flags in cells),
    ]
    titles = moved.pop("Alternate Titles")
    moved["Job Titles"] = [titles[0].replace("Alternate Title", "Job Title"), *titles[1:]]
    moved["Education"] = [row for row in moved.pop(EDUCATION) if "\tRW\t" not in row]
    moved["Education Categories"] = moved.pop(f"{EDUCATION} Categories")
    return moved


def text_of(lines, end="\r\n"):
    return end.join([*lines, ""])


def write_folder(path, release, end="\r\n"):
    path.mkdir(parents=True, exist_ok=True)
    for name, lines in release.items():
        (path / f"{name}.txt").write_bytes(text_of(lines, end).encode())
    return path


def write_zip(path, release, folder="db_29_2_text"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in release.items():
            archive.writestr(f"{folder}/{name}.txt", text_of(lines))
    return path


def replaced(release, table, old, new):
    """The same release with one line of one table changed; the old words must be there."""
    lines = release[table]
    assert any(old in line for line in lines), old
    return release | {table: [line.replace(old, new) for line in lines]}
