"""Pages of PDFs, drawn line by line where a test wants them."""

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

SENTENCE = "The harbour authority said that the two ferries which collided in thick fog would stay in port for weeks. "


def a_pdf(path: Path, *pages: list[str], title: str | None = None, head: str = "") -> Path:
    """A PDF whose pages hold these paragraphs, with `head` above and the page's number below each."""
    style = getSampleStyleSheet()["Normal"]
    story = []
    for number, page in enumerate(pages):
        story += ([PageBreak()] if number else []) + [Paragraph(text, style) for text in page]

    def furniture(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if head:
            canvas.drawString(72, 800, head)
            canvas.drawString(300, 30, f"Page {document.page}")

    SimpleDocTemplate(str(path), title=title).build(story, onFirstPage=furniture, onLaterPages=furniture)
    return path


class Sheet:
    """A page to draw on, measured from its upper left corner."""

    def __init__(self, width: float = 612, height: float = 792) -> None:
        self._made = io.BytesIO()
        self._height = height
        self.canvas = Canvas(self._made, pagesize=(width, height))

    def line(self, text: str, left: float, down: float, size: float = 10, font: str = "Times-Roman") -> None:
        """One line of text, its base so far down."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(left, self._height - down, text)

    def column(self, lines: Sequence[str], left: float, down: float, size: float = 10, step: float = 12) -> float:
        """Lines below each other, those that begin with a space indented; where the next one would stand comes back."""
        for line in lines:
            self.line(line.strip(), left + (8 if line.startswith(" ") else 0), down, size)
            down += step
        return down

    def turn_page(self) -> None:
        """Go on on another page."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The finished PDF."""
        self.canvas.save()
        return self._made.getvalue()
