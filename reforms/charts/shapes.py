"""Shapes that tell sources apart without colour, as paths of an SVG."""

NAMES = ("circle", "square", "triangle", "diamond", "cross", "wedge")


def outline(name, x, y, size):
    """Return the path of shape `name`, about `size` to each side of its middle (x, y)."""
    if name == "circle":
        return f"M{x - size:g} {y:g}a{size:g} {size:g} 0 1 0 {2 * size:g} 0a{size:g} {size:g} 0 1 0 {-2 * size:g} 0z"
    corners = CORNERS[name]
    return "M" + "L".join(f"{x + size * right:g} {y + size * down:g}" for right, down in corners) + "z"


_ARM = 0.35
CORNERS = {
    "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
    "triangle": [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
    "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    "cross": [
        (-_ARM, -1.1), (_ARM, -1.1), (_ARM, -_ARM), (1.1, -_ARM), (1.1, _ARM), (_ARM, _ARM),
        (_ARM, 1.1), (-_ARM, 1.1), (-_ARM, _ARM), (-1.1, _ARM), (-1.1, -_ARM), (-_ARM, -_ARM),
    ],
    "wedge": [(0, 1.15), (1.1, -0.85), (-1.1, -0.85)],
}  # fmt: skip
