"""What a web server runs: `gunicorn careerpath.wsgi --config careerpath/gunicorn_conf.py`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")

application = get_wsgi_application()
# Reads every page's code: before the processes part, so that they share it.
resolve("/livez")
