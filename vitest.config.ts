import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Node projects use Node's own loader, as in production; files of one project share a process, so no test may
// change the environment, the working directory or globals.
const node = (name: string) => ({
  test: {
    name,
    include: [`${name}/src/**/*.test.ts`],
    environment: "node",
    pool: "forks" as const,
    isolate: false,
    experimental: { viteModuleRunner: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

const cloudStories = ["e2e/src/aws.test.ts", "e2e/src/moving-in.test.ts"];

// Scenarios run many real programs. A second attempt tells a machine that was slow from a defect; what failed the first
// time is printed all the same.
const stories = (name: string, files: { include: string[]; exclude?: string[]; fileParallelism?: boolean }) => ({
  test: {
    name,
    ...files,
    environment: "node",
    pool: "forks" as const,
    experimental: { viteModuleRunner: false },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    retry: 1,
    setupFiles: ["e2e/src/world/say-failures.ts"],
  },
});

export default defineConfig({
  test: {
    projects: [
      ...["contract", "engine", "providers", "policy", "server", "runner", "cli", "lab"].map(node),
      {
        test: {
          name: "lint",
          include: ["lint/**/*.test.ts"],
          environment: "node",
          pool: "forks",
          experimental: { viteModuleRunner: false },
        },
      },
      {
        test: {
          name: "web",
          root: "web",
          include: ["src/**/*.test.{ts,tsx}"],
          environment: "happy-dom",
          setupFiles: [join(import.meta.dirname, "web/src/testing/no-network.ts")],
          pool: "forks",
          isolate: false,
        },
      },
      // They wait for an emulated cloud most of the time, so they run beside the tests of the other projects.
      stories("aws", { include: cloudStories }),
      stories("e2e", { include: ["e2e/**/*.test.ts"], exclude: cloudStories, fileParallelism: false }),
    ],
  },
});
