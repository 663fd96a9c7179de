import { serveProvider } from "@plumbline/providers/plugin/serve-provider";
import { createLabProvider } from "./lab-provider.ts";

void serveProvider(createLabProvider(process.env));
