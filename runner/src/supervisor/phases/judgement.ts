import type { Judgement } from "@plumbline/contract/jobs";

/** A judgement that says only that there is none. It blocks. */
export function unjudged(message: string): Judgement {
  return {
    findings: [],
    judged: { rules: 0, resources: 0, policies: 0 },
    failures: [{ message: message.slice(0, 4000) }],
  };
}

interface PrintedJudgement {
  findings: Judgement["findings"];
  judged: Judgement["judged"];
  failures: { detail: string; places?: { file: string; line: number }[] }[];
  places?: Judgement["places"];
}

/** Reads what the check program prints: one JSON object, its failures as problems of the catalogue. */
export function readJudgement(text: string): Judgement {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return unjudged("The checks printed no judgement.");
  }
  if (!isPrinted(parsed)) return unjudged("The checks printed something else than a judgement.");
  return {
    findings: parsed.findings,
    judged: parsed.judged,
    failures: parsed.failures.map(({ detail, places }) => {
      const [place] = places ?? [];
      return { message: detail, ...(place ? { file: place.file, line: place.line } : {}) };
    }),
    ...(parsed.places === undefined ? {} : { places: parsed.places }),
  };
}

function isPrinted(value: unknown): value is PrintedJudgement {
  return (
    typeof value === "object" &&
    value !== null &&
    "findings" in value &&
    Array.isArray(value.findings) &&
    "failures" in value &&
    Array.isArray(value.failures) &&
    value.failures.every(
      (failure: unknown) => typeof failure === "object" && failure !== null && "detail" in failure,
    ) &&
    "judged" in value &&
    typeof value.judged === "object" &&
    value.judged !== null
  );
}
