import { componentName } from "./files.ts";
import { environmentNames } from "./model.ts";
import type { Code, Model } from "./model.ts";

interface Truth {
  /** Everything the workspace consists of, written out. */
  contents: string;
  upstreams: string[];
}

/** Writes out what every workspace of a model consists of: brute force, and without looking at any file. */
export function truthOf(model: Model, history: readonly Code[]): Map<string, Truth> {
  const all = new Map<string, Truth>();
  const known = new Map<Code, string[]>();
  const codeContents = (code: Code, component: number): string => {
    const texts = known.get(code) ?? code.components.map((_, index) => contentsOf(code, index));
    known.set(code, texts);
    return texts[component] ?? "";
  };
  model.environments.forEach((environment, at) => {
    for (let component = 0; component < model.components.length; component++) {
      const pin = environment.componentPins.get(component) ?? environment.pin;
      const code = pin === null ? model : history[pin];
      if (code === undefined) throw new Error(`history has no commit ${pin}`);
      const { common, own, sealed, sealedCommon } = environment;
      all.set(`${componentName(component)}/${environmentNames[at]}`, {
        contents: JSON.stringify([
          codeContents(code, component),
          common,
          own[component],
          sealed[component],
          sealedCommon,
        ]),
        upstreams: (code.components[component]?.dependsOn ?? []).map(
          (one) => `${componentName(one)}/${environmentNames[at]}`,
        ),
      });
    }
  });
  return all;
}

function contentsOf(code: Code, component: number): string {
  const modules = new Set<number>();
  const visit = (module: number): void => {
    if (modules.has(module)) return;
    modules.add(module);
    code.modules[module]?.calls.forEach(visit);
  };
  const own = code.components[component];
  own?.calls.forEach(visit);
  const used = [...modules]
    .toSorted((left, right) => left - right)
    .map((module) => [module, code.modules[module]] as const);
  const reads = new Set([
    ...(own?.reads ?? []),
    ...(own?.extra ?? []),
    ...used.flatMap(([, module]) => module?.reads ?? []),
  ]);
  const data = [...reads].toSorted((left, right) => left - right).map((read) => [read, code.data[read]]);
  return JSON.stringify([own, used, data, code.engine]);
}

/** The workspaces that differ between two models, and all downstream of them. */
export function expectedAffected(before: Map<string, Truth>, after: Map<string, Truth>): Set<string> {
  const affected = new Set(
    [...after].flatMap(([name, { contents }]) => (before.get(name)?.contents === contents ? [] : [name])),
  );
  for (let size = -1; size !== affected.size;) {
    size = affected.size;
    for (const [name, { upstreams }] of after) if (upstreams.some((one) => affected.has(one))) affected.add(name);
  }
  return affected;
}
