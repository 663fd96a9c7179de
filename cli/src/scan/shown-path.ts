import { isAbsolute, relative, resolve, sep } from "node:path";

/** A path as it is shown: from the working directory where it lies below that, else absolute; with slashes. */
export function shownPath(path: string): string {
  const absolute = resolve(path);
  const below = relative(process.cwd(), absolute);
  if (below === "") return ".";
  const isBelow = below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return (isBelow ? below : absolute).replaceAll(sep, "/");
}

/** True where `path` is `folder` or lies below it. Both absolute and without links. */
export function isWithin(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return below === "" || (below !== ".." && !below.startsWith(`..${sep}`) && !isAbsolute(below));
}
