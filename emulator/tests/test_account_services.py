"""What watches an account exists once in it, or once in a Region: AWS refuses a second one, and so does the local AWS."""
from __future__ import annotations

from typing import Any

from instance import ACCOUNT, EmulatorTest, client

HERE, THERE = "us-east-1", "us-east-2"


class ConfigTest(EmulatorTest):
    def test_a_region_has_one_recorder_and_one_delivery_channel(self) -> None:
        config = client("config", HERE)

        def recorder(name: str) -> dict[str, Any]:
            return {"ConfigurationRecorder": {"name": name, "roleARN": f"arn:aws:iam::{ACCOUNT}:role/recorder"}}

        def channel(name: str) -> dict[str, Any]:
            return {"DeliveryChannel": {"name": name, "s3BucketName": "records"}}
        config.put_configuration_recorder(**recorder("first"))
        config.put_configuration_recorder(**recorder("first"))
        self.refused("MaxNumberOfConfigurationRecordersExceededException", config.put_configuration_recorder, **recorder("second"))
        everything: dict[str, Any] = {"allSupported": True, "exclusionByResourceTypes": {}}
        config.put_configuration_recorder(ConfigurationRecorder={**recorder("first")["ConfigurationRecorder"], "recordingGroup": everything})
        config.put_delivery_channel(**channel("first"))
        self.refused("MaxNumberOfDeliveryChannelsExceededException", config.put_delivery_channel, **channel("second"))
        client("config", THERE).put_configuration_recorder(**recorder("second"))

    def test_the_role_of_a_service_has_one_name(self) -> None:
        iam = client("iam")
        role = iam.create_service_linked_role(AWSServiceName="config.amazonaws.com")["Role"]
        self.assertEqual("AWSServiceRoleForConfig", role["RoleName"])
        self.refused("InvalidInput", iam.create_service_linked_role, AWSServiceName="config.amazonaws.com")
        iam.delete_service_linked_role(RoleName=role["RoleName"])
        iam.create_service_linked_role(AWSServiceName="config.amazonaws.com")


class GuardDutyTest(EmulatorTest):
    def test_a_region_has_one_detector(self) -> None:
        guardduty = client("guardduty", HERE)
        detector = guardduty.create_detector(Enable=True)["DetectorId"]
        self.refused("BadRequestException", guardduty.create_detector, Enable=True)
        client("guardduty", THERE).create_detector(Enable=True)
        guardduty.delete_detector(DetectorId=detector)
        self.refused("BadRequestException", guardduty.delete_detector, DetectorId=detector)
        guardduty.create_detector(Enable=True)

    def test_features_are_changed_one_by_one(self) -> None:
        guardduty = client("guardduty", "us-west-2")
        detector = guardduty.create_detector(Enable=True, Features=[{"Name": "EKS_AUDIT_LOGS", "Status": "DISABLED"}], Tags={"a": "1"})["DetectorId"]
        guardduty.update_detector(DetectorId=detector, Features=[{"Name": "S3_DATA_EVENTS", "Status": "DISABLED"}])
        found = guardduty.get_detector(DetectorId=detector)
        status = {feature["Name"]: feature["Status"] for feature in found["Features"]}
        self.assertEqual(("DISABLED", "DISABLED", "ENABLED"), tuple(status[name] for name in ("EKS_AUDIT_LOGS", "S3_DATA_EVENTS", "RDS_LOGIN_EVENTS")))
        arn = f"arn:aws:guardduty:us-west-2:{ACCOUNT}:detector/{detector}"
        guardduty.tag_resource(ResourceArn=arn, Tags={"b": "2"})
        guardduty.untag_resource(ResourceArn=arn, TagKeys=["a"])
        self.assertEqual({"b": "2"}, guardduty.list_tags_for_resource(ResourceArn=arn)["Tags"])


class SecurityHubTest(EmulatorTest):
    def test_a_region_has_one_hub_and_an_account_one_aggregator(self) -> None:
        hub, other = client("securityhub", HERE), client("securityhub", THERE)
        self.refused("InvalidAccessException", hub.list_finding_aggregators)
        hub.enable_security_hub(EnableDefaultStandards=False)
        self.refused("ResourceConflictException", hub.enable_security_hub)
        self.assertEqual([], hub.get_enabled_standards()["StandardsSubscriptions"])
        other.enable_security_hub()
        self.assertEqual(2, len(other.get_enabled_standards()["StandardsSubscriptions"]))
        link: dict[str, Any] = {"RegionLinkingMode": "SPECIFIED_REGIONS", "Regions": [THERE]}
        arn = hub.create_finding_aggregator(**link)["FindingAggregatorArn"]
        self.refused("InvalidInputException", other.create_finding_aggregator, **link)
        self.assertEqual([{"FindingAggregatorArn": arn}], other.list_finding_aggregators()["FindingAggregators"])
        hub.update_finding_aggregator(FindingAggregatorArn=arn, RegionLinkingMode="ALL_REGIONS")
        self.assertEqual("ALL_REGIONS", hub.get_finding_aggregator(FindingAggregatorArn=arn)["RegionLinkingMode"])
        hub.delete_finding_aggregator(FindingAggregatorArn=arn)
        self.refused("ResourceNotFoundException", hub.get_finding_aggregator, FindingAggregatorArn=arn)

    def test_standards_are_those_of_the_region_and_once_more_changes_nothing(self) -> None:
        hub = client("securityhub", "us-west-2")
        hub.enable_security_hub(EnableDefaultStandards=False, ControlFindingGenerator="STANDARD_CONTROL")
        hub.update_security_hub_configuration(AutoEnableControls=False)
        found = hub.describe_hub()
        self.assertEqual((False, "STANDARD_CONTROL"), (found["AutoEnableControls"], found["ControlFindingGenerator"]))

        def standard(region: str) -> dict[str, Any]:
            return {"StandardsSubscriptionRequests": [{"StandardsArn": f"arn:aws:securityhub:{region}::standards/pci-dss/v/4.0.1"}]}
        self.refused("InvalidInputException", hub.batch_enable_standards, **standard(HERE))
        first = hub.batch_enable_standards(**standard("us-west-2"))["StandardsSubscriptions"]
        self.assertEqual(first, hub.batch_enable_standards(**standard("us-west-2"))["StandardsSubscriptions"])
        hub.batch_disable_standards(StandardsSubscriptionArns=[first[0]["StandardsSubscriptionArn"]])
        self.assertEqual([], hub.get_enabled_standards()["StandardsSubscriptions"])


class AccessAnalyzerTest(EmulatorTest):
    def test_a_region_has_one_analyzer_of_the_account_for_each_type(self) -> None:
        analyzers = client("accessanalyzer", HERE)
        arn = analyzers.create_analyzer(analyzerName="first", type="ACCOUNT", tags={"a": "1"})["arn"]
        self.refused("ConflictException", analyzers.create_analyzer, analyzerName="first", type="ACCOUNT")
        self.refused("ServiceQuotaExceededException", analyzers.create_analyzer, analyzerName="second", type="ACCOUNT")
        analyzers.create_analyzer(analyzerName="unused", type="ACCOUNT_UNUSED_ACCESS")
        analyzers.tag_resource(resourceArn=arn, tags={"b": "2"})
        analyzers.untag_resource(resourceArn=arn, tagKeys=["a"])
        self.assertEqual({"b": "2"}, analyzers.get_analyzer(analyzerName="first")["analyzer"]["tags"])
        self.assertEqual({"b": "2"}, analyzers.list_tags_for_resource(resourceArn=arn)["tags"])
        self.assertEqual(["first"], [found["name"] for found in analyzers.list_analyzers(type="ACCOUNT")["analyzers"]])
        analyzers.delete_analyzer(analyzerName="first")
        self.refused("ResourceNotFoundException", analyzers.get_analyzer, analyzerName="first")


class CloudTrailTest(EmulatorTest):
    def test_a_trail_is_named_by_its_arn_too_and_tells_its_selectors(self) -> None:
        client("s3", HERE).create_bucket(Bucket="trails")
        trails = client("cloudtrail", HERE)
        arn = trails.create_trail(Name="first", S3BucketName="trails")["TrailARN"]
        self.refused("TrailAlreadyExistsException", trails.create_trail, Name="first", S3BucketName="trails")
        trails.start_logging(Name=arn)
        self.assertTrue(trails.get_trail_status(Name="first")["IsLogging"])
        self.assertFalse(trails.get_trail(Name=arn)["Trail"]["HasCustomEventSelectors"])
        trails.put_event_selectors(TrailName="first", AdvancedEventSelectors=[
            {"Name": "all", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}])
        self.assertTrue(trails.describe_trails()["trailList"][0]["HasCustomEventSelectors"])
        for number in range(4):
            trails.create_trail(Name=f"more-{number}", S3BucketName="trails")
        self.refused("MaximumNumberOfTrailsExceededException", trails.create_trail, Name="sixth", S3BucketName="trails")
        trails.stop_logging(Name=arn)
        trails.delete_trail(Name=arn)
        self.refused("TrailNotFoundException", trails.get_trail, Name="first")
