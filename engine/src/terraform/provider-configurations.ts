/** The configuration files of one module's folder: text by file name. */
export type ModuleFiles = ReadonlyMap<string, string>;

/**
 * Whether the engine configures every provider at most once, as far as can be told by looking at the text: no provider has
 * an alias, and no module but the root configures one. (An alias is what a second configuration in one module needs; a
 * module that is called twice configures twice.) True is certain. False may be wrong: files in JSON are not looked into,
 * and words in strings and in comments within a line count like code.
 */
export function configuresProvidersOnce(root: ModuleFiles, others: readonly ModuleFiles[]): boolean {
  if ([root, ...others].some((files) => [...files.keys()].some((name) => /\.(tf|tofu)\.json$/.test(name))))
    return false;
  return !textsOf(root).some(hasAlias) && !others.flatMap(textsOf).some(hasProviderBlock);
}

/** `alias` but as the name of a block, which a resource may have. */
function hasAlias(text: string): boolean {
  return /(?<![\w.-])alias(?![\w-])(?!\s*\{)/.test(text);
}

/** `provider` and a label, or a comment before one; not `provider = aws`. */
function hasProviderBlock(text: string): boolean {
  return /(?<![\w.-])provider(?![\w-])\s*(?:["/#]|[\w-]+\s*[{/#])/.test(text);
}

function textsOf(files: ModuleFiles): string[] {
  return [...files].filter(([name]) => /\.(tf|tofu)$/.test(name)).map(([, text]) => withoutCommentLines(text));
}

/** A line that begins like a comment is one, or text, unless it ends a comment that began before it. */
function withoutCommentLines(text: string): string {
  return text.replaceAll(/^[ \t]*(?:#|\/\/)(?!.*\*\/).*$/gm, "");
}
