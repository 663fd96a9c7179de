import { existsSync, lstatSync, readlinkSync } from "node:fs";

/** What of the host's system folders a sandbox sees, all read-only. */
export interface HostLayout {
  /** Folders that are mounted at their own path. */
  folders: string[];
  /** Links at the root, `/bin` → `usr/bin`. */
  links: { path: string; target: string }[];
}

const certificateFolders = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"];
const rootFolders = ["/bin", "/sbin", "/lib", "/lib64", "/lib32"];

/** Looks at this machine: with merged /usr the folders at the root are links, elsewhere real folders. */
export function readHostLayout(): HostLayout {
  const layout: HostLayout = { folders: ["/usr"], links: [] };
  for (const path of rootFolders) {
    if (!existsSync(path)) continue;
    if (lstatSync(path).isSymbolicLink()) layout.links.push({ path, target: readlinkSync(path) });
    else layout.folders.push(path);
  }
  layout.folders.push(...certificateFolders.filter((path) => existsSync(path)));
  return layout;
}
