"""A QR code as one path of an SVG: no picture file, no script."""

import qrcode
from django import template

register = template.Library()

QUIET_ZONE = 4  # Modules of white around it, as ISO/IEC 18004 asks.


@register.inclusion_tag("account/_qr_code.html")
def qr_code(text: str) -> dict[str, str | int]:
    """The drawing of a text; its side is counted in modules."""
    code = qrcode.QRCode(border=QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    return {"side": len(rows), "path": "".join(_strokes(rows))}


def _strokes(rows: list[list[bool]]) -> list[str]:
    """One stroke of the pen for each dark module."""
    return [
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    ]
