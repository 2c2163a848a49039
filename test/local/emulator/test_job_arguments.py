from __future__ import annotations

import pytest
from emulator.job_arguments import UnsupportedArgument, python_files, script_arguments, spark_settings


def test_the_script_sees_its_own_arguments() -> None:
    arguments = {"--run_id": "7", "--conf": "a=b", "--extra-py-files": "s3://x/y.zip", "--datalake-formats": "iceberg"}
    assert script_arguments(arguments) == ["--run_id", "7"]


def test_settings_ride_in_one_value() -> None:
    assert spark_settings({"--conf": "a=b --conf c=d=e --conf f="}) == {"a": "b", "c": "d=e", "f": ""}
    assert spark_settings({}) == {}


def test_python_files() -> None:
    assert python_files({"--extra-py-files": "s3://a/b.zip, s3://a/c.py"}) == ["s3://a/b.zip", "s3://a/c.py"]
    assert python_files({}) == []


def test_what_would_have_no_effect_is_refused() -> None:
    with pytest.raises(UnsupportedArgument, match="--extra-jars"):
        script_arguments({"--extra-jars": "s3://a/b.jar"})
