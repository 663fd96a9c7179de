// Import direction, as docs/architecture.md shows it. One table; the page is generated from nothing else.
import { readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Which workspace may import which. A workspace may always import itself. */
export const programs = {
  contract: [],
  providers: [],
  engine: ["contract"],
  policy: ["contract"],
  server: ["contract", "engine", "policy"],
  runner: ["contract", "engine", "policy", "providers"],
  cli: ["contract", "engine", "policy"],
  web: ["contract"],
  lab: ["providers"],
  e2e: ["contract", "engine", "policy", "providers", "server", "runner", "cli", "lab"],
};

/**
 * Server domains from the bottom up. A domain may import domains above it in this list (earlier), never below (later):
 * who starts runs sits above `runs`. `platform` is below every domain.
 */
export const domains = [
  "platform",
  "organizations",
  "access",
  "audit",
  "people",
  "notifications",
  "forges",
  "repositories",
  "variables",
  "states",
  "runners",
  "runs",
  "workspaces",
  "findings",
  "pull-requests",
  "promotions",
  "drift",
  "controls",
  "clients",
  "overview",
  "backup",
];

/** @returns {string | undefined} what is wrong with `file` importing `target`, both absolute paths. */
export function violation(file, target) {
  const from = relative(root, file).split(sep);
  const to = relative(root, target).split(sep);
  const [fromProgram, toProgram] = [from[0], to[0]];
  if (!(fromProgram in programs) || !(toProgram in programs)) return undefined;
  if (fromProgram !== toProgram) {
    if (!programs[fromProgram].includes(toProgram)) return `${fromProgram}/ may not import ${toProgram}/`;
    return undefined;
  }
  if (fromProgram !== "server" || from[1] !== "src" || to[1] !== "src") return undefined;
  if (from.length === 3) return undefined; // main.ts and what it is composed of
  const [fromDomain, toDomain] = [from[2], to[2]];
  const isTest = file.endsWith(".test.ts") || file.includes(`${sep}testing${sep}`);
  if (to.length === 3) return isTest ? undefined : `${fromDomain}/ may not import the composition root`;
  if (fromDomain === toDomain) return undefined;
  if (isTest) return undefined;
  if (!domains.includes(fromDomain)) return `${fromDomain}/ is not in the list of domains (lint/direction.mjs)`;
  if (!domains.includes(toDomain)) return `${toDomain}/ is not in the list of domains (lint/direction.mjs)`;
  if (domains.indexOf(toDomain) > domains.indexOf(fromDomain))
    return `${fromDomain}/ may not import ${toDomain}/: it sits below it`;
  if (toDomain !== "platform" && target.endsWith("-store.ts"))
    return `${toDomain}'s store is private to its folder: call a use case or an exported query`;
  return undefined;
}

/** Turns a specifier into the file it names, or undefined where it is a package of somebody else. */
function resolveSpecifier(file, specifier) {
  if (specifier.startsWith(".")) return resolve(dirname(file), specifier);
  const own = /^@plumbline\/([a-z0-9-]+)(?:\/(.+))?$/.exec(specifier);
  if (own) return resolve(root, own[1], "src", own[2] ?? "index.ts");
  return undefined;
}

const declared = new Map();
function isDeclared(file, specifier) {
  const program = relative(root, file).split(sep)[0];
  if (!(program in programs)) return true;
  const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : specifier.split("/")[0];
  if (name.startsWith("node:") || name === `@plumbline/${program}`) return true;
  if (!declared.has(program)) {
    const own = JSON.parse(readFileSync(resolve(root, program, "package.json"), "utf8"));
    const top = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
    declared.set(
      program,
      new Set([
        ...Object.keys(own.dependencies ?? {}),
        ...Object.keys(own.devDependencies ?? {}),
        ...Object.keys(own.optionalDependencies ?? {}),
        ...Object.keys(top.devDependencies ?? {}),
      ]),
    );
  }
  return declared.get(program).has(name);
}

const direction = {
  create(context) {
    const file = context.filename;
    const check = (node, source) => {
      if (typeof source?.value !== "string") return;
      const target = resolveSpecifier(file, source.value);
      if (target) {
        const message = violation(file, target);
        if (message) context.report({ node, message });
      }
      if (!source.value.startsWith(".") && !isDeclared(file, source.value))
        context.report({ node, message: `"${source.value}" is not declared in this workspace's package.json` });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
    };
  },
};

/** The plug-in that the lint loads. @public */
export default { meta: { name: "plumbline" }, rules: { direction } };
