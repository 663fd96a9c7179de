import { randomFrom } from "../random.ts";
import type { Random } from "../random.ts";
import { changed, changeKinds } from "./changes.ts";
import type { ChangeKind } from "./changes.ts";
import { differences, writeCommits } from "./commits.ts";
import { filesOf } from "./files.ts";
import { expectedAffected, truthOf } from "./oracle.ts";
import { generate } from "./model.ts";
import type { Code, Model } from "./model.ts";

/** A change of one file, and the workspaces that it affects by the model it was made from. */
interface GeneratedChange {
  kind: ChangeKind;
  commit: string;
  file: string;
  expected: ReadonlySet<string>;
}

/** A repository on disk: main with two pinned environments, and changes that each build on main. */
export interface GeneratedRepository {
  main: string;
  files: number;
  workspaces: number;
  changes: GeneratedChange[];
}

/** Fills an empty bare repository: three commits of history, main, and `count` changes of one file each. */
export function generateRepository(directory: string, count: number, seed: number): GeneratedRepository {
  const random = randomFrom(seed);
  const { history, main, refs, files } = writeMain(directory, random);
  const before = truthOf(main, history);
  const plans = Array.from({ length: count }, (_, index) => {
    const kind = changeKinds[index % changeKinds.length] ?? "code of a component";
    return { ref: `changes/${index}`, kind, ...changeOneFile(main, files, refs, kind, random) };
  });
  const ids = writeCommits(
    directory,
    plans.map(({ ref, path, text }) => ({ ref, from: "refs/heads/main", files: [[path, text]] })),
  );
  return {
    main: idOf(ids, "main"),
    files: files.size,
    workspaces: before.size,
    changes: plans.map(({ ref, kind, path, model }) => ({
      kind,
      commit: idOf(ids, ref),
      file: path,
      expected: expectedAffected(before, truthOf(model, history)),
    })),
  };
}

function writeMain(directory: string, random: Random) {
  let model = generate(random);
  let files = filesOf(model, []);
  const history: Code[] = [model];
  let ids = writeCommits(directory, [{ ref: "history0", files }]);
  const follow = (next: Model, ref: string, from: string) => {
    const nextFiles = filesOf(next, [...ids.values()]);
    ids = writeCommits(directory, [{ ref, from: `refs/heads/${from}`, files: differences(files, nextFiles) }]);
    [model, files] = [next, nextFiles];
  };
  for (const at of [1, 2]) {
    let next = model;
    for (let step = 0; step < 40; step++)
      next = changed(
        next,
        random.pick(["code of a component", "code of a module", "modules that a component calls"]),
        random,
      );
    follow(next, `history${at}`, `history${at - 1}`);
    history.push(next);
  }
  const refs = [0, 1, 2].map((at) => idOf(ids, `history${at}`));
  const main = structuredClone(model);
  main.environments.forEach((environment, at) => (environment.pin = at < 2 ? null : 3 - at));
  const mainFiles = filesOf(main, refs);
  writeCommits(directory, [{ ref: "main", from: "refs/heads/history2", files: differences(files, mainFiles) }]);
  return { history, main, refs, files: mainFiles };
}

function changeOneFile(
  main: Model,
  files: ReadonlyMap<string, string>,
  refs: readonly string[],
  kind: ChangeKind,
  random: Random,
) {
  for (;;) {
    const model = changed(main, kind, random);
    const [first, ...others] = differences(files, filesOf(model, refs));
    // Picked by chance what was there already.
    if (first === undefined) continue;
    if (others.length > 0) throw new Error(`“${kind}” changed more than one file`);
    return { model, path: first[0], text: first[1] };
  }
}

function idOf(ids: ReadonlyMap<string, string>, ref: string): string {
  const id = ids.get(ref);
  if (id === undefined) throw new Error(`the repository has no ${ref}`);
  return id;
}
