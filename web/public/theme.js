// Sets the theme before the first paint; a file of its own because the content policy allows no inline scripts.
{
  const stored = localStorage.getItem("mantine-color-scheme-value");
  const dark = stored === "dark" || (stored !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
  document.documentElement.style.backgroundColor = dark ? "#0d1013" : "#f6f7f8";
}
