"""``tf1compat-wd scan``: every use of TensorFlow 1, and what becomes of it.

Read in this order: `uses` (where a source names something of TensorFlow), `findings` (what becomes of it), `files`
(which files, and how one is scanned), `text` and `page` (how it is shown).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from tf1compat_wd.cli.messages import UsageError, say, shown
from tf1compat_wd.cli.scan.files import find_files, scan_file
from tf1compat_wd.cli.scan.findings import BLOCKING, MEANINGS, FileReport, as_dict
from tf1compat_wd.cli.scan.uses import Project

_DESCRIPTION = """\
List every use of TensorFlow 1 in Python files and notebooks, through aliases, `from` and star imports,
re-binding (slim = tf.contrib.slim) and your other files; with what becomes of it in graph mode, eager
mode and tf.function. Nothing is executed, and TensorFlow isn't loaded.
"""
_EPILOG = (
    "statuses:\n"
    + "\n".join(f"  {status:<11} {meaning}" for status, meaning in MEANINGS.items())
    + """

exit status: 0 if nothing stands in the way, 1 if something does (see --fail-on), 2 if PATH is no good.

--json prints {"schema": 1, "totals": {"files", "uses", and each status}, "files": [{"path", "verdict"
(ready, session or blocked), "readiness" (0 to 1), "uses": [{"line", "column", "cell" (notebooks only),
"name", "status": {"graph", "eager", "function"}, "advice", "source"}]}]}.
"""
)
_FAIL_ON = {"never": frozenset[str](), "gone": BLOCKING, "session": BLOCKING | {"session"}}
# Starting processes costs more than scanning a few files.
_FEW = 40
_AT_ONCE = 16


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``scan`` to the command line."""
    parser = subparsers.add_parser(
        "scan",
        help="list every use of TensorFlow 1 and what becomes of it",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument("--all", action="store_true", help="show the uses that need no work, too")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--html", metavar="FILE", help="write one page with a chart and a table to sort and filter")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default: CPUs)")
    parser.add_argument(
        "--fail-on",
        choices=tuple(_FAIL_ON),
        default="gone",
        help="exit with 1 if a name is gone (default); if one needs a session, too; or never",
    )
    parser.set_defaults(command=main)


def main(arguments: argparse.Namespace) -> int:
    """Scan, show, and return the exit status."""
    if arguments.html and not os.path.isdir(os.path.dirname(os.path.abspath(arguments.html))):
        raise UsageError(f"there is no folder for {arguments.html}")
    files = find_files(arguments.paths)
    if not files:
        raise UsageError(f"there are no Python files or notebooks in {', '.join(arguments.paths)}")
    roots = tuple(os.path.abspath(path) for path in arguments.paths if os.path.isdir(path))
    reports = scan(files, roots, max(1, arguments.jobs))
    if arguments.html:
        from tf1compat_wd.cli.scan import page  # deferred, as few ask for it

        try:
            with open(arguments.html, "w", encoding="utf-8") as file:
                file.write(page.render(reports, arguments.paths))
        except OSError as error:
            raise UsageError(f"can't write {arguments.html}: {error.strerror}") from None
        say(f"the page is in {shown(arguments.html)}")
    try:
        if arguments.json:
            print(json.dumps(as_dict(reports), indent=1))
        else:
            from tf1compat_wd.cli.scan import text  # deferred: it needs rich

            text.show(reports, arguments.all)
        sys.stdout.flush()
    except BrokenPipeError:  # piped into head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    failing = _FAIL_ON[arguments.fail_on]
    return int(any(finding.fate.worst in failing for report in reports for finding in report.findings))


def scan(files: list[str], roots: tuple[str, ...], jobs: int) -> list[FileReport]:
    """Scan `files`, with several processes if there are many; the reports are in the same order."""
    if len(files) <= _FEW or jobs == 1:
        project = Project(roots)
        return [scan_file(path, project) for path in files]
    # Forked, where that is possible: a new process would load TensorFlow with our package.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    parts = [files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE)]
    done: dict[int, list[FileReport]] = {}
    try:
        with ProcessPoolExecutor(min(jobs, len(parts)), multiprocessing.get_context(method)) as pool:
            waiting = {pool.submit(_scan_part, part, roots): number for number, part in enumerate(parts)}
            for future in _with_progress(waiting, len(files)):
                done[waiting[future]] = future.result()
    except BrokenProcessPool:
        raise UsageError("a process that scans ended by itself; try --jobs 1") from None
    return [report for number in range(len(parts)) for report in done[number]]


_project: Project | None = None


def _scan_part(files: list[str], roots: tuple[str, ...]) -> list[FileReport]:
    global _project
    if _project is None or _project.folders != roots:
        _project = Project(roots)
    return [scan_file(path, _project) for path in files]


def _with_progress(waiting: dict[Future[list[FileReport]], int], total: int) -> Iterator[Future[list[FileReport]]]:
    """The futures as they are done, with a bar for somebody who watches."""
    if not sys.stderr.isatty():
        yield from as_completed(waiting)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("scanning", total=total)
        for future in as_completed(waiting):
            progress.advance(task, _AT_ONCE)
            yield future
