-- The ledger's tables, version 1. A change here is a new version, with a step from the old one in ledger.py.
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    state TEXT NOT NULL,           -- waiting, reading, done, partial (pages lost), quarantined, vanished
    record TEXT UNIQUE,            -- its place in the store, once reading began; never given to another document
    bytes INTEGER NOT NULL,
    came TEXT NOT NULL,            -- when it was first seen, when its last reading began and ended
    began TEXT,
    ended TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    pages INTEGER,
    lost TEXT NOT NULL DEFAULT '[]',  -- pages that could not be read: [{"page", "code", "message"}]
    code TEXT,                     -- why it is in quarantine: a word for machines, a sentence for people
    reason TEXT,
    producer TEXT,                 -- the version that read it, and with which settings
    settings TEXT,
    run INTEGER REFERENCES runs    -- the run whose report tells of it; NULL until then
);
CREATE INDEX documents_by_state ON documents (state);
CREATE INDEX documents_by_run ON documents (run);
CREATE TABLE paths (
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES documents,
    size INTEGER NOT NULL,
    mtime_ns INTEGER,              -- NULL: not known, look at the bytes
    ctime_ns INTEGER,
    since TEXT NOT NULL,
    until TEXT                     -- NULL: it stands there still
);
CREATE UNIQUE INDEX paths_now ON paths (path) WHERE until IS NULL;
CREATE INDEX paths_by_document ON paths (sha256);
CREATE TABLE unsettled (           -- files that nothing can be said of yet: still being written, or not to be read
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    seen TEXT NOT NULL,
    reason TEXT                    -- NULL: it was not at rest
);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY,
    producer TEXT NOT NULL,
    inbox TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT,                    -- NULL: it is at work, or it was killed
    arrivals TEXT                  -- what came, as JSON
);
