import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Neutral tokens: light, dark. */
const neutral = {
  canvas: ["#f6f7f8", "#0d1013"],
  surface: ["#ffffff", "#13171b"],
  sunken: ["#f0f2f4", "#181d22"],
  line: ["#e1e5e9", "#232a31"],
  "line-strong": ["#c6ced5", "#3a444e"],
  field: ["#7f8a95", "#616d79"],
  ink: ["#13181d", "#e9edf0"],
  "ink-2": ["#465260", "#aab4be"],
  "ink-3": ["#5d6975", "#8d98a3"],
  datum: ["#b4bec7", "#3d4852"],
  brass: ["#a97a1f", "#d9a94a"],
  fill: ["#2252cc", "#3766e0"],
  "fill-hover": ["#1c46b2", "#2f5bd0"],
  "tile-critical": ["#b3131f", "#d9363f"],
  "word-new": ["#c3e8d8", "#1a4a39"],
  "word-old": ["#f8cdd0", "#5e2429"],
  shadow: ["0 8px 24px rgb(19 24 29 / 12%)", "0 8px 24px rgb(0 0 0 / 50%)"],
} as const;

/** Signal tokens: text light, dark; tint light, dark; border light, dark. */
const signal = {
  chalk: ["#2252cc", "#86aaff", "#eaf0fe", "#152242", "#b9cbf6", "#2b4583"],
  ok: ["#0a7557", "#52c89e", "#e8f5f0", "#10271f", "#a9d8c6", "#1e5642"],
  held: ["#6a3dc2", "#b99dff", "#f2edfc", "#231b3b", "#d2c2f2", "#493676"],
  failed: ["#be1f2d", "#ff7f86", "#fceced", "#351619", "#f0b9bd", "#6e2a2f"],
  frozen: ["#a31c68", "#f790c3", "#fbecf4", "#341527", "#e9b8d2", "#6f2b51"],
  critical: ["#b3131f", "#ff7c83", "#fceaeb", "#371519", "#efb5b9", "#75292f"],
  high: ["#ab4308", "#ff9e63", "#fdefe5", "#321f10", "#f0c7a8", "#663d1b"],
  medium: ["#7d5800", "#e6bb50", "#faf2da", "#2b2410", "#e6d197", "#57491c"],
  low: ["#4a5f75", "#a3b5c8", "#edf1f5", "#1b232b", "#c9d4de", "#344350"],
} as const;

const chalk: MantineColorsTuple = [
  "#eaf0fe",
  "#d5e0fb",
  "#b9cbf6",
  "#86aaff",
  "#5b84ee",
  "#3766e0",
  "#2252cc",
  "#1c46b2",
  "#173a94",
  "#122e76",
];

function tokens(scheme: 0 | 1): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, pair] of Object.entries(neutral)) out[`--${name}`] = pair[scheme];
  for (const [name, six] of Object.entries(signal)) {
    out[`--${name}`] = six[scheme];
    out[`--${name}-tint`] = scheme === 0 ? six[2] : six[3];
    out[`--${name}-border`] = scheme === 0 ? six[4] : six[5];
  }
  return out;
}

/** What Mantine's own components take their colours from. */
const mantine = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-3)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-anchor": "var(--chalk)",
  "--mantine-color-error": "var(--failed)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--sunken)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--field)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line-strong)",
  "--mantine-primary-color-filled": "var(--fill)",
  "--mantine-primary-color-filled-hover": "var(--fill-hover)",
  "--mantine-primary-color-light-color": "var(--chalk)",
};

/** The tokens of the design as CSS variables, for both themes. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...tokens(0), ...mantine },
  dark: { ...tokens(1), ...mantine },
});

/** The design as a Mantine theme: type, radii, sizes, focus. */
export const theme = createTheme({
  primaryColor: "chalk",
  primaryShade: { light: 6, dark: 5 },
  colors: { chalk },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: '"IBM Plex Mono", ui-monospace, monospace',
  fontSizes: { xs: "11px", sm: "13px", md: "13px", lg: "15px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "22px", xl: "28px" },
  radius: { xs: "4px", sm: "6px", md: "6px", lg: "8px", xl: "10px" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  defaultRadius: "sm",
  focusRing: "never",
  cursorType: "pointer",
  respectReducedMotion: true,
  // Label above, help below; an error stands where the help does.
  components: {
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "error", "description"] } },
  },
});
