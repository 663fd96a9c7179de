export * from "./affected-workspaces.ts";
export { closureFiles, closureOf, referenceCache } from "./closure.ts";
export type { Closure, ReferenceCache, SourceProblem } from "./closure.ts";
export { inputTree, inputTreeDigest } from "./input-tree.ts";
export type { InputFile, InputTree } from "./input-tree.ts";
export * from "./repository-state.ts";
export { buildTree, parseListing } from "./tree.ts";
export type { Tree, TreeEntry, TreeSnapshot } from "./tree.ts";
