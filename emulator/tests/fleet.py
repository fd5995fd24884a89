"""A load balancer with an Auto Scaling group behind it, as the deployed system has one in each Region."""
from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, Callable

import roles


@dataclass(frozen=True)
class Fleet:
    balancer: str      # DNS name
    group: str         # name of the Auto Scaling group
    target_group: str  # ARN


def make(client: Callable[[str, str], Any], region: str, name: str, instances: int, user_data: str = "", **health_check: Any) -> Fleet:
    ec2, elb, asg = client("ec2", region), client("elbv2", region), client("autoscaling", region)
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{i}.0/24", AvailabilityZone=f"{region}{z}")["Subnet"]["SubnetId"]
               for i, z in enumerate("ab")]
    balancer = elb.create_load_balancer(Name=f"alb-{name}", Subnets=subnets)["LoadBalancers"][0]
    group = elb.create_target_group(Name=f"tg-{name}", Port=80, Protocol="HTTP", VpcId=vpc, **health_check)["TargetGroups"][0]["TargetGroupArn"]
    elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Port=80, Protocol="HTTP",
                        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
    profile = f"fleet-{region}-{name}"
    roles.make(client, profile, "ec2.amazonaws.com")
    client("iam").create_instance_profile(InstanceProfileName=profile)
    client("iam").add_role_to_instance_profile(InstanceProfileName=profile, RoleName=profile)
    ec2.create_launch_template(LaunchTemplateName=f"lt-{name}", LaunchTemplateData={
        "ImageId": "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "InstanceType": "t3.medium", "IamInstanceProfile": {"Name": profile},
        **({"UserData": base64.b64encode(user_data.encode()).decode()} if user_data else {})})
    asg.create_auto_scaling_group(AutoScalingGroupName=f"primary-asg-{name}", MinSize=0, MaxSize=6, DesiredCapacity=instances,
                                  TargetGroupARNs=[group], VPCZoneIdentifier=",".join(subnets),
                                  LaunchTemplate={"LaunchTemplateName": f"lt-{name}"})
    return Fleet(balancer["DNSName"], f"primary-asg-{name}", group)
