/** Whether a file lies in a directory or below it; both in their normal form. Everything lies in the root, ".". */
export function liesWithin(directory: string, path: string): boolean {
  return directory === "." || path.startsWith(`${directory}/`);
}

/**
 * The normal form of a path inside a repository: no leading `./`, no trailing slash. Undefined where it is absolute,
 * leaves the repository, or holds a backslash or a control character. The root itself is ".".
 */
export function normalizeRepositoryPath(path: string): string | undefined {
  if (path.length === 0 || path.length > 1_024 || path.startsWith("/") || /[\\\p{Cc}]/u.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else {
      parts.push(part);
    }
  }
  return parts.length === 0 ? "." : parts.join("/");
}
