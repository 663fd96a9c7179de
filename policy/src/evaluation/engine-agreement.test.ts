import { fileURLToPath } from "node:url";
import { canonicalJson } from "@plumbline/contract/canonical-json";
import { describe, expect, it } from "vitest";
import { fromEntry, resourcesOfPlan } from "../resources/from-plan.ts";
import { isObject, objectAt, objectsAt } from "../resources/json.ts";
import type { Json, JsonObject } from "../resources/json.ts";
import type { Resource } from "../resources/resource.ts";
import { nameGap } from "./values/text-in-part.ts";
import { evaluateDirectory } from "./evaluate-directory.ts";
import { askEngine, findEngine, findMirror, readFiles } from "./testing/terraform.ts";

const engine = findEngine();
const mirror = findMirror("registry.terraform.io/hashicorp/aws");

function casesAt(name: string): string {
  return fileURLToPath(new URL(`./cases/${name}`, import.meta.url));
}

/** Places where a claimed value is not the true one. Types are the provider's business: "1" counts as 1, JSON as its content. */
function differences(claimed: Json, truth: Json | undefined, unknown: Json | undefined, path: string): string[] {
  // A plan shows nothing of a set of which one element is unknown.
  if (truth === undefined && unknown !== undefined) return [];
  if (Array.isArray(claimed) && Array.isArray(truth)) {
    if (claimed.length !== truth.length) return [`${path}: ${claimed.length} elements, not ${truth.length}`];
    return claimed.flatMap((item, place) => {
      const hidden = Array.isArray(unknown) ? unknown[place] : undefined;
      return hidden === true ? [] : differences(item, truth[place], hidden, `${path}[${place}]`);
    });
  }
  if (isObject(claimed) && isObject(truth))
    return Object.entries(claimed).flatMap(([key, item]) =>
      differences(item, truth[key], isObject(unknown) ? unknown[key] : undefined, `${path}.${key}`),
    );
  return normal(claimed) === normal(truth) ? [] : [`${path}: ${JSON.stringify(claimed)}, not ${JSON.stringify(truth)}`];
}

function normal(value: Json | undefined): string {
  if (typeof value === "string" && value.startsWith("{")) {
    return canonicalJson(JSON.parse(value));
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function compare(claimed: readonly Resource[], truth: readonly Resource[]): string[] {
  const real = new Map(truth.map((resource) => [resource.address, resource]));
  return claimed.flatMap((resource) => {
    const own = real.get(resource.address);
    return own
      ? differences(resource.values, own.values, resource.unknown, resource.address)
      : [`${resource.address} is not there`];
  });
}

/** The resources of an applied state. */
function resourcesOfState(state: unknown): Resource[] {
  const collect = (module: JsonObject): Resource[] => [
    ...objectsAt(module, "resources").map((entry) => fromEntry(entry, objectAt(entry, "values"), {})),
    ...objectsAt(module, "child_modules").flatMap(collect),
  ];
  return collect(objectAt(objectAt(state, "values"), "root_module"));
}

function unknownPaths(mark: Json, path: string): string[] {
  if (mark === true) return [path];
  if (Array.isArray(mark)) return mark.flatMap((item, place) => unknownPaths(item, `${path}[${place}]`));
  return isObject(mark) ? Object.entries(mark).flatMap(([key, item]) => unknownPaths(item, `${path}.${key}`)) : [];
}

describe.skipIf(engine === undefined)("what is claimed to be known", () => {
  it("is what the engine applies, for the language and its functions", () => {
    const evaluation = evaluateDirectory(readFiles(casesAt("language")), { root: "." });
    expect(evaluation.problems).toEqual([]);
    expect(evaluation.unknowns).toEqual([]);
    const truth = resourcesOfState(askEngine(engine ?? "", casesAt("language"), { apply: true }));
    expect(evaluation.resources.map(({ address }) => address).sort()).toEqual(
      truth.map(({ address }) => address).sort(),
    );
    expect(compare(evaluation.resources, truth)).toEqual([]);
    const open = evaluation.resources.flatMap(({ address, unknown }) => unknownPaths(unknown, address));
    expect(open).toEqual(["terraform_data.strings.input.when", "terraform_data.refers.input.mixed"]);
  });

  it.skipIf(mirror === undefined)(
    "is what a plan with the AWS provider shows, and nearly everything in it is known",
    () => {
      const evaluation = evaluateDirectory(readFiles(casesAt("aws")), { root: "." });
      expect(evaluation.problems).toEqual([]);
      const truth = resourcesOfPlan(askEngine(engine ?? "", casesAt("aws"), mirror === undefined ? {} : { mirror }));
      expect(evaluation.resources.map(({ address }) => address).sort()).toEqual(
        truth.map(({ address }) => address).sort(),
      );
      expect(compare(evaluation.resources, truth)).toEqual([]);
      const open = evaluation.resources.flatMap(({ address, unknown }) => unknownPaths(unknown, address));
      expect(open).toEqual([
        "aws_s3_bucket_public_access_block.logs.bucket",
        "aws_s3_bucket_policy.partly.policy",
        "aws_db_instance.main.vpc_security_group_ids[0]",
      ]);
      const bucket = evaluation.resources.find(({ address }) => address === "aws_s3_bucket.logs");
      expect(bucket?.values["tags_all"]).toEqual({ owner: "platform", team: "data" });
      const document = evaluation.documents.get("aws_s3_bucket_policy.partly")?.get("policy");
      expect(document?.document).toMatchObject({
        Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }],
      });
      expect(document?.unknown).toMatchObject({ Statement: [{ Resource: [`arn:${nameGap}`, `arn:${nameGap}/*`] }] });
    },
  );
});
