import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress, zstdDecompressSync } from "node:zlib";
import type { Sealing } from "../platform/sealing/index.ts";
import { StateOutputs } from "./state-file.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

// Measured with 7.7 MB: level 1 takes a third of the default's time and gives 10 % more bytes.
const options = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Sealed bytes up to which a state is opened at once, in some tenths of a millisecond: to ask a thread takes as long. */
const small = 16 * 1024;

/** Compresses and seals a state's bytes. */
export async function sealState(sealing: Sealing, organizationId: string, id: string, bytes: Buffer): Promise<Buffer> {
  return sealing.seal("state", organizationId, id, await compress(bytes, options));
}

/** The bytes of a sealed state. */
export async function openState(sealing: Sealing, organizationId: string, id: string, sealed: Buffer): Promise<Buffer> {
  const bytes = sealing.open("state", organizationId, id, sealed);
  const chunkSize = chunkFor(bytes.length);
  return bytes.length <= small ? zstdDecompressSync(bytes, { chunkSize }) : decompress(bytes, { chunkSize });
}

/**
 * Bytes of the pieces in which a state is unpacked. zlib's own 16 kB are much for one of 1 kB, of which a report opens ten
 * thousand, and make hundreds of pieces of a large one. Small states shrink to a quarter, about.
 */
function chunkFor(compressed: number): number {
  return Math.min(Math.max(compressed * 4, 1024), 1024 * 1024);
}

/** Seals outputs apart, so that dependents need not open the whole state. */
export function sealOutputs(sealing: Sealing, organizationId: string, id: string, outputs: StateOutputs): Buffer {
  return sealing.seal("state-outputs", organizationId, id, Buffer.from(JSON.stringify(outputs)));
}

/** The outputs of a sealed record. */
export function openOutputs(sealing: Sealing, organizationId: string, id: string, sealed: Buffer): StateOutputs {
  const bytes = sealing.open("state-outputs", organizationId, id, sealed);
  return StateOutputs.parse(JSON.parse(bytes.toString("utf8")));
}
