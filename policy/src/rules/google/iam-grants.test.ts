import { describe, expect, it } from "vitest";
import { effectivePolicy } from "../../configuration/effective-policy.ts";
import { defaultPolicyConfiguration } from "../../configuration/policy-configuration.ts";
import { resourcesFromHcl } from "../../examples/resources-from-hcl.ts";
import { judgeResources } from "../../judging/judge-resources.ts";
import type { Resource } from "../../resources/resource.ts";
import { unknownText } from "../../vocabulary/statement.ts";
import { googleRules } from "./google-rules.ts";

const policy = effectivePolicy(defaultPolicyConfiguration, "prod", "shared");

function fired(resources: readonly Resource[]): string[] {
  return judgeResources(resources, googleRules, policy).map(({ finding }) => `${finding.rule} ${finding.outcome}`);
}

const bucket = (way: string, who: string) =>
  fired(
    resourcesFromHcl(`resource "google_storage_bucket_iam_${way}" "shop" {
  bucket = "shop"
  role   = "roles/storage.objectViewer"
  ${who}
}`),
  );

describe("what is given to everybody", () => {
  it("is found in all three ways to say it", () => {
    const found = ["google-storage-bucket-public fail"];
    expect(bucket("member", 'member = "allAuthenticatedUsers"')).toEqual(found);
    expect(bucket("binding", 'members = ["group:shop@shop.example", "allUsers"]')).toEqual(found);
    const data = '{"bindings":[{"role":"roles/storage.objectViewer","members":["allUsers"]}]}';
    expect(bucket("policy", `policy_data = ${JSON.stringify(data)}`)).toEqual(found);
  });

  it("is not a resource that is made in the same code, and may be a variable", () => {
    expect(bucket("member", "member = google_service_account.shop.member")).toEqual([]);
    expect(bucket("member", "member = var.reader")).toEqual(["google-storage-bucket-public unknown"]);
  });

  it("is told from the known part of a policy", () => {
    const withPart = (members: readonly string[]): string[] => {
      const [resource] = resourcesFromHcl(
        'resource "google_storage_bucket_iam_policy" "shop" {\n  policy_data = data.google_iam_policy.shop.policy_data\n}',
      );
      if (!resource) throw new Error("the example has a policy");
      const part = JSON.stringify({ bindings: [{ role: "roles/storage.objectViewer", members }] });
      return fired([{ ...resource, documents: new Map([["policy_data", part]]) }]);
    };
    expect(withPart(["allUsers", unknownText])).toEqual(["google-storage-bucket-public fail"]);
    expect(withPart(["group:shop@shop.example"])).toEqual([]);
    expect(withPart([unknownText])).toEqual(["google-storage-bucket-public unknown"]);
  });
});

describe("what is given to service accounts", () => {
  const project = (role: string, member: string) =>
    fired(
      resourcesFromHcl(
        `resource "google_project_iam_member" "shop" {\n  project = "shop"\n  role = "${role}"\n  member = ${member}\n}`,
      ),
    );

  it("is told from a reference, without the name", () => {
    expect(project("roles/editor", "google_service_account.shop.member")).toEqual([
      "google-iam-account-rules-everything fail",
    ]);
    expect(project("roles/logging.logWriter", "google_service_account.shop.member")).toEqual([]);
  });

  it("is not alarmed by Google's own agents that act as accounts", () => {
    const agent = '"serviceAccount:service-111122223333@gcp-sa-pubsub.iam.gserviceaccount.com"';
    expect(project("roles/iam.serviceAccountTokenCreator", agent)).toEqual([]);
  });
});
