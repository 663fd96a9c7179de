const HEADER_BYTES = 5;

/** Wraps one message as gRPC sends it: a flag byte (0, not compressed) and a 4-byte big-endian length before it. */
export function frameMessage(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(HEADER_BYTES + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, HEADER_BYTES);
  return framed;
}

/**
 * Takes the single message out of a unary request or response body.
 * @throws RangeError when the body is compressed, cut short, or holds more than one message
 */
export function unframeMessage(body: Uint8Array): Uint8Array {
  if (body.length < HEADER_BYTES) throw new RangeError("the body is shorter than a gRPC message header");
  if (body[0] !== 0) throw new RangeError("compressed gRPC messages are not supported");
  const length = new DataView(body.buffer, body.byteOffset).getUint32(1);
  if (body.length !== HEADER_BYTES + length)
    throw new RangeError(`the gRPC header announces ${length} bytes, the body holds ${body.length - HEADER_BYTES}`);
  return body.subarray(HEADER_BYTES);
}
