import { posix } from "node:path";
import { isReadByEngine } from "@plumbline/engine/sources/read-by-engine";
import { literalValue } from "@plumbline/policy/sources/syntax-tree";
import type { Attribute, SourceFile } from "@plumbline/policy/sources/syntax-tree";

/** A variable as the blocks of a root module declare it. */
export interface DeclaredVariable {
  name: string;
  file: string;
  line: number;
  type: string | null;
  description: string | null;
  sensitive: boolean;
  /** Its default as written; null where it has none. */
  default: { value: string; file: string; line: number; attribute: Attribute; source: SourceFile } | null;
}

/** The files of a directory that an engine loads, override files last, as it merges them. */
export function moduleFiles(files: readonly SourceFile[], engine: "terraform" | "tofu"): SourceFile[] {
  const code = files.filter(({ path }) => /\.(?:tf|tofu)(?:\.json)?$/.test(path));
  const paths = new Set(code.map(({ path }) => path));
  const loaded = code.filter(({ path }) => isReadByEngine(path, engine, paths));
  const isOverride = ({ path }: SourceFile) => /(?:^|_)override\.(?:tf|tofu)(?:\.json)?$/.test(posix.basename(path));
  return [...loaded.filter((file) => !isOverride(file)), ...loaded.filter(isOverride)];
}

/** Every `variable` block of the files; what an override file says again replaces what stood before. */
export function declaredVariables(files: readonly SourceFile[]): Map<string, DeclaredVariable> {
  const found = new Map<string, DeclaredVariable>();
  for (const file of files)
    for (const block of file.blocks) {
      const [name] = block.labels;
      if (block.type !== "variable" || name === undefined) continue;
      const before = found.get(name);
      const { attributes, place } = block;
      const text = (attribute: Attribute | undefined): string | null => {
        const value = attribute && literalValue(attribute.value);
        return typeof value === "string" ? value : null;
      };
      const type = attributes.get("type");
      const standard = attributes.get("default");
      const sensitive = attributes.get("sensitive");
      found.set(name, {
        name,
        file: before?.file ?? file.path,
        line: before?.line ?? place.line,
        type: type === undefined ? (before?.type ?? null) : writtenValue(file, type),
        description: text(attributes.get("description")) ?? before?.description ?? null,
        sensitive: sensitive === undefined ? (before?.sensitive ?? false) : literalValue(sensitive.value) !== false,
        default:
          standard === undefined
            ? (before?.default ?? null)
            : {
                value: writtenValue(file, standard),
                file: file.path,
                line: standard.place.line,
                attribute: standard,
                source: file,
              },
      });
    }
  return found;
}

/** An attribute's value as it is written. */
export function writtenValue(file: SourceFile, { value }: Attribute): string {
  return file.text.slice(value.start, value.end);
}
