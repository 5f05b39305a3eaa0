"""Schema steps of the file of conversations and clippings."""

from index.storage.migrations import Step

#: A step that was released is never edited.
STEPS: tuple[Step, ...] = (
    """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversations_owner ON conversations(owner, updated);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL,
    UNIQUE (conversation, position)
);
CREATE TABLE ratings (
    turn INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    liked INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, generation INTEGER NOT NULL,
    rated TEXT NOT NULL
);
CREATE INDEX ratings_conversation ON ratings(conversation);
""",
    # What an edit replaced stays: the turns of one edit have one batch, which went from position `first` on. Batches
    # that lay in turns which were replaced in their turn are `within` that later batch, and nobody is offered them.
    # `removed` is when something was deleted that can still be brought back.
    """
ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN removed TEXT;
ALTER TABLE turns ADD COLUMN searched TEXT;
CREATE TABLE replaced (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    batch INTEGER NOT NULL, first INTEGER NOT NULL, within INTEGER, position INTEGER NOT NULL,
    question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL, searched TEXT
);
CREATE INDEX replaced_conversation ON replaced(conversation, first);
CREATE TABLE clippings (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, collection TEXT NOT NULL, note TEXT NOT NULL, question TEXT NOT NULL,
    speaker TEXT NOT NULL, quote TEXT NOT NULL, article TEXT NOT NULL, start INTEGER NOT NULL, title TEXT NOT NULL,
    publisher TEXT, author TEXT, published TEXT, url TEXT, made TEXT NOT NULL, removed TEXT
) WITHOUT ROWID;
CREATE INDEX clippings_owner ON clippings(owner, made);
""",
)
