import { describe, expect, it } from "vitest";
import { proxyFor } from "./proxy.ts";

const PROXY = "http://proxy.example:3128";

describe("the proxy for a target", () => {
  it.each([
    ["http://lab.internal:8090", { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ["http://lab.internal:8090", { http_proxy: "proxy.example:3128" }, `${PROXY}/`],
    ["http://lab.internal:8090", {}, undefined],
    ["http://lab.internal:8090", { HTTP_PROXY: "" }, undefined],
    ["http://localhost:8090", { HTTP_PROXY: PROXY }, undefined],
    ["http://127.0.0.9:8090", { HTTP_PROXY: PROXY }, undefined],
    ["http://[::1]:8090", { HTTP_PROXY: PROXY }, undefined],
    ["http://127.evil.example", { HTTP_PROXY: PROXY }, `${PROXY}/`],
    ["http://lab.internal:8090", { HTTP_PROXY: PROXY, NO_PROXY: "other, lab.internal" }, undefined],
    ["http://lab.internal:8090", { HTTP_PROXY: PROXY, no_proxy: ".internal" }, undefined],
    ["http://lab.internal:8090", { HTTP_PROXY: PROXY, NO_PROXY: "lab.internal:80" }, `${PROXY}/`],
    ["http://lab.internal:8090", { HTTP_PROXY: PROXY, NO_PROXY: "*" }, undefined],
    ["http://notlab.internal", { HTTP_PROXY: PROXY, NO_PROXY: "lab.internal" }, `${PROXY}/`],
  ])("%s with %j is %s", (target, env, expected) => {
    expect(proxyFor(new URL(target), env)?.href).toBe(expected);
  });
});
