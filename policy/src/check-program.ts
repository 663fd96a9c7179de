import { fileURLToPath } from "node:url";

/** Path of the program that judges one workspace inside a sandbox; run it with Node, see `check-main.ts`. */
export const checkProgram: string = fileURLToPath(new URL("./check-main.ts", import.meta.url));
