import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Tokens of hosted databases and of services that run models. */
export const dataKinds: readonly SecretKind[] = [
  {
    id: "planetscale-token",
    name: "PlanetScale credential",
    pattern: /pscale_(?:tkn|oauth|pw)_[A-Za-z0-9=._-]{32,64}/,
    hints: ["pscale_"],
  },
  startingWith("supabase-token", "Supabase access token", "sbp_", /[0-9a-f]{40}/),
  startingWith("supabase-secret", "Supabase secret key", "sb_secret_", /[A-Za-z0-9_-]{31}/),
  startingWith("neon-key", "Neon API key", "napi_", /[a-z0-9]{64}/),
  startingWith("mongodb-secret", "MongoDB Atlas service account secret", "mdb_sa_sk_", /[A-Za-z0-9_-]{40}/),
  startingWith("aiven-password", "Aiven service password", "AVNS_", /[A-Za-z0-9_-]{19}/),
  startingWith("confluent-secret", "Confluent Cloud secret", "cflt", /[A-Za-z0-9+/]{60}/, { boundary: "base64" }),
  {
    id: "openai-key",
    name: "OpenAI API key",
    pattern: /sk-(?:(?:proj|svcacct|admin)-)?[A-Za-z0-9_-]{20,100}T3BlbkFJ[A-Za-z0-9_-]{20,100}/,
    hints: ["T3BlbkFJ"],
  },
  {
    id: "anthropic-key",
    name: "Anthropic API key",
    pattern: /sk-ant-(?:api|admin|oat)\d\d-[A-Za-z0-9_-]{80,120}/,
    hints: ["sk-ant-"],
  },
  startingWith("huggingface-token", "Hugging Face token", "hf_", /[A-Za-z]{34}/),
  startingWith("huggingface-organization-token", "Hugging Face organization token", "api_org_", /[A-Za-z]{34}/),
  startingWith("replicate-token", "Replicate token", "r8_", /[A-Za-z0-9]{37}/),
  startingWith("perplexity-key", "Perplexity API key", "pplx-", /[A-Za-z0-9]{48}/),
  startingWith("groq-key", "Groq API key", "gsk_", /[A-Za-z0-9]{52}/),
  startingWith("xai-key", "xAI API key", "xai-", /[A-Za-z0-9]{80}/),
  {
    id: "langsmith-key",
    name: "LangSmith API key",
    pattern: /lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}/,
    hints: ["lsv2_"],
  },
  startingWith("pinecone-key", "Pinecone API key", "pcsk_", /[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}/),
  startingWith("nvidia-key", "NVIDIA API key", "nvapi-", /[A-Za-z0-9_-]{64}/),
  startingWith("openrouter-key", "OpenRouter API key", "sk-or-v1-", /[0-9a-f]{64}/),
  startingWith("elevenlabs-key", "ElevenLabs API key", "sk_", /[0-9a-f]{48}/),
  startingWith("airtable-token", "Airtable token", "pat", /[A-Za-z0-9]{14}\.[0-9a-f]{64}/),
  startingWith("contentful-token", "Contentful token", "CFPAT-", /[A-Za-z0-9_-]{43}/),
  startingWith("mapbox-token", "Mapbox secret token", "sk.eyJ", /[A-Za-z0-9_-]{60,200}\.[A-Za-z0-9_-]{22}/),
];
