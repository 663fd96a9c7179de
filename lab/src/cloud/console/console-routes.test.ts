import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asText } from "../../kinds/attribute.ts";
import { startLab } from "../../testing/lab.ts";
import type { Lab } from "../../testing/lab.ts";

let lab: Lab;
let firewall: string;
beforeAll(async () => {
  lab = await startLab();
  const network = await lab.call("POST", "network", { name: "main", cidr: "10.0.0.0/16" });
  const made = await lab.call("POST", "firewall", { name: "shop", network_id: network.body["id"] });
  firewall = asText(made.body["id"]);
});
afterAll(() => lab.stop());

async function page(path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${lab.cloud.url}${path}`);
  return { status: response.status, text: await response.text() };
}

// By node:http, because fetch sets Origin and Sec-Fetch-Site itself.
function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<number> {
  const origin = lab.cloud.url;
  return new Promise((resolve, reject) => {
    const call = request(`${lab.cloud.url}${path}`, { method: "POST", headers: { origin, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end(new URLSearchParams(form).toString());
  });
}

const read = async () => (await lab.call("GET", `firewall/${firewall}`)).body;

describe("the console", () => {
  it("shows accounts, resources and one resource", async () => {
    expect((await page("/console")).text).toContain('href="/console/prod"');
    expect((await page("/console/dev")).text).toContain(`/console/dev/firewall/${firewall}`);
    expect((await page(`/console/dev/firewall/${firewall}`)).text).toContain("Open a port");
    expect((await page("/console/dev/firewall/fw-0")).status).toBe(404);
    expect((await page("/console/%E0%A4%A")).status).toBe(404);
  });

  it("opens a port, closes it, and remembers who did it", async () => {
    const form = {
      list: "ingress",
      port: "22",
      protocol: "tcp",
      cidr: "0.0.0.0/0",
      description: "<script>alert(1)</script>",
    };
    const cookie = "lab_person=Ann%20Example";
    expect(await post(`/console/dev/firewall/${firewall}/add-item`, form, { cookie })).toBe(303);
    expect(await read()).toMatchObject({
      ingress: [{ port: 22, cidr: "0.0.0.0/0" }],
      updated_by: "console:Ann Example",
    });
    const shown = (await page(`/console/dev/firewall/${firewall}`)).text;
    expect(shown).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(shown).not.toContain("<script>alert");
    expect(await post(`/console/dev/firewall/${firewall}/remove-item`, { list: "ingress", index: "0" })).toBe(303);
    expect(await read()).toMatchObject({ ingress: [], updated_by: "console" });
    expect((await page("/console/dev/activity")).text).toContain("console:Ann Example");
  });

  it("edits attributes and says what is wrong with them", async () => {
    const tags = "owner=shop\r\ncost-centre=47=11";
    expect(await post(`/console/dev/firewall/${firewall}/edit`, { name: "shop", tags })).toBe(303);
    expect(await read()).toMatchObject({ tags: { owner: "shop", "cost-centre": "47=11" } });
    expect(await post(`/console/dev/firewall/${firewall}/edit`, { name: "<b>" })).toBe(422);
    expect(await read()).toMatchObject({ name: "shop" });
  });

  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["no origin from another site", { origin: "null" }],
    ["a site that a browser calls foreign", { "sec-fetch-site": "cross-site" }],
    ["a name that was rebound to loopback", { host: "evil.example", origin: "http://evil.example" }],
  ])("takes no change from %s", async (_, headers) => {
    expect(await post(`/console/dev/firewall/${firewall}/delete`, {}, headers)).toBe(403);
    expect(await read()).toMatchObject({ id: firewall });
  });

  it("deletes, and refuses what is in use", async () => {
    const { body } = await lab.call("GET", "network");
    const [network] = body["items"] as { id: string }[];
    expect(await post(`/console/dev/network/${network!.id}/delete`, {})).toBe(409);
    expect(await post(`/console/dev/firewall/${firewall}/delete`, {})).toBe(303);
    expect((await lab.call("GET", `firewall/${firewall}`)).status).toBe(404);
  });
});
