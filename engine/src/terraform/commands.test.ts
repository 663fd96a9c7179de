import { describe, expect, it } from "vitest";
import {
  applyArguments,
  initArguments,
  planArguments,
  readVersion,
  showPlanArguments,
  versionArguments,
} from "./commands.ts";

describe("command lines", () => {
  it("asks for the version as JSON and reads it", () => {
    expect(versionArguments()).toEqual(["version", "-json"]);
    expect(readVersion('{"terraform_version":"1.11.4"}')).toBe("1.11.4");
    expect(() => readVersion("{}")).toThrow(SyntaxError);
    expect(() => readVersion("Terraform v1.11.4")).toThrow(SyntaxError);
  });

  it("initializes without asking, upgrading or changing the lock file; as JSON where the engine can", () => {
    const plain = ["init", "-input=false", "-no-color", "-lockfile=readonly"];
    expect(initArguments({ engine: "terraform", version: "1.11.4" })).toEqual([...plain, "-json"]);
    expect(initArguments({ engine: "terraform", version: "1.8.5" })).toEqual(plain);
    expect(initArguments({ engine: "tofu", version: "1.12.6-dev" })).toEqual([...plain, "-json"]);
    expect(initArguments({ engine: "tofu", version: "1.7.0" })).toEqual(plain);
  });

  it("plans without a lock, values files in their order", () => {
    const start = ["plan", "-input=false", "-no-color", "-json", "-lock=false"];
    expect(planArguments({ out: "/o", varFiles: ["/a.tfvars", "/b.tfvars"] })).toEqual([
      ...start,
      "-var-file=/a.tfvars",
      "-var-file=/b.tfvars",
      "-out=/o",
    ]);
    expect(planArguments({ out: "/o", varFiles: [], destroy: true, refresh: false })).toEqual([
      ...start,
      "-destroy",
      "-refresh=false",
      "-out=/o",
    ]);
    expect(planArguments({ out: "/o", varFiles: [], refreshOnly: true, replace: ['a.b["x y"]'] })).toEqual([
      ...start,
      "-refresh-only",
      '-replace=a.b["x y"]',
      "-out=/o",
    ]);
  });

  it("shows and applies saved plans", () => {
    expect(showPlanArguments("/p")).toEqual(["show", "-no-color", "-json", "/p"]);
    expect(applyArguments("/p")).toEqual(["apply", "-input=false", "-no-color", "-json", "/p"]);
  });
});
