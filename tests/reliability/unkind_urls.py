"""The addresses of the site, with Django's own page for whatever went wrong."""

from careerpath.urls import *  # noqa: F403  ours, and what follows

handler500 = "django.views.defaults.server_error"
