import { accessSync, constants } from "node:fs";
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import type { Terminal } from "../terminal/terminal.ts";

/** Programs that open an address, as argument lists without it. `$BROWSER` is asked first, as on every Unix. */
function candidates(env: Terminal["env"], platform: NodeJS.Platform): string[][] {
  const own = (env["BROWSER"] ?? "").split(delimiter).filter((name) => name !== "");
  const system =
    platform === "darwin" ? [["open"]] : platform === "win32" ? [["explorer.exe"]] : [["wslview"], ["xdg-open"]];
  const hasScreen = platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"] || env["WSL_DISTRO_NAME"]);
  return [...own.map((name) => [name]), ...(hasScreen ? system : [])];
}

/** The program that shows pages here; undefined where there is none, for example on a machine without a screen. */
export function findBrowser(env: Terminal["env"], platform: NodeJS.Platform): string | undefined {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const [name = ""] of candidates(env, platform))
    for (const path of name.includes("/") ? [name] : folders.map((folder) => join(folder, name)))
      if (isExecutable(path)) return path;
  return undefined;
}

/** Starts it with the address as its one argument and does not wait for its end; false where it cannot be started. */
export function startBrowser(path: string, address: string, env: Terminal["env"]): Promise<boolean> {
  const { PLUMBLINE_TOKEN: _, ...rest } = env;
  return new Promise((resolve) => {
    const child = spawn(path, [address], { stdio: "ignore", detached: true, env: rest });
    child.on("error", () => resolve(false));
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
