import { exact, toBool, toNumber, toText } from "../values/convert.ts";
import { CannotTell, elementsOf, EvaluationFault, kindOf, LimitReached, ListValue, SetValue } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { format } from "./format.ts";
import { at, list, nullable, partial, pure, variadic } from "./function.ts";
import type { Functions } from "./function.ts";
import { allMatches, compilePattern, firstMatch, matchValue, replaceAll } from "./regex.ts";

/** Texts beyond this are not built. Characters. */
export const longestText = 1_000_000;

function bounded(text: string): string {
  if (text.length > longestText) throw new LimitReached(`a text grows beyond ${longestText} characters`);
  return text;
}

function text1(apply: (text: string) => Value) {
  return pure(1, 1, (...values) => apply(toText(at(values, 0))));
}

function text2(apply: (first: string, second: string) => Value) {
  return pure(2, 2, (...values) => apply(toText(at(values, 0)), toText(at(values, 1))));
}

function number1(apply: (number: number) => number) {
  return pure(1, 1, (...values) => exact(apply(toNumber(at(values, 0)))));
}

function join(...values: readonly Value[]): Value {
  const [separator, ...lists] = values;
  const texts = lists.flatMap((value) => {
    const found = elementsOf(value);
    if (found) return found.map(toText);
    if (value instanceof SetValue) throw new CannotTell("the order of a set's elements is not known");
    throw new EvaluationFault(`join needs lists, not ${kindOf(value)}`);
  });
  return bounded(texts.join(toText(separator ?? "")));
}

function split(separator: string, text: string): Value {
  return list(separator === "" ? Array.from(text) : text.split(separator));
}

function substr(text: string, offset: number, length: number): string {
  const letters = [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)].map((part) => part.segment);
  const start = offset < 0 ? Math.max(0, letters.length + offset) : offset;
  return letters.slice(start, length < 0 ? undefined : start + length).join("");
}

function replace(text: string, search: string, replacement: string): string {
  if (search.length > 1 && search.startsWith("/") && search.endsWith("/"))
    return bounded(replaceAll(text, search.slice(1, -1), replacement));
  const grown = text.length + (text.length + 1) * Math.max(0, replacement.length - search.length);
  if (grown > longestText * 20) throw new LimitReached("a text grows without bound");
  return bounded(text.split(search).join(replacement));
}

function trimSet(text: string, cutset: string, ends: "both" | "start" | "end"): string {
  const letters = Array.from(text);
  const cut = new Set(cutset);
  let [start, end] = [0, letters.length];
  if (ends !== "end") while (start < end && cut.has(letters[start] ?? "")) start += 1;
  if (ends !== "start") while (end > start && cut.has(letters[end - 1] ?? "")) end -= 1;
  return letters.slice(start, end).join("");
}

function indent(spaces: number, text: string): string {
  if (spaces < 0 || spaces > 1000) throw new CannotTell("such an indentation");
  return bounded(text.replaceAll("\n", `\n${" ".repeat(spaces)}`));
}

function formatlist(...values: readonly Value[]): Value {
  const [spec, ...rest] = values;
  const lists = rest.map((value) =>
    value instanceof ListValue || value instanceof SetValue ? elementsOf(value) : undefined,
  );
  if (rest.some((value, position) => value instanceof SetValue && !lists[position]))
    throw new CannotTell("the order of a set's elements is not known");
  const lengths = new Set(lists.flatMap((found) => (found ? [found.length] : [])));
  if (lengths.size > 1) throw new EvaluationFault("formatlist needs lists of one length");
  const count = [...lengths][0] ?? 1;
  const row = (place: number): readonly Value[] => rest.map((value, position) => lists[position]?.[place] ?? value);
  return list(Array.from({ length: count }, (_, place) => format(toText(spec ?? ""), row(place))));
}

function parseint(digits: string, base: number): number {
  if (!Number.isInteger(base) || base < 2 || base > 36) throw new CannotTell("numbers of such a base");
  const parsed = Number.parseInt(digits, base);
  const normal = digits.toLowerCase().replace(/^(-?)\+?0*(?=.)/, "$1");
  if (Number.isNaN(parsed) || parsed.toString(base) !== normal) throw new EvaluationFault("the text is no such number");
  return exact(parsed);
}

function conversion(convert: (value: Value) => Value) {
  return nullable(pure(1, 1, (...values) => (values[0] === null ? null : convert(at(values, 0)))));
}

/** Functions over texts and numbers. */
export const stringFunctions: Functions = {
  abs: number1(Math.abs),
  ceil: number1(Math.ceil),
  chomp: text1((text) => text.replace(/[\r\n]+$/, "")),
  endswith: text2((text, end) => text.endsWith(end)),
  floor: number1(Math.floor),
  format: nullable(variadic(1, (spec, ...values) => bounded(format(toText(spec ?? ""), values)))),
  formatlist: variadic(1, formatlist),
  indent: pure(2, 2, (...values) => indent(toNumber(at(values, 0)), toText(at(values, 1)))),
  join: variadic(1, join),
  log: pure(2, 2, (...values) => exact(Math.log(toNumber(at(values, 0))) / Math.log(toNumber(at(values, 1))))),
  lower: text1((text) => text.toLowerCase()),
  max: variadic(1, (...values) => Math.max(...values.map(toNumber))),
  min: variadic(1, (...values) => Math.min(...values.map(toNumber))),
  nonsensitive: nullable(partial(1, 1, (...values) => at(values, 0))),
  parseint: pure(2, 2, (...values) => parseint(toText(at(values, 0)), toNumber(at(values, 1)))),
  pow: pure(2, 2, (...values) => exact(toNumber(at(values, 0)) ** toNumber(at(values, 1)))),
  regex: text2((pattern, text) => firstMatch(pattern, text)),
  regexall: text2((source, text) => {
    const pattern = compilePattern(source);
    return list(allMatches(pattern, text).map((found) => matchValue(pattern, found)));
  }),
  replace: pure(3, 3, (...values) => replace(toText(at(values, 0)), toText(at(values, 1)), toText(at(values, 2)))),
  sensitive: nullable(partial(1, 1, (...values) => at(values, 0))),
  signum: number1(Math.sign),
  split: text2(split),
  startswith: text2((text, start) => text.startsWith(start)),
  strcontains: text2((text, part) => text.includes(part)),
  strrev: text1((text) =>
    [...new Intl.Segmenter("und").segment(text)]
      .map((part) => part.segment)
      .toReversed()
      .join(""),
  ),
  substr: pure(3, 3, (...values) => substr(toText(at(values, 0)), toNumber(at(values, 1)), toNumber(at(values, 2)))),
  title: text1((text) => text.replaceAll(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase())),
  tobool: conversion(toBool),
  tonumber: conversion(toNumber),
  tostring: conversion(toText),
  trim: text2((text, cutset) => trimSet(text, cutset, "both")),
  trimprefix: text2((text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimspace: text1((text) => text.trim()),
  trimsuffix: text2((text, suffix) => (suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  upper: text1((text) => text.toUpperCase()),
};
