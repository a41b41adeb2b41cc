"""The style of the page, light and dark, on paper and on a phone."""

STYLE = """
:root { --ink: #1b1f24; --soft: #59636e; --line: #d5dae0; --paper: #fff; --tint: #f4f6f8;
  --accent: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ec; --soft: #9aa5b1; --line: #353c45; --paper: #14171b; --tint: #1d2127;
  --accent: #7db8f5; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
body { margin: 0 auto; padding: 2.5rem 1.25rem 5rem; max-width: 70rem; color: var(--ink);
  background: var(--paper);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
h1 { margin: 0; font-size: clamp(1.6rem, 4.5vw, 2.3rem); line-height: 1.18; letter-spacing: -0.015em;
  text-wrap: balance; }
h2 { margin: 0 0 0.75rem; font-size: 1.4rem; line-height: 1.25; letter-spacing: -0.01em; }
h3 { margin: 2rem 0 0.5rem; font-size: 1.05rem; }
p, ul, dl { max-width: 44rem; margin: 0.5rem 0 1rem; }
.kicker { margin: 0 0 0.4rem; color: var(--accent); font-size: 0.85rem; font-weight: 650;
  letter-spacing: 0.04em; }
.lead { color: var(--soft); font-size: 1.08rem; }
.note { color: var(--soft); font-size: 0.9rem; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 1.75rem 0 0; padding: 0.8rem 0;
  border-block: 1px solid var(--line); font-size: 0.95rem; }
nav a { text-decoration: none; } nav a:hover, nav a:focus { text-decoration: underline; }
section { padding-top: 2.5rem; scroll-margin-top: 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.75rem;
  max-width: none;
  margin: 1.75rem 0 0; }
.tiles div { padding: 0.9rem 1rem; border-radius: 0.5rem; background: var(--tint); }
.tiles dt { margin: 0; color: var(--soft); font-size: 0.85rem; font-weight: 400; }
.tiles dd { margin: 0; color: var(--soft); font-size: 0.85rem; }
.tiles dd:nth-of-type(1) { color: var(--ink); font-size: 1.5rem; font-weight: 620; line-height: 1.35;
  letter-spacing: -0.015em; font-variant-numeric: tabular-nums; }
figure { margin: 1.25rem 0; }
figure img { display: block; width: 100%; max-width: 58rem; height: auto; background: #fff;
  border-radius: 0.5rem; }
/* What scrolls has a shadow at its right edge, which the paper hides once its end is reached. */
.wide { margin: 1rem 0 1.5rem; overflow-x: auto;
  background: linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100% no-repeat local,
  linear-gradient(to left, var(--line), transparent) right / 1rem 100% no-repeat scroll; }
table { border-collapse: collapse; font-size: 0.92rem; font-variant-numeric: tabular-nums; }
.caption { margin: 1.5rem 0 0; color: var(--soft); font-size: 0.9rem; }
th, td { padding: 0.34rem 0.62rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; }
th:first-child { padding-left: 0; text-align: left; font-weight: 500; }
thead th { border-bottom: 2px solid var(--line); color: var(--soft); font-weight: 600;
  vertical-align: bottom; }
td { white-space: nowrap; }
.mark th, .mark td { background: var(--tint); font-weight: 650; }
.soft th, .soft td { color: var(--soft); }
.prose td { white-space: normal; text-align: left; min-width: 11rem; }
.prose th { text-align: left; }
.prose dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: 0.25rem 1.25rem;
  max-width: none; margin: 0.25rem 0; font-size: 0.95rem; }
.prose dt { color: var(--soft); }
.prose dd { margin: 0; }
.prose dd > * { margin-top: 0; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--accent); font-weight: 550; }
code { font: 0.88em ui-monospace, "SF Mono", "Liberation Mono", monospace; }
@media (max-width: 40rem) { body { padding: 1.5rem 1rem 3rem; } th, td { padding: 0.34rem 0.55rem; }
  figure { overflow-x: auto; } figure img { min-width: 34rem; }
  .prose dl { grid-template-columns: 1fr; } .prose dd { padding-left: 1rem; } }
@media print { nav, summary { display: none; } section { break-inside: avoid-page; }
  body { max-width: none; } .wide { overflow-x: visible; } td { white-space: normal; } }
"""
