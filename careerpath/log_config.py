"""Which logger says how much, and in what form."""

from typing import Any

TO_ROOT = {"handlers": [], "level": "INFO", "propagate": True}
# They tell of every mail, and of every step and every font of every PDF.
QUIETER = ("django_tasks", "weasyprint", "fontTools")


def of(log_format: str) -> dict[str, Any]:
    """For LOGGING. A line a request is for programs (`json`); eyes get those that failed."""
    every_request = log_format == "json"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "careerpath.logs.JsonFormatter"},
            "text": {"()": "careerpath.logs.LineFormatter"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": log_format}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": dict.fromkeys(QUIETER, TO_ROOT | {"level": "WARNING"})
        | {
            "django": TO_ROOT,
            "django.request": {"level": "ERROR" if every_request else "WARNING"},
            "requests": {"level": "INFO" if every_request else "WARNING"},
            "django.server": TO_ROOT,
        },
    }
