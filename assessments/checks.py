"""What `manage.py check --deploy` asks besides Django's own questions."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def erasures_can_be_noted(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Nobody can delete their account otherwise: a restored backup would bring them back."""
    file = Path(settings.ERASURES_FILE)
    is_ready = (
        file.is_file() and os.access(file, os.W_OK)
        if file.exists()
        else os.access(file.parent, os.W_OK | os.X_OK)
    )
    if is_ready:
        return []
    return [
        Error(
            f"ERASURES_FILE cannot be written: {file}. Nobody could delete their account.",
            hint="Make its folder, and let the user that runs the site write there.",
            id="assessments.E001",
        )
    ]
