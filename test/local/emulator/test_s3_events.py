from __future__ import annotations

import json

from running_laptop import RunningLaptop


def test_events_of_two_versions_name_each_its_own(laptop: RunningLaptop) -> None:
    s3, sqs, events = laptop.client("s3"), laptop.client("sqs"), laptop.client("events")
    s3.create_bucket(Bucket="announced")
    s3.put_bucket_versioning(Bucket="announced", VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_notification_configuration(Bucket="announced", NotificationConfiguration={"EventBridgeConfiguration": {}})
    url = sqs.create_queue(QueueName="announced")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.put_rule(Name="announced", EventPattern=json.dumps({"source": ["aws.s3"]}))
    events.put_targets(Rule="announced", Targets=[{"Id": "queue", "Arn": arn}])
    written = [s3.put_object(Bucket="announced", Key="k", Body=body)["VersionId"] for body in (b"old", b"new")]
    told: list[str] = []
    for _ in range(20):
        for message in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", []):
            told.append(json.loads(message["Body"])["detail"]["object"]["version-id"])
        if len(told) == len(written):
            break
    assert sorted(told) == sorted(written)
