from assessments.importers.oews import read_oews
from assessments.management.import_statistics import ImportStatistics
from assessments.models import Release


class Command(ImportStatistics):
    help = "Read a year of the national wage survey (OEWS). All of it is written, or nothing."
    source = Release.Source.OEWS
    file_help = "oesmYYnat.zip, or the workbook national_MYYYY_dl.xlsx in it"
    read = staticmethod(read_oews)
