"""What a web server runs: `gunicorn careerpath.wsgi --config careerpath/gunicorn_conf.py`."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from assessments import deployed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
# Nobody looks at a page that loads for 20 seconds; a command has the time.
os.environ.setdefault("DATABASE_WAIT", "5")

application = get_wsgi_application()
database = settings.DATABASES["default"]
if database["ENGINE"].endswith("sqlite3") and not str(database["NAME"]).startswith(("file:", ":")):
    # Or SQLite begins an empty file where ours is away, and stays with it once ours is back.
    database["OPTIONS"]["database"] = f"{Path(database['NAME']).absolute().as_uri()}?mode=rw"
# Reads every page's code: before the processes part, so that they share it.
resolve("/livez")
# And now, while the files are still those that run.
deployed.digest()
