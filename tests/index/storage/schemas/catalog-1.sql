BEGIN TRANSACTION;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, publisher TEXT, author TEXT,
    published TEXT, url TEXT, language TEXT, text_hash TEXT NOT NULL UNIQUE, url_key TEXT UNIQUE, added TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO "articles" VALUES('124458be7afcd1f9','mill','The mill of Oldwick was sold to the baker Jonas Reed for ninety crowns.','/news/mill.txt',NULL,NULL,NULL,NULL,NULL,'124458be7afcd1f9cecdf51c96e5f3f2',NULL,'2026-11-24T11:09:34+00:00');
INSERT INTO "articles" VALUES('7f2e7d57697da604','Harbour opens again','The harbour of Porto Sereno opened again on Monday after nine weeks of repairs. Ferries sail from Tuesday, the port authority said.','pasted','Morning Post','Ana Silva','2026-03-01','https://example.org/harbour',NULL,'b93351e30883b2274e829a77e53de4f8','https://example.org/harbour','2026-11-24T11:09:17+00:00');
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('fingerprint','all-MiniLM-L6-v2@53aa51172d14|passages-1/160-200 tokens-1/160 words-1');
INSERT INTO "meta" VALUES('generation','2');
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences BLOB NOT NULL, text_hash TEXT NOT NULL
);
INSERT INTO "passages" VALUES(1277089448968221295,'124458be7afcd1f9',0,71,X'0000000047000000','124458be7afcd1f9cecdf51c96e5f3f2');
INSERT INTO "passages" VALUES(5009336767158279167,'7f2e7d57697da604',0,131,X'000000004F0000005000000083000000','b93351e30883b2274e829a77e53de4f8');
CREATE TABLE pending (number INTEGER PRIMARY KEY);
CREATE TABLE sources (
    source TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    size INTEGER NOT NULL, modified INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "sources" VALUES('/news/mill.txt','124458be7afcd1f9',71,1795518574172477583);
CREATE INDEX passages_article ON passages(article);
CREATE INDEX passages_text ON passages(text_hash);
CREATE INDEX sources_article ON sources(article);
COMMIT;
PRAGMA user_version = 1;
