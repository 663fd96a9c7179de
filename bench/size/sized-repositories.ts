/** A repository of the sized organization: so many components, each in every environment. */
export interface SizedRepository {
  name: string;
  components: readonly string[];
  environments: readonly string[];
}

/** How much there is of what grows. */
export const sizes = { workspaces: 10_000, runs: 100_000, auditEntries: 1_000_000, pullRequests: 10_000 };

const regions = ["eu", "us", "ap"];
const stages = ["dev", "test", "uat", "prod"];

/** One large repository, two of the usual kind, and one code base for many clients; 10,000 workspaces in all. */
export const sizedRepositories: readonly SizedRepository[] = [
  { name: "platform", components: names("svc", 700), environments: ["sandbox", ...regions.flatMap(inRegion)] },
  { name: "shop", components: names("shop", 200), environments: ["dev", "ci", "test", "perf", "uat", "stage", "prod"] },
  { name: "data", components: names("lake", 150), environments: stages },
  { name: "clients", components: names("app", 50), environments: clients(20) },
];

function inRegion(region: string): string[] {
  return [`${region}-dev`, `${region}-uat`, `${region}-prod`];
}

function clients(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `client-${String(at + 1).padStart(2, "0")}/prod`);
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}-${String(at).padStart(3, "0")}`);
}

const layers = ["platform", "shared", "application"] as const;

/** The layer of a component: a tenth below, a third in the middle, the rest on top. */
function layerOf(at: number, count: number): (typeof layers)[number] {
  const share = at / count;
  return share < 0.1 ? "platform" : share < 0.4 ? "shared" : "application";
}

/** How many components call one module: with ten environments, a change of it touches 500 workspaces. */
const callersOfModule = 50;

/** All files of a repository: code, values, rules. */
export function filesOf({ components, environments }: SizedRepository): Map<string, string> {
  const files = new Map<string, string>();
  const count = components.length;
  const declared = components.map((name, at) => {
    // What a component takes comes from one of the layer below it.
    const below = layerOf(at, count) === "platform" ? undefined : components[Math.floor(at / 10)];
    const inputs = below === undefined ? "" : `, inputs: { upstream_id: ${below}.id }`;
    return `  ${name}: { path: components/${name}, layer: ${layerOf(at, count)}${inputs} }\n`;
  });
  files.set(
    "plumbline.yaml",
    `version: 1
layers: [${layers.join(", ")}]
components:
${declared.join("")}environments: [${environments.join(", ")}]
engine: { name: terraform, version: ">= 1.6" }
`,
  );
  files.set("CODEOWNERS", "* @platform @p01 @p02\n/components/ @p03 @p04 @p05\n");
  for (const environment of environments) {
    const approvals = environment.endsWith("prod") ? 2 : 1;
    files.set(
      `environments/${environment}/environment.yaml`,
      `approvals: ${approvals}\ncredentials: ${environment}\ndrift: { every: 1d }\n`,
    );
    files.set(`environments/${environment}/common.tfvars`, `environment = "${environment}"\nretention_days = 30\n`);
  }
  for (const [at, name] of components.entries()) {
    const module = Math.floor(at / callersOfModule);
    const input = layerOf(at, count) === "platform" ? "" : `variable "upstream_id" { type = string }\n`;
    files.set(
      `components/${name}/main.tf`,
      `variable "environment" { type = string }
variable "retention_days" { type = number }
variable "replicas" {
  type    = number
  default = 2
}
${input}
module "base" {
  source      = "../../modules/base-${module}"
  name        = "${name}-\${var.environment}"
  replicas    = var.replicas
  retention   = var.retention_days
}

output "id" { value = module.base.id }
`,
    );
    for (const [position, environment] of environments.entries())
      if ((at + position) % 3 === 0)
        files.set(`environments/${environment}/${name}.tfvars`, `replicas = ${1 + ((at + position) % 5)}\n`);
  }
  for (let module = 0; module < Math.ceil(count / callersOfModule); module++)
    files.set(
      `modules/base-${module}/main.tf`,
      `variable "name" { type = string }
variable "replicas" { type = number }
variable "retention" { type = number }

resource "aws_s3_bucket" "this" {
  bucket = var.name
}

output "id" { value = aws_s3_bucket.this.id }
`,
    );
  return files;
}
