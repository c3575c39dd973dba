"""What a scan found, as one HTML page that needs nothing else: a chart, the files, and a table to sort and filter."""

from __future__ import annotations

import html
import json

from tf1compat_wd.cli.scan.findings import MEANINGS, STATUSES, FileReport, counts

_COLOURS = {
    "same": "#2a7d4f",
    "ours": "#5aa876",
    "differs": "#c9a227",
    "session": "#d9822b",
    "later": "#c4607a",
    "gone": "#b3372f",
    "unknown": "#7a4fa3",
    "unreadable": "#555b66",
}
_BARS = 25

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --line: #dde2ea; --soft: #f3f5f8; }
@media (prefers-color-scheme: dark) { :root { --ink: #dde2ea; --paper: #15191f; --line: #333c49; --soft: #222933; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 84rem; padding: 0 1rem;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .5rem; }
.legend span { display: inline-block; margin-right: 1.2rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin-right: .35rem; }
svg { max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
.controls { display: flex; gap: .8rem; flex-wrap: wrap; margin-bottom: .6rem; align-items: center; }
input, select { font: inherit; padding: .25rem .5rem; border: 1px solid var(--line); border-radius: 4px;
  background: var(--soft); color: inherit; }
input { width: 24rem; max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: .88rem; table-layout: fixed; }
th[data-column=place] { width: 30%; } th[data-column=name] { width: 18%; } th { width: 5.2rem; }
th[data-column=advice] { width: auto; }
th, td { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
th { position: sticky; top: 0; background: var(--soft); white-space: nowrap; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid #2c5d9b; }
td code { font-size: .95em; } .badge { color: white; border-radius: 3px; padding: 0 .4rem; white-space: nowrap; }
.source { color: #7a8494; display: block; } #more { margin: .8rem 0; }
"""

_SCRIPT = """
const rows = JSON.parse(document.getElementById('uses').textContent);
const order = JSON.parse(document.getElementById('statuses').textContent);
const body = document.querySelector('#table tbody'), search = document.getElementById('search');
const status = document.getElementById('status'), shown = document.getElementById('shown');
const LIMIT = 1000;
let column = 'work', ascending = true;
function key(row) {
  if (column === 'work')  // what needs most first
    return [-Math.max(...['graph', 'eager', 'function'].map(mode => order.indexOf(row[mode]))), row.file, row.line];
  if (column === 'place') return [row.file, row.cell || 0, row.line];
  if (['graph', 'eager', 'function'].includes(column)) return [order.indexOf(row[column]), row.name];
  return [row[column], row.file, row.line];
}
function compare(a, b) {
  const x = key(a), y = key(b);
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return (x[i] < y[i] ? -1 : 1) * (ascending ? 1 : -1);
  return 0;
}
function cell(row, text) { const td = row.insertCell(); td.textContent = text; return td; }
function draw() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean), wanted = status.value;
  const found = rows.filter(row => (!wanted || [row.graph, row.eager, row.function].includes(wanted)) &&
    words.every(word => row.text.includes(word)));
  found.sort(compare);
  body.replaceChildren();
  for (const each of found.slice(0, LIMIT)) {
    const row = body.insertRow();
    const place = cell(row, each.file + (each.cell ? ' cell ' + each.cell : '') + ':' + each.line);
    const source = document.createElement('code');
    source.className = 'source'; source.textContent = each.source; place.append(source);
    cell(row, each.name);
    for (const mode of ['graph', 'eager', 'function']) {
      const badge = document.createElement('span');
      badge.className = 'badge'; badge.style.background = COLOURS[each[mode]]; badge.textContent = each[mode];
      row.insertCell().append(badge);
    }
    cell(row, each.advice);
  }
  shown.textContent = found.length > LIMIT ? `the first ${LIMIT} of ${found.length} uses; filter to see the others`
    : `${found.length} of ${rows.length} uses`;
  for (const th of document.querySelectorAll('#table th'))
    th.setAttribute('aria-sort', th.dataset.column !== column ? 'none' : ascending ? 'ascending' : 'descending');
}
for (const row of rows) row.text = [row.file, row.name, row.advice, row.source].join(' ').toLowerCase();
for (const th of document.querySelectorAll('#table th')) th.querySelector('button').onclick = () => {
  ascending = column === th.dataset.column ? !ascending : true; column = th.dataset.column; draw();
};
search.oninput = status.onchange = draw;
for (const bar of document.querySelectorAll('[data-file]')) bar.onclick = () => {
  search.value = bar.dataset.file; draw(); document.getElementById('table').scrollIntoView();
};
const query = new URLSearchParams(location.hash.slice(1));
search.value = query.get('search') || ''; status.value = query.get('status') || '';
column = query.get('sort') || column; ascending = query.get('order') !== 'descending';
draw();
"""


def render(reports: list[FileReport], paths: list[str]) -> str:
    """The page's HTML."""
    findings = [finding for report in reports for finding in report.findings]
    used = [report for report in reports if report.findings]
    totals = counts(findings)
    ready = sum(report.verdict == "ready" for report in used)
    rows = [
        {
            "file": finding.path,
            "line": finding.line,
            "cell": finding.cell,
            "name": finding.name,
            "graph": finding.fate.graph,
            "eager": finding.fate.eager,
            "function": finding.fate.function,
            "advice": finding.fate.advice,
            "source": finding.source,
        }
        for finding in findings
    ]
    legend = "".join(
        f"<span title='{html.escape(MEANINGS[status])}'><i style='background:{_COLOURS[status]}'></i>"
        f"{totals[status]} {status}</span>"
        for status in totals
    )
    headings = "".join(
        f"<th data-column={column}><button>{heading}</button>"
        for column, heading in (
            ("place", "place"), ("name", "TF1 name"), ("graph", "graph"), ("eager", "eager"),
            ("function", "function"), ("advice", "what to do"),
        )
    )  # fmt: skip
    options = "".join(f"<option>{status}" for status in totals)
    meanings = "".join(f"<li><b>{status}</b>: {html.escape(MEANINGS[status])}" for status in totals)
    title = html.escape(", ".join(paths))
    return f"""<!DOCTYPE html>
<html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>TensorFlow 1 in {title}</title><style>{_STYLE}</style>
<h1>TensorFlow 1 in {title}</h1>
<p>{len(findings)} uses in {len(used)} of {len(reports)} files.
{ready} of these are ready once the import is replaced.</p>
<p class=legend>{legend}</p>
{_chart(used)}
<h2>Every use</h2>
<div class=controls><input id=search type=search placeholder="filter by file, name, source or advice"
aria-label=filter><select id=status aria-label=status><option value="">any status{options}</select>
<span id=shown></span></div>
<table id=table><thead><tr>{headings}</thead><tbody></tbody></table>
<h2>What the statuses mean</h2><ul>{meanings}</ul>
<script id=uses type=application/json>{_json(rows)}</script>
<script id=statuses type=application/json>{_json(STATUSES)}</script>
<script>const COLOURS = {_json(_COLOURS)};{_SCRIPT}</script></html>
"""


def _json(value: object) -> str:
    return json.dumps(value).replace("</", "<\\/").replace("<!--", "<\\!--")


def _chart(used: list[FileReport]) -> str:
    """A bar for each file, as long as its uses are many; those with most work to do first."""
    worst = sorted(
        used, key=lambda each: (-sum(f.fate.worst not in ("same", "ours") for f in each.findings), each.path)
    )
    bars = worst[:_BARS]
    if not bars:
        return "<p>Nothing here uses TensorFlow 1.</p>"
    longest = max(len(report.findings) for report in bars)
    parts = []
    for number, report in enumerate(bars):
        y = number * 22
        name = report.path if len(report.path) <= 48 else "…" + report.path[-47:]
        parts.append(f"<g data-file='{html.escape(report.path)}' style='cursor:pointer'>")
        parts.append(f"<text x=330 y={y + 15} text-anchor=end>{html.escape(name)}</text>")
        x = 340.0
        for status, count in counts(report.findings).items():
            width = 640.0 * count / longest
            parts.append(
                f"<rect x={x:.1f} y={y + 3} width={max(width, 1.0):.1f} height=16 fill='{_COLOURS[status]}'>"
                f"<title>{html.escape(report.path)}: {count} {status}</title></rect>"
            )
            x += width
        parts.append(f"<text x={x + 6:.1f} y={y + 15}>{len(report.findings)}</text></g>")
    height = 22 * len(bars) + 4
    rest = f"<p>and {len(worst) - len(bars)} more files</p>" if len(worst) > len(bars) else ""
    return (
        f"<h2>Files, those with most to do first</h2><svg role=img aria-label='uses by file and status' "
        f"viewBox='0 0 1040 {height}' width=1040 height={height}>{''.join(parts)}</svg>{rest}"
    )
