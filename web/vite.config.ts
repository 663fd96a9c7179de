import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** `vite --mode fixtures` answers the API from `src/testing`, so that the pages can be worked on without a server. */
function fixtures(): Plugin {
  return {
    name: "plumbline-fixtures",
    async configureServer(server) {
      const { fixtureHandler } = await import("./src/testing/fixture-handler.ts");
      const handle = fixtureHandler();
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith("/api/") === true) handle(request, response);
        else next();
      });
    },
  };
}

/**
 * Marks the contract's schemas as droppable: bundlers do not know that `z.enum(…).meta(…)` only builds. Without this the
 * tables the pages use (legal actions, rights, states) would bring zod into the first page.
 */
function withoutSchemas(): Plugin {
  return {
    name: "plumbline-without-schemas",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!/\/contract\/src\/[a-z-]+\.ts$/.test(id)) return undefined;
      const schema = /^((?:export )?const \w+ = )(z\b[\s\S]*?);$/gm;
      return { code: code.replace(schema, "$1/* @__PURE__ */ (() => $2)();"), map: null };
    },
  };
}

const server = process.env["PLUMBLINE_URL"] ?? "http://127.0.0.1:8300";

export default defineConfig(({ mode }) => ({
  plugins: [withoutSchemas(), react(), ...(mode === "fixtures" ? [fixtures()] : [])],
  server: {
    proxy: mode === "fixtures" ? {} : { "/api": server, "/docs": server },
  },
  build: {
    // The content policy allows no data: fonts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Few and stable files: what changes rarely stays in the browser's cache when the pages change, and a page whose
        // parts were each a file would ask for eighty of them, six at a time, before it asks for its data.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: "tanstack",
              test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|react-store|store)\//,
            },
            { name: "index", tags: ["$initial"] },
            // Small things that nearly every page shows, the first one too; nothing of Mantine.
            {
              name: "parts",
              test: /web\/src\/(components\/(state|acted)|forms\/form-|ui\/(buttons\/button|layout\/(?!dialog)|lists\/table|loading|marks|text\/(?!markdown)|use-))/,
              minShareCount: 3,
            },
            {
              name: "fields",
              test: /@mantine\/(hooks|core\/.*\/components\/(ActionIcon|CloseButton|Input|InputBase|Loader|TextInput))\//,
              minShareCount: 2,
            },
            {
              name: "menus",
              test: /@floating-ui|@mantine\/core\/.*\/components\/(FocusTrap|Menu|Popover|Portal|ScrollArea|Transition)\//,
              minShareCount: 2,
            },
            // The login looks like a dialog and is none.
            { name: "dialog-style", test: /web\/src\/(ui\/layout\/dialog|styles\/mantine-dialog)\.css$/ },
            {
              name: "dialogs",
              test: /web\/src\/(ui\/(layout\/dialog|toast)|forms\/confirm-dialog)\.|react-remove-scroll|@mantine\/core\/.*\/components\/Modal\//,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  test: {
    name: "web",
    root: import.meta.dirname,
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "happy-dom",
    css: false,
    testTimeout: 20_000,
  },
}));
