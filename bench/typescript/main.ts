// Synthesizes the same stacks as the Java app, resource by resource and argument by argument, the way
// most CDKTF TypeScript apps are written: compiled, with the provider imported as a whole. What it
// makes is read from the Java app's output, so that both always do the same work.
import * as aws from "@cdktf/provider-aws";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import * as fs from "fs";
import * as path from "path";

type Json = Record<string, any>;
type Resource = new (scope: TerraformStack, id: string, config: Json) => unknown;

const synthesized = process.argv[2];
if (!synthesized) {
  throw new Error("usage: node main.js DIRECTORY, the stacks folder of a synthesized app");
}

function camelCase(text: string): string {
  return text.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** A block of Terraform JSON as the bindings' configuration takes it. */
function config(value: any): any {
  if (Array.isArray(value)) return value.map(config);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [camelCase(key), config(inner)]),
  );
}

function resourceClass(type: string): Resource {
  const namespace = (aws as Json)[camelCase(type.replace(/^aws_/, ""))];
  const found = Object.values(namespace).find((it: any) => it.tfResourceType === type);
  return found as Resource;
}

const app = new App();
for (const name of fs.readdirSync(synthesized)) {
  const json: Json = JSON.parse(
    fs.readFileSync(path.join(synthesized, name, "cdk.tf.json"), "utf8"),
  );
  const stack = new TerraformStack(app, name);
  const providers: Json = {};
  for (const provider of json.provider.aws) {
    providers[`aws.${provider.alias}`] = new aws.provider.AwsProvider(
      stack,
      provider.alias,
      config(provider),
    );
  }
  for (const [type, resources] of Object.entries<Json>(json.resource)) {
    const Type = resourceClass(type);
    for (const [id, body] of Object.entries<Json>(resources)) {
      const { provider, depends_on: _, "//": __, ...rest } = body;
      new Type(stack, id, { ...config(rest), provider: providers[provider] });
    }
  }
  for (const [id, output] of Object.entries<Json>(json.output ?? {})) {
    new TerraformOutput(stack, id, { value: output.value });
  }
}
app.synth();
