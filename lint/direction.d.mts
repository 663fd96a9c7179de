export const programs: Record<string, string[]>;
export const domains: string[];
export function violation(file: string, target: string): string | undefined;
export function resolveSpecifier(file: string, specifier: string): string | undefined;
