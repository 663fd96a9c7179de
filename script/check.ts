// Types, lint with import rules, format and unused code, side by side; prints what failed and ends with 1.
import { spawn } from "node:child_process";

const checks: [name: string, ...command: string[]][] = [
  ["types", "npm", "run", "--silent", "types"],
  ["lint", "npm", "run", "--silent", "lint"],
  ["format", "npm", "run", "--silent", "format", "--", "--check"],
  ["unused code", "npm", "run", "--silent", "unused"],
];

function run([name, program = "", ...rest]: [name: string, ...command: string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("close", (code) => {
      console.log(`${code === 0 ? "holds" : "fails"}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      if (code !== 0) console.log(output.trimEnd());
      resolve(code === 0);
    });
  });
}

const results = await Promise.all(checks.map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;
