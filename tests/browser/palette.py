"""A picture in 256 colours: a PNG of a third of its size, small enough to keep with the code."""

import struct
import zlib
from base64 import b64decode, b64encode

# The browser knows how to read a picture. It counts the colours and gives each pixel the number of the nearest
# of the most frequent ones.
INDEXED = """async (encoded) => {
    const blob = await (await fetch(`data:image/png;base64,${encoded}`)).blob();
    const picture = await createImageBitmap(blob);
    const { width, height } = picture;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
    const counts = new Map();
    for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
    const parts = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
    const colours = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b);
    const palette = colours.slice(0, 256).map(parts);
    const far = (one, other) => one.reduce((sum, part, i) => sum + (part - other[i]) ** 2, 0);
    const nearest = new Map(colours.map((colour) => {
        const distances = palette.map((one) => far(one, parts(colour)));
        return [colour, distances.indexOf(Math.min(...distances))];
    }));
    const reader = new FileReader();
    reader.readAsDataURL(new Blob([Uint8Array.from(pixels, (colour) => nearest.get(colour))]));
    await new Promise((done) => { reader.onload = done; });
    return { width, height, palette: palette.flat(), pixels: reader.result.split(",")[1] };
}"""


def reduced(page, picture):
    """Return a PNG again, in the 256 colours that it shows most. `page` is a page of the browser that is empty."""
    found = page.evaluate(INDEXED, b64encode(picture).decode())
    width, height, pixels = found["width"], found["height"], b64decode(found["pixels"])
    lines = b"".join(b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(found["palette"])),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
