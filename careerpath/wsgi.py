"""What a web server runs: `gunicorn careerpath.wsgi --config careerpath/gunicorn_conf.py`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")

application = get_wsgi_application()
