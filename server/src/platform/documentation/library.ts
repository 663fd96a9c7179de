import { readdir, readFile } from "node:fs/promises";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** What is served beside the pages, because they lead there: folders of the checkout. */
const besides = ["examples", "deploy", "docs/schemas"];
const pictureTypes: Readonly<Record<string, string>> = { ".svg": "image/svg+xml", ".png": "image/png" };

/** Something that is served below /docs, found by its address. */
export type Found =
  | { kind: "page"; path: string; text: string }
  | { kind: "picture"; type: string; bytes: Buffer }
  | { kind: "file"; path: string; text: string }
  | { kind: "folder"; path: string; entries: string[] };

/** The documentation of a checkout. */
export interface Library {
  /** What stands at an address below /docs (without a slash at either end), undefined where nothing does. */
  find(address: string): Promise<Found | undefined>;
  /** Where a link of a file leads; undefined where it leads to nothing that is served. */
  resolve(from: string, target: string): string | undefined;
}

/** Opens the documentation of the checkout at `root`. Its files are listed once, and read when they are asked for. */
export async function openLibrary(root: URL): Promise<Library> {
  const base = fileURLToPath(root);
  const docs = await filesBelow(base, "docs");
  const others = (await Promise.all(besides.map((folder) => filesBelow(base, folder)))).flat();
  const addresses = new Map<string, string>();
  for (const path of docs) {
    if (path.endsWith(".md")) addresses.set(path, addressOfPage(path));
    else if (pictureTypes[posix.extname(path)] !== undefined) addresses.set(path, `/${path}`);
  }
  for (const path of others) addresses.set(path, `/docs/files/${path}`);
  for (const path of others)
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder))
      if (!addresses.has(folder)) addresses.set(folder, `/docs/files/${folder}`);
  const paths = new Map([...addresses].map(([path, address]) => [address, path]));

  return {
    async find(address) {
      const path = paths.get(address === "" ? "/docs" : `/docs/${address}`);
      if (path === undefined) return undefined;
      const type = pictureTypes[posix.extname(path)];
      if (type !== undefined) return { kind: "picture", type, bytes: await readFile(join(base, path)) };
      if (path.startsWith("docs/") && path.endsWith(".md"))
        return { kind: "page", path, text: await readFile(join(base, path), "utf8") };
      if (others.includes(path)) return { kind: "file", path, text: await readFile(join(base, path), "utf8") };
      return { kind: "folder", path, entries: entriesOf(path, addresses) };
    },
    resolve(from, target) {
      if (/^https?:\/\//.test(target)) return target;
      const [name = "", fragment] = target.split("#");
      const path = name === "" ? from : posix.join(posix.dirname(from), name).replace(/\/$/, "");
      const address = addresses.get(path) ?? addresses.get(`${path}/README.md`);
      if (address === undefined) return undefined;
      return fragment === undefined ? address : `${address}#${fragment}`;
    },
  };
}

function addressOfPage(path: string): string {
  return `/${path.replace(/\.md$/, "").replace(/\/README$/, "")}`;
}

/** Names directly in a folder, folders with a slash at their end. */
function entriesOf(folder: string, addresses: ReadonlyMap<string, string>): string[] {
  const inside = [...addresses.keys()].filter((path) => posix.dirname(path) === folder);
  const isFolder = (path: string) => [...addresses.keys()].some((other) => other.startsWith(`${path}/`));
  return inside.map((path) => posix.basename(path) + (isFolder(path) ? "/" : "")).toSorted();
}

/** Paths of the files below a folder, from the root, with slashes. Links and what terraform leaves behind are not followed. */
async function filesBelow(base: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(base, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.includes("/.terraform/"))
    .toSorted();
}
