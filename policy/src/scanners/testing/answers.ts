// Answers of scanners as they print them, cut down to what is read.

/** Checkov 3.3.30 over a plan with `--output json --compact --quiet`. */
export function checkovAnswer(
  checks: readonly { id: string; address: string; keys?: string[]; file?: string; line?: number }[],
  parsingErrors = 0,
) {
  return JSON.stringify({
    check_type: "terraform_plan",
    results: {
      failed_checks: checks.map(({ id, address, keys = [], file = "/plan.json", line = 0 }) => ({
        check_id: id,
        bc_check_id: null,
        check_name: `About ${id}`,
        check_result: { result: "FAILED", evaluated_keys: keys },
        file_path: file,
        file_line_range: [line, line],
        resource: address,
        resource_address: address,
        severity: null,
        guideline: null,
      })),
    },
    summary: {
      passed: 1,
      failed: checks.length,
      skipped: 0,
      parsing_errors: parsingErrors,
      resource_count: 2,
      checkov_version: "3.3.30",
    },
  });
}

/** Trivy 0.72 with `config --format json`. */
export function trivyAnswer(
  found: readonly { id: string; resource: string; severity?: string; target?: string; line?: number }[],
) {
  const targets = Map.groupBy(found, ({ target = "main.tf" }) => target);
  return JSON.stringify({
    SchemaVersion: 2,
    Results: [...targets].map(([target, members]) => ({
      Target: target,
      Class: "config",
      Misconfigurations: members.map(({ id, resource, severity = "HIGH", line = 1 }) => ({
        ID: id,
        Title: `About ${id}`,
        Severity: severity,
        PrimaryURL: `https://example.com/${id}`,
        Status: "FAIL",
        CauseMetadata: { Resource: resource, StartLine: line, EndLine: line },
      })),
    })),
  });
}

/** The complaint about the canary that each of them has to bring. */
export const canary = {
  checkov: { id: "CKV_AWS_3", address: "aws_ebs_volume.plumbline_canary" },
  trivy: { id: "AWS-0026", resource: "aws_ebs_volume.plumbline_canary" },
};
