import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asText } from "../kinds/attribute.ts";
import { startLab } from "../testing/lab.ts";
import type { Lab } from "../testing/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

async function network(name: string): Promise<string> {
  const { body } = await lab.call("POST", "network", { name, cidr: "10.0.0.0/16" });
  return asText(body["id"]);
}

describe("the API", () => {
  it("creates with fallbacks, changes what is named, takes null as left out, and deletes", async () => {
    const created = await lab.call("POST", "bucket", { name: "invoices", public: true }, "write-dev");
    expect(created).toMatchObject({
      status: 201,
      body: { public: true, encrypted: false, region: "eu-central-1", created_by: "write-dev", account: "dev" },
    });
    const path = `bucket/${asText(created.body["id"])}`;
    const changed = await lab.call("PATCH", path, { encrypted: true, public: null });
    expect(changed.body).toMatchObject({ encrypted: true, public: false, updated_by: "administrator" });
    expect((await lab.call("DELETE", path)).status).toBe(200);
    expect((await lab.call("GET", path)).status).toBe(404);
  });

  it("never gives a password back, in the activity neither", async () => {
    const network_id = await network("secretive");
    const subnet = await lab.call("POST", "subnet", { name: "secretive", network_id, cidr: "10.0.0.0/24" });
    const values = { name: "secretive", engine: "postgres", size_gb: 20, password: "first-long-password" };
    const created = await lab.call("POST", "database", { ...values, subnet_ids: [subnet.body["id"]] });
    expect(created.body["endpoint"]).toMatch(/^db-[0-9a-f]{12}\.eu-central-1\.db\.lab\.internal:5432$/);
    const path = `database/${asText(created.body["id"])}`;
    const changed = await lab.call("PATCH", path, { password: "second-long-password" });
    const log = await lab.call("GET", "activity");
    expect(JSON.stringify([created, changed, log])).not.toContain("long-password");
    const [newest] = log.body["items"] as unknown[];
    expect(newest).toMatchObject({ action: "update", changes: [{ attribute: "password", to: "(secret)" }] });
  });

  it.each([
    ["a missing attribute", { name: "x1" }, "cidr is required"],
    ["a wrong type", { name: "x1", cidr: 10 }, "cidr must be a text"],
    ["a wrong range", { name: "x1", cidr: "10.0.0.0/33" }, "cidr must be an IPv4 range"],
    ["a wrong name", { name: "X\n<b>", cidr: "10.0.0.0/16" }, "name must be 2 to 63"],
    ["an unknown attribute", { name: "x1", cidr: "10.0.0.0/16", colour: "red" }, "colour is not an attribute"],
    ["a wrong tag", { name: "x1", cidr: "10.0.0.0/16", tags: { a: 1 } }, "tags must be a map of texts"],
  ])("refuses %s and names it", async (_, values, message) => {
    const { status, body } = await lab.call("POST", "network", values);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(message);
  });

  it("refuses a reference to nothing, a name twice, a change that needs a new resource, a deletion of what is used", async () => {
    const lost = await lab.call("POST", "firewall", { name: "lost", network_id: "net-0" });
    expect(lost).toMatchObject({ status: 422, body: { error: { complaints: [{ path: ["network_id"] }] } } });
    const id = await network("used");
    expect((await lab.call("POST", "network", { name: "used", cidr: "10.0.0.0/16" })).status).toBe(409);
    expect((await lab.call("PATCH", `network/${id}`, { cidr: "10.9.0.0/16" })).body).toMatchObject({
      error: { code: "cannot_change" },
    });
    await lab.call("POST", "firewall", { name: "user", network_id: id });
    expect((await lab.call("DELETE", `network/${id}`)).body).toMatchObject({ error: { code: "in_use" } });
  });

  it("lets a reading key read, and no key into another account", async () => {
    expect((await lab.call("GET", "network", undefined, "read-dev")).status).toBe(200);
    const written = await lab.call("POST", "network", { name: "never", cidr: "10.0.0.0/16" }, "read-dev");
    expect(written).toMatchObject({ status: 403, body: { error: { code: "not_allowed" } } });
    expect(await lab.call("GET", "network", undefined, "read-prod")).toMatchObject({
      status: 403,
      body: { error: { code: "wrong_account" } },
    });
    const id = await network("only-in-dev");
    const headers = { authorization: `Bearer ${lab.token("write-prod")}` };
    expect((await fetch(`${lab.cloud.url}/api/v1/network/${id}`, { headers })).status).toBe(404);
    expect((await fetch(`${lab.cloud.url}/api/v1/network`, { headers: { authorization: "Bearer x" } })).status).toBe(
      401,
    );
    expect((await fetch(`${lab.cloud.url}/api/v1/network`)).status).toBe(401);
  });

  it("fails as often as it was asked to, before or after the effect", async () => {
    const fault = { kind: "bucket", method: "POST", name: "unlucky", status: 500, calls: 2 };
    expect((await lab.call("POST", "faults", fault, "write-dev")).status).toBe(403);
    await lab.call("POST", "faults", fault);
    const create = () => lab.call("POST", "bucket", { name: "unlucky" });
    expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([500, 500, 201]);
    await lab.call("POST", "faults", { kind: "bucket", status: 500, when: "after" });
    expect((await lab.call("POST", "bucket", { name: "made-anyway" })).status).toBe(500);
    expect((await lab.call("GET", "bucket?name=made-anyway")).body["items"]).toHaveLength(1);
  });

  it("can be made slow and forgets faults on demand", async () => {
    await lab.call("POST", "faults", { kind: "bucket", method: "GET", delay_ms: 300, calls: 1 });
    const started = performance.now();
    await lab.call("GET", "bucket");
    expect(performance.now() - started).toBeGreaterThan(290);
    await lab.call("POST", "faults", { status: 500, calls: 1000 });
    await lab.call("DELETE", "faults");
    expect((await lab.call("GET", "bucket")).status).toBe(200);
    expect((await lab.call("POST", "faults", { status: 200 })).status).toBe(422);
  });

  it("refuses what is not JSON, what is too large, and what is not there", async () => {
    const send = (body: string) =>
      fetch(`${lab.cloud.url}/api/v1/network`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${lab.token("write-dev")}` },
      });
    expect((await send("[1]")).status).toBe(400);
    expect((await send("{")).status).toBe(400);
    expect((await send(`"${"x".repeat(1_100_000)}"`)).status).toBe(413);
    expect((await lab.call("GET", "nothing")).status).toBe(404);
    expect((await lab.call("GET", "network/__proto__")).status).toBe(404);
    expect((await lab.call("PUT", "network", {})).status).toBe(405);
  });
});
