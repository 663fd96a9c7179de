import { z } from "zod";
import { durationPattern } from "./duration.ts";
import { EnvironmentName, Identifier, SimpleName } from "./names.ts";
import { unsafePattern } from "./pattern.ts";
import { normalizeRepositoryPath } from "./repository-path.ts";
import { isVersionConstraint } from "./version-constraint.ts";

const RepositoryPath = z
  .string()
  .refine((path) => normalizeRepositoryPath(path) !== undefined, "the path leads outside the repository")
  .meta({ description: "A path from the root of the repository." });

const PathTemplate = RepositoryPath.meta({
  description:
    "A path from the root of the repository. {environment} stands for the environment's name, {component} for the component's, {client} and {short} for the two parts of globex/prod.",
  examples: ["components/network", "live/{environment}/network"],
});

const Duration = z
  .string()
  .regex(durationPattern, "a duration is a whole number and s, m, h or d: 15m")
  .meta({ description: "A whole number and s, m, h or d.", examples: ["15m"] });

const EngineSchema = z
  .strictObject({
    name: z.enum(["terraform", "tofu"]),
    version: z
      .string()
      .refine(isVersionConstraint, "this is not a version constraint; one looks like ~> 1.10")
      .meta({ description: "A version constraint.", examples: ["~> 1.10"] }),
  })
  .meta({ description: "The engine that runs the code: the newest accepted version that satisfies the constraint." });

const InputReference = z
  .string()
  .regex(/^[^.]+\.[^.]+$/, "an input is written component.output")
  .meta({ description: "component.output" });

const ForeignReference = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "this is not the name of a repository")
      .meta({
        description: "Another repository of the organization, whose exports name the output.",
      }),
    component: SimpleName,
    output: Identifier,
  })
  .meta({ description: "An output of a component in another repository, in the same environment." });

const ComponentSchema = z.strictObject({
  path: PathTemplate,
  values: z
    .union([PathTemplate, z.array(PathTemplate).min(1, "at least one file is needed").max(20)], {
      error: "write a path, or a list of paths",
    })
    .optional()
    .meta({
      description:
        "Its values files, the strongest last, in place of environments/<environment>/<component>.tfvars. Read from main.",
    }),
  environments: z
    .array(z.string())
    .min(1, "a component exists in at least one environment")
    .max(1_000)
    .optional()
    .meta({ description: "The environments it exists in, by name or as client/*; left out it exists in all." }),
  layer: z.string(),
  inputs: z
    .record(
      Identifier,
      z.union([InputReference, ForeignReference], "an input is component.output, or {repository, component, output}"),
    )
    .optional(),
  depends_on: z.array(z.string()).max(1_000).optional(),
  modules: z
    .array(RepositoryPath)
    .max(1_000)
    .optional()
    .meta({ description: "Further directories it reads that no literal in its code names." }),
  engine: EngineSchema.optional(),
  renamed_from: SimpleName.optional(),
});

const NotNeeded = z
  .strictObject({
    not_needed: z.string().min(10, "say why it is not needed, in a sentence").max(500).meta({
      description: "Why this part is not code here: who takes care of it, or that there is none.",
    }),
  })
  .optional();

const ScopeSchema = z
  .strictObject({
    accounts: NotNeeded,
    network: NotNeeded,
    identity: NotNeeded,
    compute: NotNeeded,
    data: NotNeeded,
    security: NotNeeded,
    monitoring: NotNeeded,
    backup: NotNeeded,
  })
  .meta({
    description:
      "Parts of an environment that need not be code, each with the reason; all others are shown as missing.",
  });

/** plumbline.yaml */
export const RepositoryFile = z
  .strictObject({
    version: z.literal(1),
    layers: z.array(SimpleName).min(1, "at least one layer is needed").max(50),
    components: z.record(SimpleName, ComponentSchema).nullish(),
    environments: z.array(EnvironmentName).max(1_000).meta({ description: "In order of promotion." }),
    engine: EngineSchema,
    exports: z
      .record(SimpleName, z.array(Identifier).min(1, "at least one output is named").max(500))
      .optional()
      .meta({
        description:
          "Outputs that other repositories of the organization may take, by component. Nothing else can be taken. Read from main.",
        examples: [{ network: ["vpc_id"] }],
      }),
    scope: ScopeSchema.optional(),
  })
  .meta({ title: "plumbline.yaml", description: "Layers, components, order of environments, engine." });
export type RepositoryFile = z.infer<typeof RepositoryFile>;

const Owner = z
  .string()
  .regex(
    /^(?:@[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)?|[^\s@]+@[^\s@]+)$/,
    "write @name, @organization/team or an e-mail address",
  );

const CommitId = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "a pin is a full commit id of 40 or 64 small hexadecimal digits");

const Label = z.string().min(1).max(100).optional();
const PinSchema = z
  .strictObject({
    ref: CommitId.optional(),
    label: Label,
    components: z
      .record(z.string(), z.strictObject({ ref: CommitId, label: Label }))
      .optional()
      .meta({ description: "Pins of single components, stronger than the environment's." }),
  })
  .refine((pin) => pin.ref !== undefined || pin.components !== undefined, "a pin names a ref, or components with one");

const TicketSchema = z.strictObject({
  required: z.boolean(),
  pattern: z
    .string()
    .superRefine((pattern, context) => {
      const reason = unsafePattern(pattern);
      if (reason !== undefined) context.addIssue({ code: "custom", message: `the pattern ${reason}` });
    })
    .optional(),
  url: z
    .string()
    .max(500)
    .regex(
      /^https?:\/\/[^\s{}<>"']+\{ticket\}[^\s{}<>"']*$/,
      "the address is a https:// one with {ticket} after its host",
    )
    .optional(),
});

const DriftSchema = z.strictObject({
  every: Duration.optional(),
  components: z.record(z.string(), z.strictObject({ every: Duration })).optional(),
});

/** environments/<environment>/environment.yaml */
export const EnvironmentFile = z
  .strictObject({
    pin: PinSchema.optional().meta({ description: "The commit its code comes from; without one it follows main." }),
    approvals: z.int().min(0).max(20).optional(),
    ticket: TicketSchema.optional(),
    credentials: EnvironmentName.optional(),
    drift: DriftSchema.optional(),
    propose: z.array(Owner).max(200).optional().meta({ description: "Who may propose, besides having the right to." }),
    owner: Owner.optional().meta({
      description: "Who answers for the environment: for parts of it that are not code. Without one, its code owners.",
    }),
    scope: ScopeSchema.optional(),
    renamed_from: EnvironmentName.optional(),
  })
  .meta({ title: "environment.yaml", description: "The rules of one environment." });
export type EnvironmentFile = z.infer<typeof EnvironmentFile>;

const SealedVariable = z.strictObject({
  version: z.int().min(1),
  as: z.enum(["input", "environment"]).optional(),
  phases: z.enum(["plan", "apply", "both"]).optional(),
});

/** environments/<environment>/sealed.yaml */
export const SealedFile = z.record(z.string(), z.record(Identifier, SealedVariable)).meta({
  title: "sealed.yaml",
  description: "Which version of each sealed variable is in use: component (or common), variable, version.",
});
export type SealedFile = z.infer<typeof SealedFile>;
