BEGIN TRANSACTION;
CREATE TABLE clippings (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, collection TEXT NOT NULL, note TEXT NOT NULL, question TEXT NOT NULL,
    speaker TEXT NOT NULL, quote TEXT NOT NULL, article TEXT NOT NULL, start INTEGER NOT NULL, title TEXT NOT NULL,
    publisher TEXT, author TEXT, published TEXT, url TEXT, made TEXT NOT NULL, removed TEXT
) WITHOUT ROWID;
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
, pinned INTEGER NOT NULL DEFAULT 0, removed TEXT) WITHOUT ROWID;
INSERT INTO "conversations" VALUES('XmXRreS5JgQ0viQLLDWvVglLb57aLVJl','reader','When did the harbour of Porto Sereno open?','2026-11-24T11:09:34.550310+00:00','2026-11-24T11:09:34.550567+00:00',0,NULL);
CREATE TABLE ratings (
    turn INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    liked INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, generation INTEGER NOT NULL,
    rated TEXT NOT NULL
);
INSERT INTO "ratings" VALUES(1,'XmXRreS5JgQ0viQLLDWvVglLb57aLVJl',1,'When did the harbour of Porto Sereno open?','The harbour of Porto Sereno opened again on Monday after nine weeks of repairs. [1]',2,'2026-11-24T11:09:34.550968+00:00');
CREATE TABLE replaced (
    number INTEGER PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    batch INTEGER NOT NULL, first INTEGER NOT NULL, within INTEGER, position INTEGER NOT NULL,
    question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL, searched TEXT
);
CREATE TABLE turns (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    position INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, asked TEXT NOT NULL, searched TEXT,
    UNIQUE (conversation, position)
);
INSERT INTO "turns" VALUES(1,'XmXRreS5JgQ0viQLLDWvVglLb57aLVJl',0,'When did the harbour of Porto Sereno open?','{"text": "The harbour of Porto Sereno opened again on Monday after nine weeks of repairs. [1]", "answered": true, "mode": "quotes", "notices": [], "generation": 2, "citations": [{"number": 1, "quote": "The harbour of Porto Sereno opened again on Monday after nine weeks of repairs.", "start": 0, "end": 79, "article": "7f2e7d57697da604", "title": "Harbour opens again", "publisher": "Morning Post", "author": "Ana Silva", "published": "2026-03-01", "url": "https://example.org/harbour"}], "passages": [{"number": 0, "quote": "The harbour of Porto Sereno opened again on Monday after nine weeks of repairs. Ferries sail from Tuesday, the port authority said.", "start": 0, "end": 131, "article": "7f2e7d57697da604", "title": "Harbour opens again", "publisher": "Morning Post", "author": "Ana Silva", "published": "2026-03-01", "url": "https://example.org/harbour", "score": 1.0}, {"number": 0, "quote": "The mill of Oldwick was sold to the baker Jonas Reed for ninety crowns.", "start": 0, "end": 71, "article": "124458be7afcd1f9", "title": "mill", "publisher": null, "author": null, "published": null, "url": null, "score": 0.0}]}','2026-11-24T11:09:34.550567+00:00',NULL);
CREATE INDEX conversations_owner ON conversations(owner, updated);
CREATE INDEX ratings_conversation ON ratings(conversation);
CREATE INDEX replaced_conversation ON replaced(conversation, first);
CREATE INDEX clippings_owner ON clippings(owner, made);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('turns',1);
COMMIT;
PRAGMA user_version = 2;
