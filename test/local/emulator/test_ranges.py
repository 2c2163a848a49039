from __future__ import annotations

from running_laptop import RunningLaptop


def test_a_range_of_a_version(laptop: RunningLaptop) -> None:
    s3 = laptop.client("s3")
    s3.create_bucket(Bucket="versioned")
    s3.put_bucket_versioning(Bucket="versioned", VersioningConfiguration={"Status": "Enabled"})
    old, new = (s3.put_object(Bucket="versioned", Key="k", Body=body)["VersionId"] for body in (b"old text", b"new text"))
    part = s3.get_object(Bucket="versioned", Key="k", VersionId=new, Range="bytes=4-5")
    assert (part["Body"].read(), part["ContentRange"], part["VersionId"]) == (b"te", "bytes 4-5/8", new)
    assert s3.get_object(Bucket="versioned", Key="k", VersionId=old)["Body"].read() == b"old text"
