// Synthesizes four stacks with as many resources as the Java app has, in the way most CDKTF
// TypeScript apps are written: the provider imported as a whole.
import * as aws from "@cdktf/provider-aws";
import { App, TerraformStack } from "cdktf";

const STACKS = 4;
const resources = Number(process.argv[2]);
if (!Number.isInteger(resources) || resources < STACKS) {
  throw new Error(`usage: node main.js RESOURCES, a number from ${STACKS}; got ${process.argv[2]}`);
}

const app = new App();
for (let s = 0; s < STACKS; s++) {
  const stack = new TerraformStack(app, `stack-${s}`);
  const provider = new aws.provider.AwsProvider(stack, "aws", {
    alias: "primary",
    region: "us-east-1",
  });
  const vpc = new aws.vpc.Vpc(stack, "vpc", { provider, cidrBlock: "10.0.0.0/16" });
  const share = Math.floor(resources / STACKS) + (s < resources % STACKS ? 1 : 0);
  for (let i = 1; i < share; i++) {
    const tags = { Name: `resource-${i}` };
    switch (i % 6) {
      case 0:
        new aws.subnet.Subnet(stack, `subnet-${i}`, {
          provider, tags, vpcId: vpc.id, cidrBlock: `10.0.${i % 256}.0/24`, availabilityZone: "us-east-1a",
        });
        break;
      case 1:
        new aws.s3Bucket.S3Bucket(stack, `bucket-${i}`, { provider, tags, bucket: `bucket-${i}` });
        break;
      case 2:
        new aws.kmsKey.KmsKey(stack, `key-${i}`, { provider, tags, enableKeyRotation: true });
        break;
      case 3:
        new aws.securityGroup.SecurityGroup(stack, `group-${i}`, { provider, tags, vpcId: vpc.id });
        break;
      case 4:
        new aws.cloudwatchMetricAlarm.CloudwatchMetricAlarm(stack, `alarm-${i}`, {
          provider, tags, alarmName: `alarm-${i}`, comparisonOperator: "GreaterThanThreshold",
          evaluationPeriods: 3, metricName: "CPUUtilization", namespace: "AWS/RDS", period: 60,
          statistic: "Average", threshold: 80,
        });
        break;
      default:
        new aws.iamRole.IamRole(stack, `role-${i}`, { provider, tags, assumeRolePolicy: "{}" });
    }
  }
}
app.synth();
