import { toNumber, toText } from "../values/convert.ts";
import { CannotTell, EvaluationFault } from "../values/value.ts";
import { at, list, pure, variadic } from "./function.ts";
import type { Functions } from "./function.ts";

interface Network {
  bits: 32 | 128;
  address: bigint;
  prefix: number;
}

function parseNetwork(text: string): Network {
  const [address = "", prefix = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix)) throw new EvaluationFault(`${JSON.stringify(text)} is no network`);
  const bits = address.includes(":") ? 128 : 32;
  const value = bits === 32 ? parseFour(address) : parseSix(address);
  if (Number(prefix) > bits) throw new EvaluationFault(`${JSON.stringify(text)} is no network`);
  const hostBits = BigInt(bits - Number(prefix));
  return { bits, address: (value >> hostBits) << hostBits, prefix: Number(prefix) };
}

function parseFour(text: string): bigint {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    throw new EvaluationFault(`${JSON.stringify(text)} is no address`);
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseSix(text: string): bigint {
  const halves = text.split("::");
  const groups = (half: string | undefined): string[] => (half === undefined || half === "" ? [] : half.split(":"));
  const [left, right] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - left.length - right.length;
  if (halves.length > 2 || missing < 0 || (halves.length === 1 && missing > 0))
    throw new EvaluationFault(`${JSON.stringify(text)} is no address`);
  const all = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) throw new CannotTell("this way to write an address");
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function formatAddress(bits: 32 | 128, address: bigint): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, place) =>
    ((address >> BigInt(112 - place * 16)) & 0xffffn).toString(16),
  );
  const text = groups.join(":");
  // The longest run of zeros, the first of several, is left out.
  const runs = [...text.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].sort(
    (a, b) => b[0].length - a[0].length || a.index - b.index,
  );
  const [longest] = runs;
  if (!longest) return text;
  const [before, behind] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)];
  return `${before.replace(/:$/, "")}::${behind.replace(/^:/, "")}`;
}

function subnet(network: Network, newBits: number, position: number): string {
  const prefix = network.prefix + newBits;
  if (!Number.isInteger(newBits) || newBits < 0 || prefix > network.bits)
    throw new EvaluationFault("the network has not enough bits");
  if (position < 0 || BigInt(position) >= 1n << BigInt(newBits))
    throw new EvaluationFault("there is no such part of the network");
  const address = network.address + (BigInt(position) << BigInt(network.bits - prefix));
  return `${formatAddress(network.bits, address)}/${prefix}`;
}

function host(network: Network, number: number): string {
  const size = 1n << BigInt(network.bits - network.prefix);
  const offset = number < 0 ? size + BigInt(number) : BigInt(number);
  if (offset < 0n || offset >= size) throw new EvaluationFault("the network has no such address");
  return formatAddress(network.bits, network.address + offset);
}

function netmask({ bits, prefix }: Network): string {
  if (bits !== 32) throw new EvaluationFault("only IPv4 has netmasks");
  return formatAddress(32, ((1n << BigInt(prefix)) - 1n) << BigInt(32 - prefix));
}

/** One network behind the other, each aligned to its own size. */
function subnets(network: Network, sizes: readonly number[]): string[] {
  let next = network.address;
  const end = network.address + (1n << BigInt(network.bits - network.prefix));
  return sizes.map((newBits) => {
    const prefix = network.prefix + newBits;
    if (newBits < 1 || prefix > network.bits) throw new EvaluationFault("the network has not enough bits");
    const size = 1n << BigInt(network.bits - prefix);
    const address = ((next + size - 1n) / size) * size;
    if (address + size > end) throw new EvaluationFault("the network has not enough addresses");
    next = address + size;
    return `${formatAddress(network.bits, address)}/${prefix}`;
  });
}

/** Functions over networks. */
export const networkFunctions: Functions = {
  cidrhost: pure(2, 2, (...values) => host(parseNetwork(toText(at(values, 0))), toNumber(at(values, 1)))),
  cidrnetmask: pure(1, 1, (...values) => netmask(parseNetwork(toText(at(values, 0))))),
  cidrsubnet: pure(3, 3, (...values) =>
    subnet(parseNetwork(toText(at(values, 0))), toNumber(at(values, 1)), toNumber(at(values, 2))),
  ),
  cidrsubnets: variadic(1, (network, ...sizes) =>
    list(subnets(parseNetwork(toText(network ?? "")), sizes.map(toNumber))),
  ),
};
