#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Compiled code is kept between starts; it must be on before anything large is imported.
enableCompileCache();

const { runPlumb } = await import("./run-plumb.ts");
const { processTerminal } = await import("./terminal/terminal.ts");
process.exitCode = await runPlumb(process.argv.slice(2), processTerminal());
