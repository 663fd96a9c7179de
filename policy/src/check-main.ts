// The process that checks one workspace inside a sandbox: one JSON request on standard input (or in the file named by
// the first argument), one Judgement on standard output. It needs no network. Exit 0 says that an answer was written,
// 2 that the request itself could not be read.
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import type { ProblemBody } from "@plumbline/contract/errors";
import type { CheckRequest, RegoRequest } from "./check-request.ts";
import type { RegoInput } from "./rego/rego-input.ts";
import type { ScannerRun } from "./scanners/scanner.ts";

async function main(): Promise<number> {
  // Modules are loaded after the cache is on, so that it holds for them.
  const cache = process.env["PLUMBLINE_COMPILE_CACHE"];
  if (cache) enableCompileCache(cache);
  let request: CheckRequest;
  try {
    request = JSON.parse(readFileSync(process.argv[2] ?? 0, "utf8"));
  } catch (fault) {
    process.stderr.write(`The request cannot be read: ${String(fault)}\n`);
    return 2;
  }
  // Scanners take longest; the rules judge while they run.
  const scanned = startScanners(request);
  const { judgePlan } = await import("./judging/judge-plan.ts");
  const { environmentValues, rego, organizationRego, files, texts, scanners: _, ...rest } = request;
  const judgement = await judgePlan({
    ...rest,
    files: new Map(Object.entries(files)),
    ...(texts ? { texts: new Map(Object.entries(texts)) } : {}),
    ...(environmentValues ? { environmentValues: new Map(Object.entries(environmentValues)) } : {}),
    ...(scanned ? { scanned } : {}),
    ...(rego ? { rego: inputOf(rego) } : {}),
    ...(organizationRego ? { organizationRego: inputOf(organizationRego) } : {}),
  });
  const told = new Set(judgement.failures.map(({ detail }) => detail));
  for (const tested of [organizationRego, rego])
    judgement.failures.push(...(await testRego(tested)).filter(({ detail }) => !told.has(detail)));
  process.stdout.write(`${JSON.stringify(judgement)}\n`);
  return 0;
}

function inputOf({ opa, files, root, directory }: RegoRequest): RegoInput {
  return { opa, files: new Map(Object.entries(files)), directory, ...(root === undefined ? {} : { root }) };
}

async function testRego(rego: RegoRequest | undefined): Promise<ProblemBody[]> {
  if (!rego?.tests) return [];
  const { failedTests, testPolicies } = await import("./rego/test-policies.ts");
  const result = await testPolicies(inputOf({ ...rego, files: { ...rego.files, ...rego.tests } }));
  return [...failedTests(result), ...result.failures].map((problem) => problem.toJSON());
}

function startScanners({
  policyConfiguration,
  scanners,
  planJson,
  files,
}: CheckRequest): Promise<ScannerRun> | undefined {
  const requests = policyConfiguration.scanners ?? [];
  if (requests.length === 0) return undefined;
  const { tools = [], directory = "/tmp", policies = {} } = scanners ?? {};
  const subject = {
    plan: planJson,
    files: new Map(Object.entries(files)),
    policies: new Map(Object.entries(policies)),
  };
  return import("./scanners/requested.ts").then(({ runRequestedScanners }) =>
    runRequestedScanners(requests, tools, subject, { directory }),
  );
}

process.exitCode = await main();
