"""The report of `verify` as one HTML page that needs nothing else."""

from __future__ import annotations

import html
import math
from typing import Protocol

import numpy as np

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.verification.comparison import Difference, Measured
from tf1compat_wd._core.verification.observations import Observation


class Shown(Protocol):
    """What the page shows: a `report.Report`."""

    @property
    def name(self) -> str: ...
    @property
    def ok(self) -> bool: ...
    @property
    def first(self) -> Difference | None: ...
    @property
    def reference(self) -> Observation: ...
    @property
    def others(self) -> tuple[Observation, ...]: ...
    @property
    def passes(self) -> int: ...
    @property
    def weights(self) -> str: ...
    @property
    def differences(self) -> tuple[Difference, ...]: ...
    @property
    def first_operation(self) -> str: ...
    @property
    def measured(self) -> tuple[Measured, ...]: ...


_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #1c2430; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.verdict { display: inline-block; border-radius: 4px; padding: 0 .6rem; color: white; }
.same { background: #2a7d4f; } .different { background: #b3372f; }
.first { border-left: 4px solid #b3372f; padding: .3rem .8rem; background: #fbf1f0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #dde2ea; overflow-wrap: anywhere; }
th { background: #f3f5f8; } svg { max-width: 100%; height: auto; } text { font: 11px system-ui, sans-serif; }
figure { display: inline-block; margin: .5rem 1rem .5rem 0; } figcaption { font-size: .8rem; max-width: 260px; }
@media (prefers-color-scheme: dark) {
  body { background: #15191f; color: #dde2ea; } th { background: #222933; } td, th { border-color: #333c49; }
  .first { background: #2c1f1f; } text { fill: #dde2ea; } }
"""
_BARS = 300
_SCATTERS = 12


def render(report: Shown) -> str:
    """The page's HTML."""
    verdict = "the same" if report.ok else "different"
    name = html.escape(report.name)
    where = html.escape(", ".join(other.label for other in report.others))
    parts = [
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>verify: {name}</title><style>{_STYLE}</style>",
        f"<h1>{name} <span class='verdict {'same' if report.ok else 'different'}'>{verdict}</span></h1>",
        f"<p>{html.escape(report.reference.label)} compared with {where}, {report.passes} passes. "
        f"Weights: {html.escape(report.weights)}. Random operations: aligned.</p>",
    ]
    if report.first is not None:
        parts.append(f"<p class=first><b>First difference:</b> {html.escape(str(report.first))}</p>")
        if report.first_operation:
            operation = html.escape(report.first_operation)
            parts.append(f"<p class=first><b>First operation with another result:</b> {operation}</p>")
        rows = "".join(
            f"<tr><td>{html.escape(each.quantity)}<td>{html.escape(each.where)}<td>{html.escape(each.explanation)}"
            for each in report.differences
        )
        parts.append(f"<h2>Differences</h2><table><tr><th>what<th>where<th>how{rows}</table>")
    parts.append("<h2>How far apart the numbers are</h2>" + _bars(report.measured))
    failed = [each for each in report.measured if each.error > each.allowed]
    if failed:
        parts.append("<h2>Expected and found</h2>" + "".join(_scatter(each) for each in failed[:_SCATTERS]))
    rows = "".join(
        f"<tr><td>{html.escape(v.name)}<td>{list(v.shape or ())}<td>{v.dtype}"
        f"<td>{'yes' if v.is_trainable else 'no'}<td>{html.escape(', '.join(v.collections or ('none',)))}"
        for v in report.reference.structure.variables
    )
    parts.append(
        f"<h2>Variables</h2><table><tr><th>name<th>shape<th>dtype<th>trainable<th>collections{rows}</table></html>\n"
    )
    return "\n".join(parts)


def _bars(measured: tuple[Measured, ...]) -> str:
    """A bar for each array, in the order of the program: its error in multiples of what is allowed."""
    worst = sorted(measured, key=lambda each: -_excess(each))[:_BARS]
    shown = [each for each in measured if each in worst] if len(measured) > _BARS else list(measured)
    if not shown:
        return "<p>No arrays were compared.</p>"
    top, bottom, height, step = 6.0, -6.0, 240, max(3, 1000 // len(shown))
    width = 60 + step * len(shown)

    def y(power: float) -> float:
        return 10 + (top - min(max(power, bottom), top)) / (top - bottom) * height

    lines = [
        f"<line x1=50 x2={width} y1={y(p):.1f} y2={y(p):.1f} stroke='{'#b3372f' if p == 0 else '#8884'}'/>"
        f"<text x=4 y={y(p) + 4:.1f}>10^{p}</text>"
        for p in (-6, -4, -2, 0, 2, 4, 6)
    ]
    for position, each in enumerate(shown):
        power = _excess(each)
        colour = "#b3372f" if power > 0 else "#2a7d4f"
        title = html.escape(f"{each.quantity} in {each.where}: {each.error:.3g} of {each.allowed:.3g} allowed")
        lines.append(
            f"<rect x={54 + position * step} width={max(1, step - 1)} y={y(power):.1f} "
            f"height={max(1.0, y(bottom) - y(power)):.1f} fill='{colour}'><title>{title}</title></rect>"
        )
    return (
        f"<svg role=img viewBox='0 0 {width + 10} {height + 20}' width={width + 10} height={height + 20}>"
        f"{''.join(lines)}</svg><p>Each bar is an array; above the red line it differs by more than is allowed.</p>"
    )


def _excess(each: Measured) -> float:
    if each.error == 0.0:
        return -6.0
    if not math.isfinite(each.error) or each.allowed == 0.0:
        return 6.0
    return math.log10(each.error / each.allowed)


def _scatter(each: Measured) -> str:
    """Expected on one axis, found on the other: equal numbers lie on the line."""
    expected, found = np.real(each.expected), np.real(each.found)
    both = np.isfinite(expected) & np.isfinite(found)
    expected, found = expected[both], found[both]
    if not expected.size:
        return ""
    low = float(min(expected.min(), found.min()))
    high = float(max(expected.max(), found.max()))
    span = (high - low) or 1.0

    def place(value: float) -> float:
        return 10 + (value - low) / span * 220

    points = "".join(
        f"<circle cx={place(float(x)):.1f} cy={240 - place(float(y)):.1f} r=2.5 fill='#2c5d9b' fill-opacity=.6 />"
        for x, y in zip(expected, found, strict=True)
    )
    caption = html.escape(f"{each.quantity} in {each.where}; {low:.4g} to {high:.4g}")
    return (
        "<figure><svg role=img viewBox='0 0 240 240' width=240 height=240><rect width=240 height=240 fill='#8881'/>"
        f"<line x1=10 y1=230 x2=230 y2=10 stroke='#888'/>{points}</svg><figcaption>{caption}</figcaption></figure>"
    )


hooks.keep_from_autograph(__name__)
