/** The page's style sheet: system fonts, one accent, light and dark, narrow and wide, screen and paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --raised: #ffffff; --ink: #1b2024; --soft: #5d676f; --line: #e4e6e3; --edge: #1b202426;
  --accent: #0c6b62; --bar: #0c6b6224; --worse: #a8431f; --better: #24724a; --warning: #fbf1dd;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121517; --raised: #181c1f; --ink: #e6e9ea; --soft: #98a3aa; --line: #2a3034; --edge: #000000a0;
    --accent: #6fd0c0; --bar: #6fd0c02b; --worse: #f0a07c; --better: #8bd3a6; --warning: #33291a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 84rem; padding: 0 clamp(1rem, 3vw, 3rem); background: var(--paper); color: var(--ink);
  font: 1rem/1.5 var(--sans); overflow-wrap: break-word; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
h1, h2, p, dl, dd, ol { margin: 0; }

header { padding: clamp(2rem, 5vw, 3.5rem) 0 1.75rem; border-bottom: 1px solid var(--line); }
.kind { color: var(--accent); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
h1 { margin: 0.2rem 0 0.5rem; font-size: clamp(1.75rem, 1.3rem + 2vw, 2.6rem); font-weight: 650; line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
.period strong { font-weight: 600; margin-right: 0.5em; }
.period span { color: var(--soft); }

main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 3rem; }
nav { padding: 1.25rem 0 0; font-size: 0.875rem; }
nav ol { padding: 0; list-style: none; columns: 10rem 2; column-gap: 1.5rem; }
nav b { display: block; margin-top: 0.9rem; color: var(--ink); font-size: 0.75rem; font-weight: 600; letter-spacing: 0; }
nav a { display: block; padding: 0.2rem 0; color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--accent); }
nav .none a { opacity: 0.6; }
@media (min-width: 66rem) {
  main { grid-template: "contents lead" "contents sections" 1fr / 12.5rem minmax(0, 1fr); }
  .lead { grid-area: lead; } .sections { grid-area: sections; }
  nav { grid-area: contents; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 2.25rem 0; }
  nav ol { columns: 1; }
}

.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 45%), 1fr)); gap: 1.75rem 1.5rem; padding: 2.25rem 0 1rem; }
.figures div { min-width: 0; }
.figures dt { color: var(--soft); font-size: 0.875rem; }
.figures .value { font-size: clamp(1.45rem, 1.2rem + 1vw, 2rem); font-weight: 600; line-height: 1.2; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.figures .change { margin-top: 0.2rem; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.neutral { color: var(--soft); } .worse { color: var(--worse); } .better { color: var(--better); }

section { padding: 2.25rem 0 0; }
h2 { font-size: 1.25rem; font-weight: 620; line-height: 1.3; letter-spacing: -0.01em; }
.answers { max-width: 44rem; margin: 0.2rem 0 0.9rem; color: var(--soft); text-wrap: pretty; }
.notice, .warning { margin-top: 1.5rem; padding: 0.7rem 1rem; border-radius: 6px; background: var(--warning); }
.warning { margin-top: 0.5rem; font-size: 0.875rem; }
.empty { padding: 0.6rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
.note, .files { margin-top: 0.6rem; color: var(--soft); font-size: 0.8125rem; }
.note + .files { margin-top: 0.15rem; }
.files a { margin-left: 0.4em; }

.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px;
  /* Shadows at the edges say that a table goes on; the covers scroll with it and hide them at its ends. */
  background: linear-gradient(to right, var(--raised) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--raised) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--edge), transparent) 0 0 / 0.9rem 100% no-repeat scroll,
    linear-gradient(to left, var(--edge), transparent) 100% 0 / 0.9rem 100% no-repeat scroll, var(--raised); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
th, td { padding: 0.42rem 0.65rem; text-align: left; vertical-align: top; font-weight: 400; border-top: 1px solid var(--line); }
thead th { border-top: 0; padding: 0.6rem 0.65rem 0.5rem; color: var(--soft); font-size: 0.8125rem; font-weight: 550; vertical-align: bottom; line-height: 1.25; }
th:first-child, td:first-child { padding-left: 1rem; } th:last-child, td:last-child { padding-right: 1rem; }
.figure { text-align: right; white-space: nowrap; }
thead .figure { white-space: normal; min-width: 4.6rem; }
.label { white-space: nowrap; }
.figure + :not(.figure) { padding-left: 1.6rem; }
.text bdi { display: inline-block; width: max-content; max-width: 22rem; overflow: hidden; overflow-wrap: anywhere; font-family: var(--mono); font-size: 0.9em; contain: paint; }
.absent { color: var(--soft); }
.bar { min-width: 8.5rem; background: linear-gradient(var(--bar), var(--bar)) 0 0.3rem / calc(var(--share) * 100%) 1.45rem no-repeat; }
abbr { text-decoration: none; cursor: help; }
bdi[title], td[title], dd[title] { cursor: help; }

footer { margin-top: 3.5rem; padding: 1.5rem 0 3rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }

@media (max-width: 40rem) {
  th, td { padding: 0.4rem 0.6rem; }
  .scroll { margin: 0 -0.35rem; }
  .text bdi { max-width: 13rem; }
  .bar { min-width: 6rem; }
  td.moved { white-space: normal; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; --bar: #0002; --worse: #000; --better: #000; --warning: #eee; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  nav { display: none; }
  main { display: block; }
  .scroll { overflow: visible; }
  section { padding-top: 1.25rem; }
  h2, thead, .answers { break-after: avoid; }
  tr { break-inside: avoid; }
  table { font-size: 7.5pt; }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .text bdi { max-width: 16rem; }
}
`;
