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
          pool: "forks",
          isolate: false,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["e2e/**/*.test.ts"],
          environment: "node",
          pool: "forks",
          fileParallelism: false,
          experimental: { viteModuleRunner: false },
          testTimeout: 600_000,
          hookTimeout: 600_000,
          // Scenarios run many real programs. A second attempt tells a machine that was slow from a defect; what failed
          // the first time is printed all the same.
          retry: 1,
          setupFiles: ["e2e/src/world/say-failures.ts"],
        },
      },
    ],
  },
});
