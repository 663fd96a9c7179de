import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first program of that name on PATH. */
export function findOnPath(...names: string[]): string | undefined {
  for (const name of names)
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not here; look on
      }
    }
  return undefined;
}

/** terraform, or tofu where there is no terraform. */
export function findEngine(): { name: "terraform" | "tofu"; path: string } | undefined {
  for (const name of ["terraform", "tofu"] as const) {
    const path = findOnPath(name);
    if (path !== undefined) return { name, path };
  }
  return undefined;
}

/**
 * A folder laid out as a Terraform filesystem mirror that holds this provider: the one that PLUMBLINE_PROVIDER_MIRROR
 * names, else one of the usual places (terraform's implied local mirrors, and folders directly below /opt, /srv, /usr/local).
 */
export function findProviderMirror(provider: string): string | undefined {
  const home = process.env["HOME"] ?? "/";
  const below = (folder: string) => {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  };
  const configured = process.env["PLUMBLINE_PROVIDER_MIRROR"];
  const candidates = [
    ...(configured === undefined ? [] : [configured]),
    join(home, ".terraform.d/plugins"),
    join(home, ".local/share/terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...["/opt", "/srv", "/usr/local", "/usr/local/share", "/var/lib"].flatMap(below),
  ];
  return candidates.find((folder) => existsSync(join(folder, provider)));
}

/** A Chromium to look at pages with. */
export function findBrowser(): string | undefined {
  return findOnPath("chromium", "chromium-browser", "google-chrome");
}
