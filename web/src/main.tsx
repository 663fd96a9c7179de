import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource-variable/inter/opsz.css";
import "@fontsource/ibm-plex-mono/latin-400.css";
import "@fontsource/ibm-plex-mono/latin-500.css";
import "@fontsource/ibm-plex-mono/latin-600.css";
import "./styles/mantine.css";
import "./styles/base.css";
import "./ui/layout/panel.css";
import { createQueryClient } from "./api/query-client.ts";
import { makeRouter } from "./router.tsx";
import { cssVariablesResolver, theme } from "./theme.ts";
import { pathTo } from "./util/path-builder.ts";

const client = createQueryClient(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== pathTo.login()) void router.navigate({ href: pathTo.login(href) });
});
const router = makeRouter(client);

const element = document.getElementById("root");
if (element !== null)
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
