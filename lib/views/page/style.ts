/** The page's style sheet: system fonts, one accent colour, light and dark mode, any width, screen and print. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #f7f8f7; --surface: #ffffff; --text: #1b2024; --muted: #59636b; --border: #e2e5e3; --shadow: #1b202426;
  --accent: #0c6b62; --bar: #0c6b621f; --worse: #a8431f; --better: #24724a; --notice: #fbf1dd;
  --primary: #14857a; --secondary: #5b6fc4; --tertiary: #c27a2c; --neutral: #b6bfc4; --warning: #d9962b; --error: #c2412d; --previous: #8b979e;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #111415; --surface: #191d1f; --text: #e6e9ea; --muted: #9da8ae; --border: #2b3235; --shadow: #000000a0;
    --accent: #6fd0c0; --bar: #6fd0c026; --worse: #f0a07c; --better: #8bd3a6; --notice: #33291a;
    --primary: #45b8a8; --secondary: #8c9df0; --tertiary: #e0a45c; --neutral: #566169; --warning: #e0a845; --error: #ee7b66; --previous: #7d8a92;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body { margin: 0 auto; max-width: 88rem; padding: 0 clamp(1rem, 3vw, 2.5rem); background: var(--background); color: var(--text);
  font: 1rem/1.5 var(--sans); overflow-wrap: break-word; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; }
.skip { position: absolute; left: -99rem; padding: 0.5rem 1rem; background: var(--surface); }
.skip:focus { left: 1rem; top: 1rem; z-index: 5; }

header { padding: clamp(1.75rem, 4vw, 3rem) 0 1.5rem; }
.eyebrow { color: var(--accent); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
h1 { margin: 0.15rem 0 0.4rem; font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); font-weight: 650; line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; overflow-wrap: anywhere; }
.period strong { font-weight: 600; margin-right: 0.5em; }
.period span { color: var(--muted); }

.frame { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 2.5rem; }
nav { font-size: 0.875rem; }
nav ul { padding: 0; list-style: none; }
nav a { color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--accent); }
nav .empty-section a { font-style: italic; }
@media (max-width: 65.99rem) {
  nav { position: sticky; top: 0; z-index: 3; margin: 0 calc(-1 * clamp(1rem, 3vw, 2.5rem)) 1rem; padding: 0.5rem clamp(1rem, 3vw, 2.5rem); overflow-x: auto; border-bottom: 1px solid var(--border); background: var(--background); scrollbar-width: none; }
  nav > ul { display: flex; gap: 1.25rem; white-space: nowrap; } nav ul ul { display: none; }
  nav a { display: block; padding: 0.2rem 0; }
  html { scroll-padding-top: 3.5rem; }
}
@media (min-width: 66rem) {
  .frame { grid-template-columns: 11.5rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 0.4rem 0 2rem; scrollbar-width: thin; }
  nav > ul > li { margin-bottom: 0.8rem; }
  nav .group { display: block; color: var(--text); font-size: 0.75rem; font-weight: 600; }
  nav a:not(.group) { display: block; padding: 0.16rem 0 0.16rem 0.65rem; border-left: 2px solid var(--border); }
  nav a[aria-current]:not(.group) { border-color: var(--accent); color: var(--accent); font-weight: 550; }
}

.headline { display: flex; flex-wrap: wrap; gap: 1px; overflow: hidden; border: 1px solid var(--border); border-radius: 10px; background: var(--border); }
.headline div { flex: 1 1 min(12.5rem, 45%); min-width: 0; padding: 1rem 1.1rem 0.9rem; background: var(--surface); }
.headline dt { color: var(--muted); font-size: 0.8125rem; }
.headline .value { margin-top: 0.1rem; font-size: clamp(1.3rem, 1.1rem + 0.9vw, 1.75rem); font-weight: 620; line-height: 1.25; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.headline .change { margin-top: 0.1rem; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.neutral { color: var(--muted); } .worse { color: var(--worse); } .better { color: var(--better); }
.hint { margin-top: 0.6rem; color: var(--muted); font-size: 0.8125rem; }

.group-heading { margin-top: 3.25rem; padding-bottom: 0.4rem; border-bottom: 1px solid var(--border); }
section { padding: 2rem 0 0; }
h2 { font-size: 1.5rem; font-weight: 640; line-height: 1.25; letter-spacing: -0.015em; }
h3 { font-size: 1.125rem; font-weight: 620; line-height: 1.3; letter-spacing: -0.01em; }
.description { max-width: 44rem; margin: 0.15rem 0 0.9rem; color: var(--muted); text-wrap: pretty; }
.notice, .warning { margin-bottom: 1.25rem; padding: 0.7rem 1rem; border-radius: 8px; background: var(--notice); }
.warning { margin: 0.5rem 0 0; font-size: 0.875rem; }
.empty { padding: 0.7rem 1rem; border: 1px dashed var(--border); border-radius: 10px; color: var(--muted); font-size: 0.875rem; }
.note, .files { margin-top: 0.6rem; color: var(--muted); font-size: 0.8125rem; }
.note { max-width: 60rem; } .note + .files { margin-top: 0.15rem; }
.files a { margin-left: 0.4em; white-space: nowrap; }
.print-only { display: none; }
details { border: 1px solid var(--border); border-radius: 10px; background: var(--surface); }
details > .scroll { border-width: 1px 0 0; border-radius: 0; } details .note { padding: 0 1rem 0.8rem; }
summary { padding: 0.65rem 1rem; cursor: pointer; font-size: 0.9rem; }

.findings ul { margin-top: 0.75rem; padding: 0; list-style: none; border: 1px solid var(--border); border-radius: 10px; background: var(--surface); }
.findings li { display: flex; gap: 0.9rem; align-items: baseline; padding: 0.6rem 1.1rem; overflow-wrap: anywhere; }
.findings li + li { border-top: 1px solid var(--border); }
.finding-kind { flex: none; width: 3.6rem; padding: 0.08rem 0; border: 1px solid currentColor; border-radius: 99px; color: var(--muted); font-size: 0.75rem; font-weight: 600; text-align: center; text-decoration: none; }
.finding-kind.appeared, .finding-kind.outlier { color: var(--worse); } .finding-kind.new { color: var(--accent); }

.charts { margin-bottom: 1rem; }
.charts.multiple { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem; }
@media (min-width: 75rem) {
  .side-by-side { display: grid; grid-template-columns: minmax(0, 21rem) minmax(0, 1fr); gap: 1rem; align-items: start; }
  .side-by-side .charts { margin: 0; } .side-by-side .text bdi { max-width: 15rem; }
}
.chart { min-width: 0; padding: 0.85rem 1.1rem 1rem; border: 1px solid var(--border); border-radius: 10px; background: var(--surface); }
figcaption { margin-bottom: 0.5rem; font-size: 0.875rem; font-weight: 600; }
figcaption small { margin-left: 0.4em; color: var(--muted); font-size: 0.8125rem; font-weight: 400; }
.still { overflow-x: auto; } .still svg { display: block; width: 100%; height: auto; }
@media screen { .chart.is-live .still { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .chart { position: relative; } }
.tip { max-width: min(26rem, 80vw); white-space: normal; font: 0.8125rem/1.45 var(--sans); font-variant-numeric: tabular-nums; }
.tip p { margin-bottom: 0.3rem; font-weight: 600; overflow-wrap: anywhere; }
.tip div { display: flex; gap: 0.5rem; align-items: baseline; }
.tip span { color: var(--muted); } .tip b { margin-left: auto; padding-left: 1rem; font-weight: 600; }
.tip i { flex: none; width: 0.7rem; height: 0.35rem; border-radius: 2px; align-self: center; }

.tools { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; justify-content: flex-end; margin-bottom: 0.5rem; font-size: 0.8125rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.tools input, .tools button { height: 2rem; padding: 0 0.7rem; border: 1px solid var(--border); border-radius: 7px; background: var(--surface); color: var(--text); font: inherit; }
.tools input { flex: 1 1 5rem; max-width: 15rem; margin-right: auto; min-width: 4rem; } .tools input::placeholder { color: var(--muted); opacity: 1; }
.tools button { min-width: 2rem; cursor: pointer; } .tools button:hover:enabled { border-color: var(--accent); color: var(--accent); }
.tools button:disabled { color: var(--muted); opacity: 0.55; cursor: default; }
.clipboard { position: fixed; left: -99rem; }
.scroll { overflow-x: auto; border: 1px solid var(--border); border-radius: 10px;
  /* Shadows at the edges show that a table can be scrolled; gradients that scroll along hide them at its ends. */
  background: linear-gradient(to right, var(--surface) 40%, transparent) 0 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to left, var(--surface) 40%, transparent) 100% 0 / 2.5rem 100% no-repeat local,
    linear-gradient(to right, var(--shadow), transparent) 0 0 / 0.9rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shadow), transparent) 100% 0 / 0.9rem 100% no-repeat scroll, var(--surface); }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
th, td { padding: 0.42rem 0.65rem; text-align: left; vertical-align: top; font-weight: 400; border-top: 1px solid var(--border); }
thead th { border-top: 0; padding: 0.6rem 0.65rem 0.5rem; color: var(--muted); font-size: 0.8125rem; font-weight: 550; vertical-align: bottom; line-height: 1.25; }
thead button { padding: 0; border: 0; background: none; color: inherit; font: inherit; text-align: inherit; cursor: pointer; }
thead button::after { content: "↕"; margin-left: 0.25em; opacity: 0.35; }
thead button:hover, [aria-sort] button { color: var(--accent); }
[aria-sort="ascending"] button::after { content: "↑"; opacity: 1; } [aria-sort="descending"] button::after { content: "↓"; opacity: 1; }
tbody tr:hover { background: color-mix(in srgb, var(--border) 35%, transparent); }
th:first-child, td:first-child { padding-left: 1rem; } th:last-child, td:last-child { padding-right: 1rem; }
.figure { text-align: right; white-space: nowrap; }
thead .figure { white-space: normal; min-width: 4.6rem; }
.label { white-space: nowrap; }
.figure + :not(.figure) { padding-left: 1.6rem; }
.text bdi { display: inline-block; width: max-content; max-width: 22rem; overflow: hidden; overflow-wrap: anywhere; font-family: var(--mono); font-size: 0.9em; contain: paint; }
.absent { color: var(--muted); }
.bar { min-width: 8.5rem; background: linear-gradient(var(--bar), var(--bar)) 0 0.3rem / calc(var(--share) * 100%) 1.45rem no-repeat; }
abbr { text-decoration: none; cursor: help; }
bdi[title], td[title], dd[title] { cursor: help; }

footer { margin-top: 3.5rem; padding: 1.5rem 0 3rem; border-top: 1px solid var(--border); color: var(--muted); font-size: 0.875rem; }

@media (max-width: 40rem) {
  th, td { padding: 0.4rem 0.6rem; }
  .scroll, .charts, .headline, .findings ul { margin-left: -0.35rem; margin-right: -0.35rem; }
  .headline div { padding: 0.8rem 0.85rem 0.75rem; }
  .chart { padding: 0.8rem 0.85rem; }
  .findings li { display: block; padding: 0.6rem 0.85rem; } .finding-kind { display: inline-block; margin-right: 0.3rem; }
  .text bdi { max-width: 13rem; }
  .bar { min-width: 6rem; }
  td.change { white-space: normal; }
}
@media print {
  :root { color-scheme: light; --background: #fff; --surface: #fff; --text: #000; --muted: #444; --border: #ccc; --accent: #000; --bar: #0002; --worse: #000; --better: #000; --notice: #eee;
    --primary: #14857a; --secondary: #5b6fc4; --tertiary: #c27a2c; --neutral: #b6bfc4; --warning: #d9962b; --error: #c2412d; --previous: #8b979e; }
  @page { margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  header { padding-top: 0; }
  .description, .note, .files, .hint, figcaption, figcaption small, summary { font-size: 8pt; }
  nav, .tools, .skip, .live { display: none !important; }
  .frame, .side-by-side { display: block; }
  .side-by-side .charts { max-width: 60%; }
  .print-only { display: inline; }
  .scroll { overflow: visible; }
  section { padding-top: 1.25rem; } .group-heading { margin-top: 1.75rem; }
  h2, h3, thead, .description { break-after: avoid; }
  tr, .chart, .headline div { break-inside: avoid; }
  .charts.multiple { grid-template-columns: 1fr 1fr; }
  .headline div { flex-basis: 22%; }
  table { font-size: 6.5pt; } th, td { padding: 0.25rem 0.3rem; } thead th { font-size: 6.5pt; }
  thead button::after { content: ""; } thead .figure { min-width: 0; }
  .bar, .finding-kind { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .bar { min-width: 3rem; background-size: calc(var(--share) * 100%) 1rem; }
  .text bdi { width: auto; max-width: 11rem; }
}
`;
