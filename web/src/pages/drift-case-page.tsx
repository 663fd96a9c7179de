export function DriftCasePage() { return null; }
