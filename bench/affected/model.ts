import type { Random } from "../random.ts";

/** A root module: `logic` and `lock` stand for the contents of files; what it calls and reads are indexes. */
export interface Component {
  logic: number;
  lock: number;
  calls: number[];
  reads: number[];
  dependsOn: number[];
  /** Data files that plumbline.yaml names for it, because no text of its code does. */
  extra: number[];
  /** A file that does not end in .tf; 0 where it is not there. */
  notes: number;
}

/** A shared module; it calls only modules with a smaller index. */
export interface Module {
  logic: number;
  calls: number[];
  reads: number[];
}

/** What comes from a pinned commit. */
export interface Code {
  components: Component[];
  modules: Module[];
  data: number[];
  engine: number;
}

/** What always comes from main. `pin` and `componentPins` are indexes of history. */
export interface Environment {
  common: number;
  /** Values file per component; 0 where there is none. */
  own: number[];
  /** Version of the sealed variable per component; 0 where it has none. */
  sealed: number[];
  sealedCommon: number;
  pin: number | null;
  componentPins: Map<number, number>;
  /** A rule that no plan depends on. */
  approvals: number;
}

/** A repository of which is known, without reading any of its files, what each workspace consists of. */
export interface Model extends Code {
  environments: Environment[];
  readme: number;
}

export const environmentNames = ["dev", "test", "uat", "prod"];
export const sizes = { components: 1000, modules: 120, data: 60, history: 3 };

/** Makes a repository; no environment has a pin yet. */
export function generate(random: Random): Model {
  const numbers = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));
  return {
    components: numbers(sizes.components, (index) => ({
      logic: random.below(1000),
      lock: random.below(3),
      calls: random.some(sizes.modules, 3),
      reads: random.below(5) === 0 ? random.some(sizes.data, 1) : [],
      dependsOn: upstreams(index, random),
      extra: random.below(40) === 0 ? [random.below(sizes.data)] : [],
      notes: 0,
    })),
    modules: numbers(sizes.modules, (index) => ({
      logic: random.below(1000),
      calls: random.some(index, 2),
      reads: random.below(3) === 0 ? [random.below(sizes.data)] : [],
    })),
    data: numbers(sizes.data, () => random.below(1000)),
    engine: 6,
    environments: environmentNames.map(() => ({
      common: random.below(1000),
      own: numbers(sizes.components, () => 1 + random.below(1000)),
      sealed: numbers(sizes.components, () => (random.below(10) === 0 ? 1 : 0)),
      sealedCommon: 1,
      pin: null,
      componentPins: new Map<number, number>(),
      approvals: 1,
    })),
    readme: 0,
  };
}

/** Layers as teams have them: a tenth is platform, three tenths are shared and depend on it, the rest on both. */
export function layerOf(index: number): "platform" | "shared" | "application" {
  return index < 100 ? "platform" : index < 400 ? "shared" : "application";
}

/** What a component may depend on: some of the layers before its own. */
export function upstreams(index: number, random: Random): number[] {
  const below = { platform: 0, shared: 100, application: 400 }[layerOf(index)];
  return random.some(below, 2);
}
