from assessments.importers.projections import read_projections
from assessments.management.import_statistics import ImportStatistics
from assessments.models import Release


class Command(ImportStatistics):
    help = "Read the employment projections (CSV). All of it is written, or nothing."
    source = Release.Source.PROJECTIONS
    file_help = "the CSV that the data tool of the Employment Projections gives out"
    read = staticmethod(read_projections)
