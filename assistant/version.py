"""The version of Talks that runs."""

from importlib.metadata import PackageNotFoundError, version

#: The distribution's name, which is not that of its packages.
NAME = "talks-assistant"


def talks_version() -> str:
    """The version that was installed; "0" where Talks runs from a folder that was never installed."""
    try:
        return version(NAME)
    except PackageNotFoundError:
        return "0"
