"""The samples in docs/deploy, as those who deploy read them."""

from django.conf import settings

FOLDER = settings.BASE_DIR / "docs" / "deploy"
SAMPLE = FOLDER / "careerpath.env"


def sample():
    """The names and values of the environment, as systemd reads them."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _equals, value in pairs}
