"""Answers that take a round time, so that how long they took tells nothing."""

from time import monotonic, sleep

STEP = 0.5  # seconds: more than all the work takes, a password hashed among it


def wait_since(began: float) -> None:
    """Until a whole number of steps has gone by since `began`."""
    sleep(STEP - (monotonic() - began) % STEP)
