import type { Random } from "../random.ts";
import { sizes, upstreams } from "./model.ts";
import type { Component, Environment, Model, Module } from "./model.ts";

/** A kind of change that a person makes in one file. */
export type ChangeKind = keyof typeof kinds;

const fresh = (random: Random) => 1000 + random.below(1_000_000);
const component = (model: Model, random: Random): Component => random.pick(model.components);
const module = (model: Model, random: Random): Module => random.pick(model.modules);
const environment = (model: Model, random: Random): Environment => random.pick(model.environments);
const someComponent = (random: Random) => random.below(sizes.components);

/** Every kind changes the model where exactly one file shows it. */
const kinds = {
  "code of a component": (model: Model, random: Random) => void (component(model, random).logic = fresh(random)),
  "lock file of a component": (model: Model, random: Random) => void (component(model, random).lock = fresh(random)),
  "modules that a component calls": (model: Model, random: Random) =>
    void (component(model, random).calls = random.some(sizes.modules, 3)),
  "data that a component reads": (model: Model, random: Random) =>
    void (component(model, random).reads = [random.below(sizes.data)]),
  "new file in a component": (model: Model, random: Random) => void (component(model, random).notes = fresh(random)),
  "code of a module": (model: Model, random: Random) => void (module(model, random).logic = fresh(random)),
  "modules that a module calls": (model: Model, random: Random) => {
    const at = random.below(sizes.modules);
    const changed = model.modules[at];
    if (changed !== undefined) changed.calls = random.some(at, 2);
  },
  "data that a module reads": (model: Model, random: Random) =>
    void (module(model, random).reads = [random.below(sizes.data)]),
  "data file": (model: Model, random: Random) => void (model.data[random.below(sizes.data)] = fresh(random)),
  "values of a workspace": (model: Model, random: Random) =>
    void (environment(model, random).own[someComponent(random)] = fresh(random)),
  "values of a workspace taken away": (model: Model, random: Random) =>
    void (environment(model, random).own[someComponent(random)] = 0),
  "values of an environment": (model: Model, random: Random) =>
    void (environment(model, random).common = fresh(random)),
  "version of a sealed variable": (model: Model, random: Random) => {
    const { sealed } = environment(model, random);
    const at = someComponent(random);
    sealed[at] = (sealed[at] ?? 0) + 1;
  },
  "sealed variable of all components": (model: Model, random: Random) =>
    void (environment(model, random).sealedCommon += 1),
  "pin of an environment": (model: Model, random: Random) =>
    void (environment(model, random).pin = random.below(sizes.history)),
  "pin of a component": (model: Model, random: Random) =>
    void environment(model, random).componentPins.set(someComponent(random), random.below(sizes.history)),
  "rule of an environment": (model: Model, random: Random) => void (environment(model, random).approvals += 1),
  "what a component depends on": (model: Model, random: Random) => {
    const at = someComponent(random);
    const changed = model.components[at];
    if (changed !== undefined) changed.dependsOn = upstreams(at, random);
  },
  "file named in plumbline.yaml": (model: Model, random: Random) =>
    void (component(model, random).extra = [random.below(sizes.data)]),
  "engine's version": (model: Model) => void (model.engine += 1),
  "a file of no component": (model: Model, random: Random) => void (model.readme = fresh(random)),
} as const;

/** The kinds, so that every one comes up equally often. */
export const changeKinds = Object.keys(kinds).filter((name): name is ChangeKind => name in kinds);

/** A copy of the model with one change of that kind. */
export function changed(model: Model, kind: ChangeKind, random: Random): Model {
  const copy = structuredClone(model);
  kinds[kind](copy, random);
  return copy;
}
