"""Unwrapping: the text or page in a mail, web archive, feed or the like, by the module for its kind."""

from index.ingestion.kinds.wrapped import Wrapped


def unwrapped(kind: str, data: bytes, name: str) -> Wrapped:
    """What is in a file of the kind "mail", "archive", "rtf", "subtitles" or "feed". Raises `ArticleError`."""
    match kind:
        case "mail":
            from index.ingestion.kinds.mail import unwrapped_mail

            return unwrapped_mail(data, name)
        case "archive":
            from index.ingestion.kinds.mail import unwrapped_archive

            return unwrapped_archive(data, name)
        case "rtf":
            from index.ingestion.kinds.richtext import unwrapped_rich_text

            return unwrapped_rich_text(data, name)
        case "feed":
            from index.ingestion.kinds.feeds import unwrapped_feed

            return unwrapped_feed(data, name)
    from index.ingestion.kinds.subtitles import unwrapped_subtitles
    from index.ingestion.plaintext import decoded

    return unwrapped_subtitles(decoded(data, name), name)
