"""The figures as a drawing: one line a shape, one bar an engine, on a scale of powers of ten."""

from html import escape
from math import ceil, floor, log10
from typing import Any

LEFT, RIGHT, TOP = 190, 120, 74
WIDTH = 860
BAR, GAP = 11, 12
COLOURS = {"bitmap": "ours", "orm": "plain", "postgres": "other"}
NAMES = {
    "bitmap": "this directory",
    "orm": "plain Django ORM",
    "postgres": "PostgreSQL full text",
}
STYLE = """
  svg { background: #fff; font: 13px system-ui, sans-serif; }
  text { fill: #222; } .soft { fill: #5a5a5a; font-size: 12px; } .rule { stroke: #ddd; }
  .title { font-size: 17px; font-weight: 600; }
  .ours { fill: #0b6e4f; } .plain { fill: #b4552d; } .other { fill: #3b5b92; }
  .most { stroke: #222; stroke-width: 1.5; }
  @media (prefers-color-scheme: dark) {
    svg { background: #16191a; } text { fill: #eee; } .soft { fill: #b5b5b5; }
    .rule { stroke: #3a3f40; } .most { stroke: #eee; }
    .ours { fill: #4fc3a0; } .plain { fill: #e59a75; } .other { fill: #8fb0e8; }
  }
"""


def drawn(figures: dict[str, Any]) -> str:
    """An SVG: medians as bars, the 95th percentile as a line behind each."""
    engines = {name: found["shapes"] for name, found in figures["engines"].items()}
    shapes = list(engines["bitmap"])
    times = [t for by in engines.values() for s in by.values() for t in (s["p50_ms"], s["p95_ms"])]
    low, high = floor(log10(max(min(times), 0.001))), ceil(log10(max(times)))
    step = len(engines) * BAR + GAP
    height = TOP + len(shapes) * step + 40

    def at(milliseconds: float) -> float:
        share = (log10(max(milliseconds, 10.0**low)) - low) / max(high - low, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    parts = _scale(low, high, at, height)
    for row, shape in enumerate(shapes):
        y = TOP + row * step
        parts.append(
            f'<text x="{LEFT - 10}" y="{y + step / 2}" text-anchor="end">{escape(shape)}</text>'
        )
        for line, (name, by_shape) in enumerate(engines.items()):
            parts.append(_bar(name, by_shape[shape], y + line * BAR, at))
    title = f"Answering a whole page at {figures['organizations']:,} listings, milliseconds"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        f' aria-label="{escape(title)}"><style>{STYLE}</style>'
        f'<text class="title" x="16" y="28">{escape(title)}</text>{_legend(list(engines))}'
        f"{''.join(parts)}</svg>\n"
    )


def _scale(low: int, high: int, at: Any, height: int) -> list[str]:
    parts = []
    for power in range(low, high + 1):
        x, value = at(10.0**power), 10.0**power
        words = f"{value:,.0f}" if power >= 0 else f"{value:g}"
        parts.append(f'<path class="rule" d="M{x} {TOP - 6}V{height - 34}"/>')
        parts.append(
            f'<text class="soft" x="{x}" y="{height - 16}" text-anchor="middle">{words} ms</text>'
        )
    return parts


def _bar(name: str, found: dict[str, float], y: float, at: Any) -> str:
    start, end, most = LEFT, at(found["p50_ms"]), at(found["p95_ms"])
    middle = y + (BAR - 2) / 2
    median = found["p50_ms"]
    words = f"{median:,.0f}" if median >= 100 else f"{median:.1f}"
    return (
        f'<rect class="{COLOURS[name]}" x="{start}" y="{y}" width="{max(end - start, 1):.1f}"'
        f' height="{BAR - 2}"/><path class="most" d="M{end} {middle}H{most}"/>'
        f'<text class="soft" x="{max(end, most) + 5}" y="{middle + 4}">{words}</text>'
    )


def _legend(engines: list[str]) -> str:
    parts, x = [], 16
    for name in engines:
        words = f"{NAMES[name]}, median"
        parts.append(f'<rect class="{COLOURS[name]}" x="{x}" y="43" width="12" height="12"/>')
        parts.append(f'<text class="soft" x="{x + 18}" y="54">{words}</text>')
        x += 40 + 7 * len(words)
    parts.append(f'<path class="most" d="M{x} 49h20"/>')
    parts.append(f'<text class="soft" x="{x + 26}" y="54">up to the 95th percentile</text>')
    return "".join(parts)
