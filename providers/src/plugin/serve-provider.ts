import { providerMethods } from "../protocol/provider-service.ts";
import type { ProviderService } from "../protocol/provider-service.ts";
import { PROVIDER_PROTOCOL, protocolAccepted, startedAsPlugin } from "./handshake.ts";
import { startPluginServer } from "./plugin-server.ts";

const PARENT_CHECK_MS = 1000;

/**
 * Runs this process as a Terraform provider until Terraform shuts it down or goes away.
 * Ctrl-C reaches the whole process group; the provider ignores it, because Terraform stops it in its own order.
 */
export async function serveProvider(service: ProviderService): Promise<void> {
  if (!startedAsPlugin(process.env)) {
    process.stderr.write("This program is a Terraform provider. It is started by terraform or tofu, not by hand.\n");
    process.exitCode = 1;
    return;
  }
  if (!protocolAccepted(process.env)) {
    process.stderr.write(`This provider speaks plugin protocol ${PROVIDER_PROTOCOL}; update terraform or tofu.\n`);
    process.exitCode = 1;
    return;
  }
  process.on("SIGINT", () => undefined);
  const server = await startPluginServer({
    methods: providerMethods(service),
    clientCertificate: process.env["PLUGIN_CLIENT_CERT"],
    onShutdown: () => void end(0),
  });
  async function end(code: number): Promise<void> {
    await server.stop();
    process.exit(code);
  }
  process.on("SIGTERM", () => void end(0));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(1);
  }, PARENT_CHECK_MS).unref();
  process.stdout.write(`${server.handshake}\n`);
}
