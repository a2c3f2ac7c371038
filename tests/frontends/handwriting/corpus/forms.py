"""A small copy of the IAM On-Line Handwriting Database made for the tests."""

from __future__ import annotations

from collections.abc import Sequence

Points = Sequence[tuple[float, float]]

DIAGONAL: list[Points] = [[(100, 200), (110, 205), (110, 205)], [(400, 190)]]


def whiteboard(strokes: Sequence[Points]) -> bytes:
    """The XML of one line of writing."""
    rows = []
    for stroke in strokes:
        points = "".join(f'<Point x="{x}" y="{y}" time="9.5"/>\r\n' for x, y in stroke)
        rows.append(f'<Stroke colour="black" start_time="1" end_time="0">{points}</Stroke>\n')
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<WhiteboardCaptureSession>'
        '<WhiteboardDescription><SensorLocation corner="top_left"/>'
        '<DiagonallyOppositeCoords x="6581" y="1596"/></WhiteboardDescription>'
        f"<StrokeSet>{''.join(rows)}</StrokeSet></WhiteboardCaptureSession>"
    ).encode()


def form_files(form: str, texts: Sequence[str], inks: int | None = None) -> dict[str, bytes]:
    """The files of a form in the official layout: its text and ``inks`` lines of ink."""
    folder = f"{form[:3]}/{form[:7]}/{form}"
    text = "OCR:\r\n\r\nnot this\r\n\r\nCSR:\r\n\r\n" + "\r\n".join(texts) + "\r\n"
    files = {f"ascii/{folder}.txt": text.encode("latin-1")}
    for row in range(1, (len(texts) if inks is None else inks) + 1):
        files[f"lineStrokes/{folder}-{row:02d}.xml"] = whiteboard(DIAGONAL)
    return files
