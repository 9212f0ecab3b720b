"""The wage survey and the projections in small, in the formats they are published in.

Titles and codes are those of the classification; every figure is made up.
"""

import io
import zipfile

from openpyxl import Workbook

HEADER = (
    "AREA",
    "AREA_TYPE",
    "I_GROUP",
    "OCC_CODE",
    "OCC_TITLE",
    "O_GROUP",
    "TOT_EMP",
    "EMP_PRSE",
    "PCT_RPT",
    "H_MEAN",
    "A_MEAN",
    "H_PCT10",
    "H_PCT25",
    "H_MEDIAN",
    "H_PCT75",
    "H_PCT90",
    "A_PCT10",
    "A_PCT25",
    "A_MEDIAN",
    "A_PCT75",
    "A_PCT90",
    "ANNUAL",
    "HOURLY",
)
ANALYSTS = {
    "AREA": "99",
    "AREA_TYPE": "1",
    "I_GROUP": "cross-industry",
    "OCC_CODE": "15-2031",
    "OCC_TITLE": "Operations Research Analysts",
    "O_GROUP": "detailed",
    "TOT_EMP": 107000,
    "EMP_PRSE": 1.5,
    "PCT_RPT": "~",
    "H_MEAN": 47.5,
    "A_MEAN": 99000,
    "H_PCT10": 25.92,
    "H_PCT25": 32,
    "H_MEDIAN": 43.89,
    "H_PCT75": 59.67,
    "H_PCT90": 76.5,
    "A_PCT10": 53000,
    "A_PCT25": 66000,
    "A_MEDIAN": 91000,
    "A_PCT75": 124000,
    "A_PCT90": 159000,
    "ANNUAL": "",
    "HOURLY": "",
}
EXECUTIVES = ANALYSTS | {
    "OCC_CODE": "11-1011",
    "OCC_TITLE": "Chief Executives",
    "TOT_EMP": "**",
    "H_PCT75": "#",
    "H_PCT90": "#",
    "A_PCT75": "#",
    "A_PCT90": "#",
}
ACTORS = ANALYSTS | {
    "OCC_CODE": "27-2011",
    "OCC_TITLE": "Actors",
    **{name: "*" for name in HEADER if name.startswith("A_")},
    "HOURLY": "TRUE",
}
LEGISLATORS = ANALYSTS | {
    "OCC_CODE": "11-1031",
    "OCC_TITLE": "Legislators",
    **{name: "*" for name in HEADER if name.startswith("H_")},
    "ANNUAL": "TRUE",
}
OTHERS = ANALYSTS | {"OCC_CODE": "15-1299", "OCC_TITLE": "Computer Occupations, All Other"}
TOTAL = ANALYSTS | {"OCC_CODE": "00-0000", "OCC_TITLE": "All Occupations", "O_GROUP": "total"}
# Seven codes stand there twice, as the group and as its only occupation.
BROAD = ANALYSTS | {"O_GROUP": "broad", "A_MEDIAN": 1}
WAGES = (TOTAL, BROAD, ANALYSTS, EXECUTIVES, ACTORS, LEGISLATORS, OTHERS)
NOTES = (
    "May 2024 OEWS Estimates",
    "*  = indicates that a wage estimate is not available",
    "#  = indicates a wage equal to or greater than $115.00 per hour or $239,200 per year ",
)


def book(*wages, header=HEADER, sheet="national_M2024_dl", notes=NOTES):
    made = Workbook()
    made.active.title = sheet
    made.active.append(list(header))
    for row in wages or WAGES:
        made.active.append([row.get(name) for name in header])
    if notes:
        described = made.create_sheet("Field Descriptions")
        for note in notes:
            described.append([note])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def archive(**members):
    """archive(name=bytes): ".xlsx" is added, and the folder that the real one has."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(f"oesm24nat/{name}.xlsx", data)
    return file.getvalue()


def oews(folder, data=None, name="oesm24nat.zip"):
    path = folder / name
    path.write_bytes(archive(national_M2024_dl=book()) if data is None else data)
    return path


COLUMNS = (
    "Occupation Title",
    "Occupation Code",
    "Employment 2021",
    "Employment 2031",
    "Employment Change, 2021-2031",
    "Employment Percent Change, 2021-2031",
    "Occupational Openings, 2021-2031 Annual Average",
    "Median Annual Wage 2021",
    "Typical Entry-Level Education",
    "Education Code",
    "Work Experience in a Related Occupation",
    "Workex Code",
    "Typical on-the-job Training",
    "trCode",
)
PROSPECTS = (
    '"Operations research analysts    * Operations Analyst* Process Analyst","=""15-2031""",'
    '"104.2","128.3","24.2","23.2","10.3","82,360","Bachelor\'s degree","3","None","4","None","6"',
    '"Computer occupations, all other","=""15-1299""","1,408.2","1,449.2","41.1","10.1","34.7",'
    '">=208,000","Bachelor\'s degree","3","None","4","None","6"',
    '"Actors    * Actress","27-2011","50.6","45.7","-4.9","-9.7","7.0","N/A",'
    '"Some college, no degree","6","None","4","Long-term on-the-job training","3"',
    # A group with nothing below it: here it is what the projections give instead of its parts.
    '"Buyers and purchasing agents","=""13-1020""","459.8","427.5","-32.3","-7.0","41.0","67,620",'
    '"Bachelor\'s degree","3","None","4","Moderate-term on-the-job training","4"',
)
SUMMARIES = (
    '"Total, all occupations","=""00-0000""","158,134.7","166,452.1","8,317.4","5.3","19,528.4",'
    '"45,760","N/A","N/A","N/A","N/A","N/A","N/A"',
    '"Computer occupations","=""15-1200""","4,900.0","5,600.0","700.0","14.3","400.0","97,430",'
    '"N/A","N/A","N/A","N/A","N/A","N/A"',
)


def csv_text(*lines, header=COLUMNS):
    head = ",".join(f'"{name}"' for name in header)
    return "\r\n".join([head, *(lines or (*SUMMARIES, *PROSPECTS)), ""])


def projections(folder, text=None, name="Employment Projections.csv"):
    path = folder / name
    path.write_text(csv_text() if text is None else text, encoding="utf-8", newline="")
    return path
