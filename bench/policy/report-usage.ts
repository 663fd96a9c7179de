// Loaded before a program that is measured: at its end it writes what it used.
import { writeFileSync } from "node:fs";

const file = process.env["PLUMBLINE_BENCH_USAGE"];
if (file !== undefined)
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(file, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1000 }));
  });
