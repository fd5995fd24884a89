"""Capacity that is held for a failover, and zones by their ids."""
from __future__ import annotations

from typing import Any

from instance import EmulatorTest, client

DR = "us-east-2"


class CapacityReservationTest(EmulatorTest):
    def setUp(self) -> None:
        self.ec2 = client("ec2", DR)

    def reserve(self, **more: Any) -> dict[str, Any]:
        wanted = {"InstanceType": "t3.medium", "InstancePlatform": "Linux/UNIX", "AvailabilityZone": "us-east-2a", "InstanceCount": 2, **more}
        return dict(self.ec2.create_capacity_reservation(**{key: value for key, value in wanted.items() if value is not None})["CapacityReservation"])

    def described(self, identifier: str) -> dict[str, Any]:
        return dict(self.ec2.describe_capacity_reservations(CapacityReservationIds=[identifier])["CapacityReservations"][0])

    def test_one_is_made_changed_tagged_and_cancelled(self) -> None:
        made = self.reserve(TagSpecifications=[{"ResourceType": "capacity-reservation", "Tags": [{"Key": "Name", "Value": "standby"}]}])
        identifier = made["CapacityReservationId"]
        self.assertEqual(("active", "us-east-2a", "open", 2), tuple(
            made[key] for key in ("State", "AvailabilityZone", "InstanceMatchCriteria", "TotalInstanceCount")))
        self.ec2.modify_capacity_reservation(CapacityReservationId=identifier, InstanceCount=3)
        self.ec2.create_tags(Resources=[identifier], Tags=[{"Key": "Team", "Value": "payments"}])
        described = self.described(identifier)
        self.assertEqual(3, described["TotalInstanceCount"])
        self.assertEqual({"Name": "standby", "Team": "payments"}, {tag["Key"]: tag["Value"] for tag in described["Tags"]})
        self.ec2.cancel_capacity_reservation(CapacityReservationId=identifier)
        self.assertEqual(("cancelled", 0), (self.described(identifier)["State"], self.described(identifier)["AvailableInstanceCount"]))
        self.refused("InvalidCapacityReservationState", self.ec2.cancel_capacity_reservation, CapacityReservationId=identifier)

    def test_running_instances_take_its_places(self) -> None:
        zone = {"Placement": {"AvailabilityZone": "us-east-2b"}, "InstanceType": "t3.medium", "ImageId": "ami-1e749f67", "MinCount": 1, "MaxCount": 1}
        first = self.reserve(AvailabilityZone="us-east-2b", InstanceCount=1)["CapacityReservationId"]
        second = self.reserve(AvailabilityZone="us-east-2b", InstanceCount=2)["CapacityReservationId"]
        running = [self.ec2.run_instances(**zone)["Instances"][0]["InstanceId"] for _ in range(2)]
        self.assertEqual((0, 1), (self.described(first)["AvailableInstanceCount"], self.described(second)["AvailableInstanceCount"]))
        self.ec2.terminate_instances(InstanceIds=running)
        self.assertEqual((1, 2), (self.described(first)["AvailableInstanceCount"], self.described(second)["AvailableInstanceCount"]))

    def test_what_ec2_refuses_is_refused(self) -> None:
        for code, wrong in (("MissingParameter", {"AvailabilityZone": None}),
                            ("InvalidParameterCombination", {"AvailabilityZoneId": "use2-az1"}),
                            ("InvalidParameterValue", {"AvailabilityZone": "us-east-1a"}),
                            ("InvalidParameterValue", {"InstanceCount": 0}),
                            ("InvalidParameterValue", {"InstancePlatform": "BeOS"}),
                            ("Unsupported", {"InstanceType": "t9.medium"})):
            with self.subTest(f"{code} {wrong}"):
                self.refused(code, lambda **more: self.reserve(**more), **wrong)
        self.refused("InvalidCapacityReservationId.NotFound", self.ec2.describe_capacity_reservations, CapacityReservationIds=["cr-0123456789abcdef0"])


class ZoneIdTest(EmulatorTest):
    def test_a_subnet_is_told_its_zones_name(self) -> None:
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.77.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.77.1.0/24", AvailabilityZoneId="use1-az6")["Subnet"]
        self.assertEqual(("us-east-1a", "use1-az6"), (subnet["AvailabilityZone"], subnet["AvailabilityZoneId"]))
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        for code, wrong in (("InvalidParameterValue", {"AvailabilityZoneId": "use2-az1"}), ("InvalidParameterValue", {"AvailabilityZone": "us-east-2a"}),
                            ("InvalidParameterCombination", {"AvailabilityZone": "us-east-1a", "AvailabilityZoneId": "use1-az6"})):
            with self.subTest(f"{code} {wrong}"):
                self.refused(code, ec2.create_subnet, VpcId=vpc, CidrBlock="10.77.2.0/24", **wrong)


class CapacityUnitsTest(EmulatorTest):
    def setUp(self) -> None:
        ec2, self.balancing = client("ec2", DR), client("elbv2", DR)
        vpc = ec2.create_vpc(CidrBlock="10.78.0.0/16")["Vpc"]["VpcId"]
        subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.78.{n}.0/24", AvailabilityZone=f"us-east-2{zone}")["Subnet"]["SubnetId"]
                   for n, zone in enumerate("ab")]
        self.arn = self.balancing.create_load_balancer(Name=f"held-{self.id()[-12:].replace('_', '-')}", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]

    def test_they_are_held_until_they_are_given_back(self) -> None:
        self.assertNotIn("MinimumLoadBalancerCapacity", self.described())
        self.balancing.modify_capacity_reservation(LoadBalancerArn=self.arn, MinimumLoadBalancerCapacity={"CapacityUnits": 100})
        self.assertEqual(100, self.described()["MinimumLoadBalancerCapacity"]["CapacityUnits"])
        self.assertEqual([("us-east-2a", "provisioned"), ("us-east-2b", "provisioned")],
                         [(zone["AvailabilityZone"], zone["State"]["Code"]) for zone in self.described()["CapacityReservationState"]])
        self.balancing.modify_capacity_reservation(LoadBalancerArn=self.arn, ResetCapacityReservation=True)
        self.assertNotIn("MinimumLoadBalancerCapacity", self.described())

    def test_what_elastic_load_balancing_refuses_is_refused(self) -> None:
        modify = self.balancing.modify_capacity_reservation
        self.refused("InvalidConfigurationRequest", modify, LoadBalancerArn=self.arn)
        self.refused("InvalidConfigurationRequest", modify, LoadBalancerArn=self.arn, MinimumLoadBalancerCapacity={"CapacityUnits": 99})
        self.refused("CapacityUnitsLimitExceeded", modify, LoadBalancerArn=self.arn, MinimumLoadBalancerCapacity={"CapacityUnits": 15001})
        self.refused("LoadBalancerNotFound", modify, LoadBalancerArn=self.arn + "0", ResetCapacityReservation=True)

    def test_the_limits_are_told(self) -> None:
        quotas = client("service-quotas", DR)
        listed = quotas.list_service_quotas(ServiceCode="elasticloadbalancing")["Quotas"]
        self.assertEqual([15000, 15000], [quota["Value"] for quota in listed])
        self.assertEqual(64, quotas.get_service_quota(ServiceCode="ec2", QuotaCode="L-1216C47A")["Quota"]["Value"])
        self.assertEqual(5, quotas.get_service_quota(ServiceCode="vpc", QuotaCode="L-F678F1CE")["Quota"]["Value"])

    def described(self) -> dict[str, Any]:
        return dict(self.balancing.describe_capacity_reservation(LoadBalancerArn=self.arn))
