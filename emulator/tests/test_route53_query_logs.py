from __future__ import annotations

from instance import ACCOUNT, EmulatorTest, client


class QueryLogTest(EmulatorTest):
    def test_query_log_names_its_group_as_it_was_given(self) -> None:
        route53 = client("route53")
        zone = route53.create_hosted_zone(Name="queries.example.com", CallerReference="queries")["HostedZone"]["Id"].split("/")[-1]
        group = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/route53/queries-test"
        self.refused("NoSuchCloudWatchLogsLogGroup", route53.create_query_logging_config, HostedZoneId=zone,
                     CloudWatchLogsLogGroupArn=group)
        client("logs").create_log_group(logGroupName="/aws/route53/queries-test")
        made = route53.create_query_logging_config(HostedZoneId=zone, CloudWatchLogsLogGroupArn=group)["QueryLoggingConfig"]
        self.assertEqual(group, made["CloudWatchLogsLogGroupArn"])
        self.assertEqual(group, route53.get_query_logging_config(Id=made["Id"])["QueryLoggingConfig"]["CloudWatchLogsLogGroupArn"])
        self.refused("QueryLoggingConfigAlreadyExists", route53.create_query_logging_config, HostedZoneId=zone,
                     CloudWatchLogsLogGroupArn=group)
