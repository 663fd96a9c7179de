import { describe, expect, it } from "vitest";
import { engineEnvironment, isReserved } from "./environment.ts";

const base = {
  engine: "terraform" as const,
  dataDirectory: "/data",
  cliConfigFile: "/rc",
  path: "/bin",
  home: "/tmp",
  temporary: "/tmp",
};

describe("engineEnvironment", () => {
  it("is exactly this without state, network and credentials", () => {
    expect(engineEnvironment(base)).toEqual({
      PATH: "/bin",
      HOME: "/tmp",
      TMPDIR: "/tmp",
      USER: "plumbline",
      LANG: "C.UTF-8",
      TF_DATA_DIR: "/data",
      TF_CLI_CONFIG_FILE: "/rc",
      TF_IN_AUTOMATION: "1",
      TF_INPUT: "0",
      CHECKPOINT_DISABLE: "1",
    });
  });

  it("does without certificates between engine and provider only where both are alone", () => {
    expect(engineEnvironment({ ...base, isAlone: true })).toEqual({
      ...engineEnvironment(base),
      TF_DISABLE_PLUGIN_TLS: "1",
    });
    expect(engineEnvironment({ ...base, isAlone: false })).toEqual(engineEnvironment(base));
    expect(isReserved("TF_DISABLE_PLUGIN_TLS")).toBe(true);
  });

  it("puts tofu's own encryption out of force, whatever the phase says", () => {
    const phase = { TF_ENCRYPTION: "state { method = method.aes_gcm.own }" };
    const { TF_ENCRYPTION: encryption } = engineEnvironment({ ...base, engine: "tofu", phase });
    expect(encryption).toContain("method = method.unencrypted.plumbline");
    expect(engineEnvironment({ ...base, phase })).not.toHaveProperty("TF_ENCRYPTION");
  });

  it("adds the state's address and the proxy", () => {
    const state = { address: "http://127.0.0.1:1/state", username: "run", password: "t" };
    expect(engineEnvironment({ ...base, state, proxy: "http://127.0.0.1:1" })).toMatchObject({
      TF_HTTP_ADDRESS: "http://127.0.0.1:1/state",
      TF_HTTP_LOCK_ADDRESS: "http://127.0.0.1:1/state",
      TF_HTTP_UNLOCK_ADDRESS: "http://127.0.0.1:1/state",
      TF_HTTP_LOCK_METHOD: "LOCK",
      TF_HTTP_UNLOCK_METHOD: "UNLOCK",
      TF_HTTP_USERNAME: "run",
      TF_HTTP_PASSWORD: "t",
      HTTPS_PROXY: "http://127.0.0.1:1",
      http_proxy: "http://127.0.0.1:1",
      NO_PROXY: "127.0.0.1,localhost",
    });
  });

  it("gives the phase what is its own and lets it move nothing of ours", () => {
    const phase = {
      AWS_ACCESS_KEY_ID: "key",
      TF_VAR_size: "1",
      TF_TOKEN_example_com: "t",
      TF_CLI_ARGS_plan: "-out=/elsewhere",
      TF_ENCRYPTION: "{}",
      TF_REATTACH_PROVIDERS: "{}",
      TF_HTTP_ADDRESS: "http://evil",
      PATH: "/evil",
      HTTPS_PROXY: "http://evil",
      "A B": "not a name",
    };
    const environment = engineEnvironment({ ...base, phase });
    expect(Object.keys(environment).toSorted()).toEqual([
      "AWS_ACCESS_KEY_ID",
      "CHECKPOINT_DISABLE",
      "HOME",
      "LANG",
      "PATH",
      "TF_CLI_CONFIG_FILE",
      "TF_DATA_DIR",
      "TF_INPUT",
      "TF_IN_AUTOMATION",
      "TF_TOKEN_example_com",
      "TF_VAR_size",
      "TMPDIR",
      "USER",
    ]);
    expect(environment["PATH"]).toBe("/bin");
    expect(Object.keys(phase).filter(isReserved)).toEqual([
      "TF_CLI_ARGS_plan",
      "TF_ENCRYPTION",
      "TF_REATTACH_PROVIDERS",
      "TF_HTTP_ADDRESS",
      "PATH",
      "HTTPS_PROXY",
      "A B",
    ]);
  });
});
