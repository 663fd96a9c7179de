export { type RunnerConfig, readRunnerConfig } from "./config.ts";
export { runRunner, type RunnerParts } from "./runner.ts";
export { sandboxSelfTest, type SelfTestOptions } from "./sandbox/self-test.ts";
export { prepareRunner } from "./start.ts";
