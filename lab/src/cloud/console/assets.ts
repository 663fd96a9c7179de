/** The console's style: one page of CSS, light and dark by the system's setting. */
export const STYLE = `
:root {
  --ground: #f7f8fa; --surface: #ffffff; --line: #c9ced6; --text: #1b1f24; --soft: #4a525c;
  --link: #0b57b0; --primary: #0b57b0; --on-primary: #ffffff; --danger: #a3231b; --saved: #dff3e4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b; --surface: #1c2026; --line: #3c444e; --text: #e8eaed; --soft: #b3bac4;
    --link: #8ab8ff; --primary: #8ab8ff; --on-primary: #10141a; --danger: #ff9c94; --saved: #173d24;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: var(--ground); color: var(--text); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--surface); padding: 8px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; padding: 10px 24px;
  background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; color: var(--text); text-decoration: none; }
nav { display: flex; gap: 4px; flex-wrap: wrap; }
nav a { padding: 4px 10px; border-radius: 6px; text-decoration: none; }
nav a[aria-current] { background: var(--primary); color: var(--on-primary); }
.person { margin-left: auto; display: flex; gap: 6px; align-items: center; color: var(--soft); }
.person input { width: 10em; }
main { max-width: 64rem; margin: 0 auto; padding: 16px 24px 64px; }
h1 { font-size: 1.6rem; margin: .4em 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 1.6em 0 .4em; }
table { width: 100%; border-collapse: collapse; background: var(--surface); border: 1px solid var(--line); }
th, td { text-align: left; padding: 6px 12px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 600; border-top: 0; }
tbody th { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.edit { display: grid; gap: 12px; max-width: 36rem; }
.field { display: grid; gap: 2px; }
.field label { font-weight: 600; }
.hint { color: var(--soft); font-size: .9em; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--soft);
  border-radius: 6px; padding: 5px 10px; }
button { cursor: pointer; justify-self: start; }
.primary { background: var(--primary); color: var(--on-primary); border-color: var(--primary); }
.danger { color: var(--danger); border-color: var(--danger); }
.problem { color: var(--danger); font-weight: 600; }
.saved { background: var(--saved); padding: 6px 12px; border-radius: 6px; }
`;

/** The console's script: asks before a form that destroys something. */
export const SCRIPT = `
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
`;
