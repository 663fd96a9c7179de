// Runs a program in this process and adds the CPU seconds it used to a file: report-usage.mjs FILE PROGRAM ARGUMENTS…
import { writeFileSync } from "node:fs";

const [node = "", , file = "", program = "", ...args] = process.argv;
process.argv = [node, program, ...args];
process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(file, String((user + system) / 1e6));
});
await import(program);
