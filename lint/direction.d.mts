export const programs: Record<string, string[]>;
export const domains: string[];
export function violation(file: string, target: string): string | undefined;
