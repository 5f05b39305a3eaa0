"""The errors that a user can cause, each message one plain sentence with what to do."""


class TalksError(Exception):
    """Anything that a user of Talks can cause or mend; `str(error)` is the sentence to show."""


class ArticleError(TalksError):
    """An article cannot be read; the sentence names the file or URL."""


class FetchError(ArticleError):
    """A URL cannot be fetched, or must not be."""


class SettingError(TalksError):
    """A setting has a value that cannot be used; the sentence names the setting."""


class LibraryError(TalksError):
    """The library on disk cannot be opened or written."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library; the sentence says which."""


class DamagedIndexError(LibraryError):
    """A part of the index on disk is damaged, gone, or of another library; a rebuild mends it."""


class OtherEncoderError(LibraryError):
    """The index was made with another encoder or by other passage rules; a rebuild mends it."""


class VectorServerError(LibraryError):
    """The Chroma server that holds the vectors cannot be used, or what it holds is not this library's."""


class QuestionError(TalksError):
    """A question, a filter or a number of passages cannot be used."""
