import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { cleanup, configure, render, waitFor, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";
import { onTestFinished } from "vitest";
import { cssVariablesResolver, theme } from "../theme.ts";

// On a busy machine what is loaded late takes longer than the second that is waited by default.
configure({ asyncUtilTimeout: 10_000 });

/** Puts a component on a page with theme, cache and router, as `main.tsx` does, at `path`; it is taken off after the test. */
export async function renderPage(children: ReactNode, path = "/"): Promise<RenderResult> {
  onTestFinished(cleanup);
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createRouter({
    routeTree: createRootRoute({ component: () => <div data-testid="page">{children}</div> }),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  });
  const result = render(
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await waitFor(() => result.getByTestId("page"));
  return result;
}
