import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import type { AddressInfo, Server } from "node:net";

/** Something that hears what Plumbline tells people. */
export interface Sink<T> {
  readonly port: number;
  readonly received: readonly T[];
  stop(): Promise<void>;
}

async function listening<T>(server: Server, received: T[]): Promise<Sink<T>> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Hears webhooks: the path and the JSON of each. */
export function webhookSink(): Promise<Sink<{ path: string; body: Record<string, unknown> }>> {
  const received: { path: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      received.push({ path: request.url ?? "", body: JSON.parse(text) as Record<string, unknown> });
      response.writeHead(204, { connection: "close" }).end();
    });
  });
  return listening(server, received);
}

/** Hears mail by as much of SMTP (RFC 5321) as a sender needs; each mail as it came, headers included. */
export function mailSink(): Promise<Sink<string>> {
  const received: string[] = [];
  const server = createTcpServer((socket) => {
    let buffer = "";
    let inData = false;
    socket.setEncoding("utf8").on("error", () => undefined);
    socket.write("220 sink\r\n");
    socket.on("data", (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = inData ? buffer.indexOf("\r\n.\r\n") : buffer.indexOf("\r\n");
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          received.push(text);
          inData = false;
          socket.write("250 kept\r\n");
        } else if (/^DATA/i.test(text)) {
          inData = true;
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(text)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  return listening(server, received);
}
