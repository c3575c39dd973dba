"""What a scan found, for the terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tf1compat_wd.cli.scan.findings import BLOCKING, MEANINGS, FileReport, Finding, counts

_COLOURS = {
    "same": "green",
    "ours": "green",
    "differs": "yellow",
    "session": "yellow",
    "later": "red",
    "gone": "red",
    "unknown": "red",
    "unreadable": "red",
}
_PIPED_WIDTH = 160


def show(reports: list[FileReport], everything: bool) -> None:
    """Print what needs work by file and line, then each file's readiness, then totals."""
    console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH, soft_wrap=True, highlight=False)
    findings = [finding for report in reports for finding in report.findings]
    for finding in findings:
        if everything or finding.fate.worst not in ("same", "ours"):
            _show_finding(console, finding)
    used = [report for report in reports if report.findings]
    if used:
        console.print()
        table = Table(box=None, header_style="bold")
        table.add_column("file")
        for heading in ("uses", "ready", "verdict"):
            table.add_column(heading, justify="right" if heading != "verdict" else "left")
        for report in sorted(used, key=lambda each: each.readiness):
            colour = {"ready": "green", "session": "yellow", "blocked": "red"}[report.verdict]
            ready = f"{report.readiness:.0%}" if report.readiness in (0.0, 1.0) else f"{report.readiness:.1%}"
            table.add_row(
                escape(report.path), str(len(report.findings)), ready, f"[{colour}]{report.verdict}[/{colour}]"
            )
        console.print(table)
    console.print()
    console.print(f"{len(findings)} uses of TensorFlow 1 in {len(used)} of {len(reports)} files")
    for status, count in counts(findings).items():
        console.print(f"  [{_COLOURS[status]}]{count:>6} {status:<10}[/] {MEANINGS[status]}")
    verdicts = {report.verdict for report in used}
    if not used:
        return
    if "blocked" in verdicts:
        console.print("Next: `tf1compat-wd rewrite` does the mechanical part; what is red above needs a hand.")
    elif "session" in verdicts:
        console.print("Next: `tf1compat-wd run` runs it as it is.")
    else:
        console.print("Next: replace the import (`tf1compat-wd rewrite --only imports`), then `tf1compat-wd verify`.")


def _show_finding(console: Console, finding: Finding) -> None:
    worst = finding.fate.worst
    status = worst if worst in BLOCKING or len(set(finding.fate[:3])) == 1 else _by_mode(finding)
    console.print(
        f"{escape(finding.place)}: [{_COLOURS[worst]}]{escape(finding.name)}[/] {status}: {escape(finding.fate.advice)}"
    )


def _by_mode(finding: Finding) -> str:
    modes = [mode for mode in ("graph", "eager", "function") if getattr(finding.fate, mode) == finding.fate.worst]
    return f"{finding.fate.worst} ({', '.join(modes)})"
