"""What a Glue run's arguments mean to Glue itself, and what the script gets to see of them."""

from __future__ import annotations

from collections.abc import Mapping

CONF = "--conf"
EXTRA_PYTHON_FILES = "--extra-py-files"
# Glue's own: where they have no meaning on one machine they are left out.
CONSUMED = frozenset({CONF, EXTRA_PYTHON_FILES, "--datalake-formats", "--job-language"})
UNSUPPORTED = frozenset({"--extra-jars", "--extra-files", "--additional-python-modules", "--class", "--user-jars-first"})


class UnsupportedArgument(Exception):
    """An argument whose effect a run on the laptop would silently lack."""


def script_arguments(arguments: Mapping[str, str]) -> list[str]:
    """The script's own ``--name value`` pairs."""
    unsupported = sorted(UNSUPPORTED & set(arguments))
    if unsupported:
        raise UnsupportedArgument(f"the laptop does not know the job argument {', '.join(unsupported)}: leave it out")
    return [part for name, value in arguments.items() if name not in CONSUMED for part in (name, str(value))]


def spark_settings(arguments: Mapping[str, str]) -> dict[str, str]:
    """The settings in ``--conf``; Glue takes it once, so further ones ride in its value: ``a=1 --conf b=2``."""
    text = arguments.get(CONF, "")
    settings = (part.strip() for part in text.split(" --conf "))
    return dict(setting.split("=", 1) for setting in settings if "=" in setting)


def python_files(arguments: Mapping[str, str]) -> list[str]:
    """S3 URIs of the modules and zips the script imports from."""
    return [uri.strip() for uri in arguments.get(EXTRA_PYTHON_FILES, "").split(",") if uri.strip()]
