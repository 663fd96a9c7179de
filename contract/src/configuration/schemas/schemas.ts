import { z } from "zod";
import { durationPattern } from "../duration.ts";
import { EnvironmentName, Identifier, SimpleName } from "../names.ts";
import { unsafePattern } from "../pattern.ts";
import { normalizeRepositoryPath } from "../repository-path.ts";
import { isVersionConstraint } from "../version-constraint.ts";

const RepositoryPath = z
  .string()
  .refine((path) => normalizeRepositoryPath(path) !== undefined, "the path leads outside the repository")
  .meta({ description: "A path from the root of the repository." });

const placeholders =
  "{environment} stands for the environment's name, {component} for the component's, {client} and {short} for the two parts of globex/prod.";
const PathTemplate = RepositoryPath.meta({
  description: `A path from the root of the repository. ${placeholders}`,
});

const Duration = z.string().regex(durationPattern, "a duration is a whole number and s, m, h or d: 15m");

/** Names that stand as keys, titled by what the reference calls them. */
const ComponentKey = SimpleName.meta({ title: "component" });
const VariableKey = Identifier.meta({ title: "variable" });

const EngineSchema = z
  .strictObject({
    name: z.enum(["terraform", "tofu"]).meta({ description: "Which program.", examples: ["tofu"] }),
    version: z
      .string()
      .refine(isVersionConstraint, "this is not a version constraint; one looks like ~> 1.10")
      .meta({
        description: "A version constraint; the newest accepted version that satisfies it is used.",
        examples: ["~> 1.10"],
      }),
  })
  .meta({ description: "The engine that runs the code." });

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
        examples: ["platform"],
      }),
    component: SimpleName.meta({ description: "The component there.", examples: ["network"] }),
    output: Identifier.meta({ description: "Its output.", examples: ["vpc_id"] }),
  })
  .meta({ description: "An output of a component in another repository, in the same environment." });

const ComponentSchema = z
  .strictObject({
    path: PathTemplate.meta({
      description: `The root module's directory; . is the repository itself. ${placeholders}`,
      examples: ["components/network", "live/{environment}/network"],
    }),
    values: z
      .union([PathTemplate, z.array(PathTemplate).min(1, "at least one file is needed").max(20)], {
        error: "write a path, or a list of paths",
      })
      .optional()
      .meta({
        description:
          "Its values files, the strongest last, in place of environments/<environment>/<component>.tfvars. Read from main.",
        examples: ["app/{environment}.tfvars"],
      }),
    environments: z
      .array(z.string())
      .min(1, "a component exists in at least one environment")
      .max(1_000)
      .optional()
      .meta({
        description: "The environments it exists in, by name or as client/*; left out it exists in all.",
        examples: [["prod", "globex/*"]],
      }),
    layer: z.string().meta({ description: "One of layers.", examples: ["platform"] }),
    inputs: z
      .record(
        VariableKey,
        z.union([InputReference, ForeignReference], "an input is component.output, or {repository, component, output}"),
      )
      .optional()
      .meta({
        description:
          "Variables that get an output of another component in the same environment; that is a dependency, too. From another repository: {repository, component, output}.",
        examples: [{ vpc_id: "network.vpc_id" }],
      }),
    depends_on: z
      .array(z.string())
      .max(1_000)
      .optional()
      .meta({
        description: "Components that have to be applied before, without taking an output.",
        examples: [["database"]],
      }),
    modules: z
      .array(RepositoryPath)
      .max(1_000)
      .optional()
      .meta({
        description: "Further directories and files it reads that no literal in its code names.",
        examples: [["policies/iam"]],
      }),
    engine: EngineSchema.optional().meta({ description: "Its own engine, where it is not the repository's." }),
    renamed_from: SimpleName.optional().meta({
      description: "Its former name: its workspaces and states go with it.",
      examples: ["vpc"],
    }),
  })
  .meta({ description: "A root module, one workspace in each environment it exists in." });

const NotNeeded = z
  .strictObject({
    not_needed: z
      .string()
      .min(10, "say why it is not needed, in a sentence")
      .max(500)
      .meta({
        description: "Why this part is not code here: who takes care of it, or that there is none.",
        examples: ["made by the landing zone of the group"],
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
    version: z.literal(1).meta({ description: "Of this file's form.", examples: [1] }),
    layers: z
      .array(SimpleName)
      .min(1, "at least one layer is needed")
      .max(50)
      .meta({
        description: "From the ground up: a component may depend on its own layer and those before it.",
        examples: [["platform", "shared", "application"]],
      }),
    components: z.record(ComponentKey, ComponentSchema).nullish(),
    environments: z
      .array(EnvironmentName)
      .max(1_000)
      .meta({
        description: "In order of promotion. What stands before a slash is the client it belongs to.",
        examples: [["dev", "test", "prod"]],
      }),
    engine: EngineSchema,
    exports: z
      .record(ComponentKey, z.array(Identifier).min(1, "at least one output is named").max(500))
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
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "a pin is a full commit id of 40 or 64 small hexadecimal digits")
  .meta({
    description: "A commit of main, by its full id.",
    examples: ["8c1f0e2b9d3a4c5d6e7f8091a2b3c4d5e6f70812"],
  });

const Label = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .meta({ description: "What people call it.", examples: ["2026.46"] });
const PinSchema = z
  .strictObject({
    ref: CommitId.optional(),
    label: Label,
    components: z
      .record(z.string().meta({ title: "component" }), z.strictObject({ ref: CommitId, label: Label }))
      .optional()
      .meta({ description: "Pins of single components, stronger than the environment's." }),
  })
  .refine((pin) => pin.ref !== undefined || pin.components !== undefined, "a pin names a ref, or components with one");

const TicketSchema = z.strictObject({
  required: z.boolean().meta({ description: "Whether a pull request needs one.", examples: [true] }),
  pattern: z
    .string()
    .superRefine((pattern, context) => {
      const reason = unsafePattern(pattern);
      if (reason !== undefined) context.addIssue({ code: "custom", message: `the pattern ${reason}` });
    })
    .optional()
    .meta({ description: "How one looks, as a regular expression; any without it.", examples: ["[A-Z]+-[0-9]+"] }),
  url: z
    .string()
    .max(500)
    .regex(
      /^https?:\/\/[^\s{}<>"']+\{ticket\}[^\s{}<>"']*$/,
      "the address is a https:// one with {ticket} after its host",
    )
    .optional()
    .meta({
      description: "Where one is found; {ticket} stands for it.",
      examples: ["https://tickets.example.com/{ticket}"],
    }),
});

const DriftSchema = z.strictObject({
  every: Duration.optional().meta({
    description: "How often each workspace is checked; without it, as the server's drift.every says.",
    examples: ["15m"],
  }),
  components: z
    .record(
      z.string().meta({ title: "component" }),
      z.strictObject({
        every: Duration.meta({ description: "How often this one is.", examples: ["15s"] }),
      }),
    )
    .optional(),
});

/** environments/<environment>/environment.yaml */
export const EnvironmentFile = z
  .strictObject({
    pin: PinSchema.optional().meta({ description: "The commit its code comes from; without one it follows main." }),
    approvals: z
      .int()
      .min(0)
      .max(20)
      .optional()
      .meta({
        description: "How many people approve, code owners among them.",
        default: 1,
        examples: [2],
      }),
    ticket: TicketSchema.optional().meta({
      description: "Whether pull requests name a ticket; without it none is asked for.",
    }),
    credentials: EnvironmentName.optional().meta({
      description: "The name of its credentials; without it, the environment's own.",
      examples: ["prod"],
    }),
    drift: DriftSchema.optional().meta({ description: "How often reality is compared with the state." }),
    propose: z
      .array(Owner)
      .max(200)
      .optional()
      .meta({
        description: "Who may propose, besides having the right to; without it, roles alone decide.",
        examples: [["@dev", "@acme/platform"]],
      }),
    owner: Owner.optional().meta({
      description: "Who answers for the environment: for parts of it that are not code. Without one, its code owners.",
      examples: ["@olga"],
    }),
    scope: ScopeSchema.optional(),
    renamed_from: EnvironmentName.optional().meta({
      description: "Its former name: its workspaces and states go with it.",
      examples: ["production"],
    }),
  })
  .meta({ title: "environment.yaml", description: "The rules of one environment." });
export type EnvironmentFile = z.infer<typeof EnvironmentFile>;

const SealedVariable = z
  .strictObject({
    version: z
      .int()
      .min(1)
      .meta({ description: "Which of its values is in use.", examples: [3] }),
    as: z.enum(["input", "environment"]).optional().meta({
      description: "How it gets there: as a variable of the code, or as one of the process's environment.",
      default: "input",
    }),
    phases: z.enum(["plan", "apply", "both"]).optional().meta({
      description: "When it is given; a plan never gets one that is for apply only.",
      default: "both",
    }),
  })
  .meta({ description: "A sealed variable of a component, or of all where the component is common." });

/** environments/<environment>/sealed.yaml */
export const SealedFile = z
  .record(z.string().meta({ title: "component" }), z.record(VariableKey, SealedVariable))
  .meta({
    title: "sealed.yaml",
    description: "Which version of each sealed variable is in use: component (or common), variable, version.",
  });
export type SealedFile = z.infer<typeof SealedFile>;
