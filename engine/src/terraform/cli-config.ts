/** Where providers may be installed from. */
export interface ProviderSources {
  /** Filesystem mirrors, as the engine sees them. They are tried in this order. */
  mirrors: readonly string[];
  /** Whether what no mirror holds may come from its registry. */
  direct: boolean;
}

/**
 * The engine's CLI configuration file (format: Terraform's "CLI Configuration File", `provider_installation`).
 * Without a mirror and without `direct` no provider can be installed at all, but the built-in ones.
 */
export function cliConfig(sources: ProviderSources): string {
  const methods = sources.mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`);
  if (sources.direct) methods.push("  direct {}\n");
  // an empty block would mean "as if there was none": the registries
  if (methods.length === 0) methods.push('  filesystem_mirror {\n    path = "/nonexistent"\n  }\n');
  return `disable_checkpoint = true\n\nprovider_installation {\n${methods.join("")}}\n`;
}
