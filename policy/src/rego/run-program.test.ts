import { describe, expect, it } from "vitest";
import { runProgram } from "./run-program.ts";

const node = process.execPath;
const options = { timeoutMs: 20_000, directory: "/" };
const isLinux = process.platform === "linux";

describe("a program", () => {
  it("gets its input and nothing of this process's environment", async () => {
    const script =
      "process.stdin.pipe(process.stdout); process.stderr.write(JSON.stringify(process.env)); process.exitCode = 3";
    const result = await runProgram(node, ["-e", script], { ...options, input: "in", environment: { A: "b" } });
    expect(result).toEqual({ exitCode: 3, stdout: "in", stderr: '{"A":"b"}' });
  });

  it("that takes too long ends, with what it started", async () => {
    const script = `require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "inherit" })`;
    // Its child holds the output open: without ending the child this would take a minute.
    const result = await runProgram(node, ["-e", script], { ...options, timeoutMs: 300 });
    expect(result).toMatchObject({ exitCode: null, stopped: "time" });
  });

  it.runIf(isLinux)("that uses too much of a processor ends", async () => {
    const result = await runProgram(node, ["-e", "for (;;);"], { ...options, cpuMs: 300 });
    expect(result.stopped).toBe("cpu");
  });

  it.runIf(isLinux)("that takes too much memory ends", async () => {
    const script = "const held = []; setInterval(() => held.push(Buffer.alloc(8e6, 1)), 1)";
    const result = await runProgram(node, ["-e", script], { ...options, memoryBytes: 300e6 });
    expect(result.stopped).toBe("memory");
  });

  it("that prints without end ends", async () => {
    const script = "const text = 'x'.repeat(1e6); (function more() { process.stdout.write(text, more) })()";
    expect((await runProgram(node, ["-e", script], options)).stopped).toBe("output");
  });

  it("that cannot be started is a fault", async () => {
    await expect(runProgram("/nowhere/program", [], options)).rejects.toThrow("ENOENT");
  });
});
