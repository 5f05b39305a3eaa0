"""The value of unwrapping: the text or page that was in a file, and what the file says about it."""

from dataclasses import dataclass, field

from index.ingestion.frontmatter import FrontMatter


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The `data` of kind "text" (UTF-8) or "html", with what the file around it says.

    What a page says of itself goes before `about`. `notes` are sentences on what is not read.
    """

    kind: str
    data: bytes
    content_type: str | None = None
    about: FrontMatter = field(default_factory=FrontMatter)
    notes: tuple[str, ...] = ()
