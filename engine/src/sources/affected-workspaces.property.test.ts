import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { affectedWorkspaces } from "./affected-workspaces.ts";
import { referenceCache } from "./closure.ts";
import type { CodeSnapshot, RepositoryState } from "./repository-state.ts";
import { commitOf, plumbline } from "./testing/repository.ts";

/**
 * A small repository in which what each workspace consists of is known without looking at any file. Component 2 has a
 * directory for each environment, 3 its values beside its code, and 4 exists in some environments only.
 */
interface Code {
  components: { content: number; own: number[]; modules: number[]; dependsOn: number[] }[];
  /** Environments of component 4; none stands for all. */
  where: boolean[];
  modules: { content: number; data: number; modules: number[] }[];
}
interface Values {
  environments: { common: number; own: number[]; sealed: number[]; pin: number | null; componentPin: number | null }[];
}
interface Model extends Code, Values {}

const sizes = { components: 5, modules: 5, environments: 3, commits: 3 };
const small = fc.nat(3);
const lower = (index: number) => fc.uniqueArray(fc.nat(Math.max(0, index - 1)), { maxLength: index === 0 ? 0 : 2 });
const someModules = fc.uniqueArray(fc.nat(sizes.modules - 1), { maxLength: 2 });
const times = <T>(count: number, make: (index: number) => fc.Arbitrary<T>) =>
  fc.tuple(...Array.from({ length: count }, (_, index) => make(index)));

const code: fc.Arbitrary<Code> = fc.record({
  components: times(sizes.components, (index) =>
    fc.record({
      content: small,
      own: times(sizes.environments, () => small),
      modules: someModules,
      dependsOn: lower(index),
    }),
  ),
  where: times(sizes.environments, () => fc.boolean()),
  // A module may call others, also in a circle: that is wrong code, but must not hang.
  modules: times(sizes.modules, () => fc.record({ content: small, data: small, modules: someModules })),
});
const pin = fc.option(fc.nat(sizes.commits - 1), { freq: 2 });
const environment = fc.record({
  common: small,
  own: times(sizes.components, () => small),
  sealed: times(sizes.components, () => small),
  pin,
  componentPin: fc.option(fc.nat(sizes.commits - 1), { freq: 3 }),
});
const values: fc.Arbitrary<Values> = fc.record({ environments: times(sizes.environments, () => environment) });

/** Few and small steps from one model to the next, as changes are. */
type Step = (model: Model) => void;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat(sizes.components - 1), small).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.components[at]!.content = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), small).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.components[2]!.own[at] = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), fc.boolean()).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.where[at] = next),
  ),
  fc.tuple(fc.nat(sizes.components - 1), someModules).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.components[at]!.modules = next),
  ),
  fc
    .nat(sizes.components - 1)
    .chain((at) => lower(at).map((next) => (model: Model) => void (model.components[at]!.dependsOn = next))),
  fc.tuple(fc.nat(sizes.modules - 1), small).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.modules[at]!.content = next),
  ),
  fc.tuple(fc.nat(sizes.modules - 1), small).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.modules[at]!.data = next),
  ),
  fc.tuple(fc.nat(sizes.modules - 1), someModules).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.modules[at]!.modules = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), small).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.environments[at]!.common = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), fc.nat(sizes.components - 1), small).map(
    ([at, one, next]) =>
      (model: Model) =>
        void (model.environments[at]!.own[one] = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), fc.nat(sizes.components - 1), small).map(
    ([at, one, next]) =>
      (model: Model) =>
        void (model.environments[at]!.sealed[one] = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), pin).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.environments[at]!.pin = next),
  ),
  fc.tuple(fc.nat(sizes.environments - 1), pin).map(
    ([at, next]) =>
      (model: Model) =>
        void (model.environments[at]!.componentPin = next),
  ),
);

const ref = (commit: number) => String(commit + 1).repeat(40);

function write(model: Model): CodeSnapshot {
  const files: Record<string, string> = {};
  model.components.forEach((component, index) => {
    const calls = component.modules.map(
      (module, call) => `module "c${call}" {\n  source = "../../modules/m${module}"\n}`,
    );
    const text = `# ${component.content} "../../modules/m0"\n${calls.join("\n")}\n`;
    if (index === 2)
      component.own.forEach(
        (own, at) => (files[`live/e${at}/c2/main.tf`] = `# ${own} ${text.replaceAll("../../", "../../../")}`),
      );
    else files[`components/c${index}/main.tf`] = text;
  });
  model.modules.forEach((module, index) => {
    const calls = module.modules.map((other, call) => `module "c${call}" {\n  source = "../m${other}"\n}`);
    files[`modules/m${index}/main.tf`] =
      `# ${module.content}\n${calls.join("\n")}\nlocals {\n  d = file("\${path.module}/../../data/d${index}.txt")\n}\n`;
    files[`data/d${index}.txt`] = `${module.data}`;
  });
  model.environments.forEach((entry, index) => {
    const folder = `environments/e${index}`;
    // A pin may have component 4 where main has it not.
    const mayName = existsIn(model.where, index) || entry.pin !== null || entry.componentPin !== null;
    const pinned = {
      ...(entry.pin === null ? {} : { ref: ref(entry.pin) }),
      ...(entry.componentPin === null ? {} : { components: { c1: { ref: ref(entry.componentPin) } } }),
    };
    files[`${folder}/environment.yaml`] = JSON.stringify(Object.keys(pinned).length === 0 ? {} : { pin: pinned });
    files[`${folder}/common.tfvars`] = `a = ${entry.common}`;
    entry.own.forEach((value, one) => {
      const file = one === 3 ? `components/c3/vars/e${index}.tfvars` : `${folder}/c${one}.tfvars`;
      if (one !== 4 || mayName) files[file] = `b = ${value}`;
    });
    const sealed = entry.sealed.map((version, one) => [`c${one}`, { secret: { version: version + 1 } }]);
    const there = mayName ? sealed : sealed.slice(0, 4);
    files[`${folder}/sealed.yaml`] = JSON.stringify(Object.fromEntries(there));
  });
  files["plumbline.yaml"] = plumbline(
    Object.fromEntries(
      model.components.map((component, index) => [
        `c${index}`,
        { depends_on: component.dependsOn.map((one) => `c${one}`), ...placement(model, index) },
      ]),
    ),
    model.environments.map((_, index) => `e${index}`),
  );
  return commitOf(files);
}

function existsIn(where: readonly boolean[], environment: number): boolean {
  return where[environment] === true || !where.includes(true);
}

function placement({ where }: Code, component: number): object {
  if (component === 2) return { path: "live/{environment}/{component}" };
  if (component === 3) return { values: "components/c3/vars/{environment}.tfvars" };
  if (component !== 4 || !where.includes(true)) return {};
  return { environments: where.flatMap((is, index) => (is ? [`e${index}`] : [])) };
}

/** Brute force: everything a workspace consists of, written out. */
function contents(model: Model, commits: readonly Code[]): Map<string, { text: string; dependsOn: string[] }> {
  const all = new Map<string, { text: string; dependsOn: string[] }>();
  model.environments.forEach((entry, index) => {
    for (let one = 0; one < sizes.components; one++) {
      const commit = one === 1 && entry.componentPin !== null ? entry.componentPin : entry.pin;
      const from = commit === null ? model : commits[commit]!;
      const component = from.components[one]!;
      if (one === 4 && !existsIn(from.where, index)) continue;
      const modules = new Set<number>();
      const visit = (module: number): void => {
        if (modules.has(module)) return;
        modules.add(module);
        from.modules[module]!.modules.forEach(visit);
      };
      component.modules.forEach(visit);
      const used = [...modules].toSorted((left, right) => left - right).map((module) => [module, from.modules[module]]);
      all.set(`c${one}/e${index}`, {
        text: JSON.stringify([
          component.content,
          one === 2 ? component.own[index] : 0,
          component.modules,
          component.dependsOn.toSorted((left, right) => left - right),
          used,
          entry.common,
          entry.own[one],
          entry.sealed[one],
        ]),
        dependsOn: component.dependsOn.map((upstream) => `c${upstream}/e${index}`),
      });
    }
  });
  return all;
}

describe("affected workspaces of any change", () => {
  it("are exactly those whose contents differ, and what depends on them", async () => {
    const cache = referenceCache();
    let changed = 0;
    let removed = 0;
    await fc.assert(
      fc.asyncProperty(
        code,
        values,
        times(sizes.commits, () => code),
        fc.array(step, { minLength: 1, maxLength: 4 }),
        async (base, rules, commits, steps) => {
          const before: Model = structuredClone({ ...base, ...rules });
          const after = structuredClone(before);
          for (const apply of steps) apply(after);
          const pinned = new Map(commits.map((commit, index) => [ref(index), write({ ...commit, ...rules })]));
          const state = (model: Model): RepositoryState => ({ values: write(model), pinned });
          const result = await affectedWorkspaces({ before: state(before), after: state(after), cache });

          const was = contents(before, commits);
          const is = contents(after, commits);
          const own = [...is].filter(([name, { text }]) => was.get(name)?.text !== text).map(([name]) => name);
          const all = new Set(own);
          for (let size = -1; size !== all.size;) {
            size = all.size;
            for (const [name, { dependsOn }] of is) if (dependsOn.some((upstream) => all.has(upstream))) all.add(name);
          }
          changed += own.length;
          const found = result.workspaces;
          expect(found.map(({ workspace }) => workspace.name).toSorted()).toEqual([...all].toSorted());
          expect(
            found
              .filter(({ downstream }) => !downstream)
              .map(({ workspace }) => workspace.name)
              .toSorted(),
          ).toEqual(own.toSorted());
          const gone = [...was.keys()].filter((name) => !is.has(name));
          removed += gone.length;
          expect(result.removed.map(({ name }) => name).toSorted()).toEqual(gone.toSorted());
        },
      ),
      { numRuns: 500 },
    );
    expect(changed).toBeGreaterThan(500);
    expect(removed).toBeGreaterThan(10);
  }, 120_000);
});
