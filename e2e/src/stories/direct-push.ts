import { contains, holds } from "./story.ts";
import type { Story } from "./story.ts";

/** main changes only through pull requests. */
export const directPush: Story = {
  title: "A direct push to main is refused",
  steps: [
    {
      title: "a push to main says what to do instead",
      async run(demo) {
        for (const person of ["dev", "platform"] as const) {
          const clone = await demo.clone(person);
          clone.write("README.md", "straight to main\n");
          await clone.commit("Go straight to main");
          const { code, output } = await clone.git("push", "origin", "HEAD:refs/heads/main");
          holds(code !== 0, `${person}'s push to main is refused`);
          contains(output, "refs/for/main");
        }
      },
    },
    {
      title: "so are a forced push, deleting main, and another branch",
      async run(demo) {
        const clone = await demo.clone("dev");
        clone.write("README.md", "history rewritten\n");
        await clone.must("checkout", "--quiet", "--orphan", "other");
        await clone.commit("Rewrite history");
        for (const refspec of [
          "+HEAD:refs/heads/main",
          ":refs/heads/main",
          "HEAD:refs/heads/feature",
          "HEAD:refs/tags/v1",
        ]) {
          const { code, output } = await clone.git("push", "origin", refspec);
          holds(code !== 0, `${refspec} is refused: ${output}`);
        }
        const before = await demo.clone("dev");
        holds((await before.must("rev-parse", "HEAD")).length > 0, "main is still there");
      },
    },
    {
      title: "somebody who may not propose cannot open a pull request",
      async run(demo) {
        const clone = await demo.clone("auditor");
        const file = "environments/dev/shop.tfvars";
        clone.write(file, `${await clone.must("show", `HEAD:${file}`)}\n# looked at by the auditor\n`);
        await clone.commit("Propose something");
        const { code, output } = await clone.git("push", "origin", "HEAD:refs/for/main");
        holds(code !== 0, `the auditor's proposal is refused: ${output}`);
      },
    },
  ],
};
