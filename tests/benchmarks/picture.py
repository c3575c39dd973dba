"""The picture of `side_by_side`: bars of ratios, as SVG by hand so that nothing need be installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PICTURE = Path(__file__).with_name("side_by_side.svg")

_COLOURS = {"ours": "#1f77b4", "shim": "#d1663a", "session": "#9a9a9a"}
_NAMES = {"ours": "tf1compat_wd", "shim": "official shim with tf_keras", "session": "TensorFlow's session"}
_LEFT, _UNIT, _BAR, _WIDTH, _MOST = 190, 260, 9, 820, 2.0


def write(table: dict[tuple[str, str], dict[str, float]], path: Path = PICTURE) -> None:
    """Draw `table`: by what was measured and the network, ratios to the step by hand, by the side."""
    path.write_text(svg(table), encoding="utf-8")


def svg(table: dict[tuple[str, str], dict[str, float]]) -> str:
    parts: list[str] = []
    y = 56
    for what in dict.fromkeys(what for what, _ in table):
        parts.append(_text(16, y + 4, what, 'font-weight="bold"'))
        y += 16
        for (measured, network), ratios in table.items():
            if measured != what:
                continue
            sides = [side for side in _COLOURS if side in ratios]
            parts.append(_text(_LEFT - 10, y + len(sides) * _BAR / 2 + 4, network, 'text-anchor="end"'))
            for side in sides:
                length = min(ratios[side], _MOST) * _UNIT
                box = f'x="{_LEFT}" y="{y}" width="{length:.1f}" height="{_BAR - 1}" fill="{_COLOURS[side]}"'
                parts.append(f"<rect {box}/>")
                cut = " (cut off)" if ratios[side] > _MOST else ""
                parts.append(_text(_LEFT + length + 4, y + 8, f"{ratios[side]:.2f}{cut}", 'font-size="9"'))
                y += _BAR
            y += 8
        y += 10
    x = _LEFT
    for side, colour in _COLOURS.items():
        parts.append(f'<rect x="{x}" y="18" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(x + 14, 27, _NAMES[side]))
        x += 14 + 7 * len(_NAMES[side]) + 24
    one = _LEFT + _UNIT
    line = f'<line x1="{one}" y1="44" x2="{one}" y2="{y}" stroke="#333" stroke-dasharray="3 3"/>'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y + 30}" viewBox="0 0 {_WIDTH} {y + 30}" '
        'font-family="sans-serif" font-size="12">'
    )
    title = "<title>CPU time of a training step against the same step written by hand in TF2</title>"
    under = _text(one, y + 16, "1.00 = written by hand in TF2; shorter is faster", 'text-anchor="middle"')
    background = '<rect width="100%" height="100%" fill="white"/>'
    return "\n".join([head, title, background, line, *parts, under, "</svg>", ""])


def _text(x: float, y: float, text: str, more: Any = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {more}>{text.replace("&", "&amp;")}</text>'
