import { createServer } from "node:net";
import { problem } from "@plumbline/contract";

/** Throws `port_taken`, naming the flag that chooses another, unless the port can be listened on. 0 always can. */
export async function assertFree(port: number, flag: string): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw problem("config_invalid", `${flag} must be a port between 0 and 65535.`, {
      next: `For example ${flag} 8400.`,
    });
  if (port === 0) return;
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (!free)
    throw problem("port_taken", `Port ${port} is used by another program.`, {
      next: `Stop it, or choose another port with ${flag}.`,
    });
  await new Promise((resolve) => server.close(resolve));
}
