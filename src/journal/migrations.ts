import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

export interface Migration {
  number: number;
  sql: string;
}

/** Never edited, only added to: every file made so far carries their digests. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    sql: `
      CREATE TABLE migration (number INTEGER PRIMARY KEY, digest TEXT NOT NULL) STRICT;
      CREATE TABLE event (
        seq INTEGER PRIMARY KEY, orchestration INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
        type TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, command TEXT NOT NULL, hash TEXT NOT NULL
      ) STRICT;
      CREATE TABLE receipt (
        command TEXT PRIMARY KEY, digest TEXT NOT NULL, answer TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE lease (
        one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL, startedAt INTEGER NOT NULL, port INTEGER NOT NULL,
        place TEXT NOT NULL, birth TEXT NOT NULL, at INTEGER NOT NULL
      ) STRICT;
    `,
  },
];

export type SchemaState =
  | { kind: 'current'; version: number }
  | { kind: 'older'; version: number }
  | { kind: 'newer'; version: number }
  | { kind: 'damaged'; detail: string };

/** Throws when the list does not run 1, 2, 3 …: a mistake of ours, to be met by the first test that opens a file. */
export function checkNumbering(migrations: readonly Migration[]): void {
  migrations.forEach((migration, index) => {
    if (migration.number !== index + 1)
      throw new Error(`migration ${migration.number} stands at place ${index + 1}`);
  });
}

/**
 * Judges by the digests kept in the file, not by a version number alone, and compares the whole schema text:
 * a flipped bit must not pass for a newer version, nor change a column's name unseen.
 */
export function schemaState(db: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): SchemaState {
  const schema = schemaText(db);
  if (schema === '') return { kind: 'older', version: 0 };
  const done = db.prepare('SELECT number, digest FROM migration ORDER BY number').all();
  for (const [index, row] of done.entries()) {
    const ours = migrations[index];
    if (row['number'] !== index + 1) return { kind: 'damaged', detail: `migration ${index + 1} is missing` };
    if (ours && row['digest'] !== digest(ours))
      return { kind: 'damaged', detail: `migration ${index + 1} differs` };
  }
  if (done.length > migrations.length) return { kind: 'newer', version: done.length };
  if (schema !== expectedSchema(migrations.slice(0, done.length)))
    return { kind: 'damaged', detail: 'schema differs' };
  return { kind: done.length === migrations.length ? 'current' : 'older', version: done.length };
}

/** Inside the caller's transaction. */
export function migrate(db: DatabaseSync, from: number, migrations: readonly Migration[] = MIGRATIONS): void {
  checkNumbering(migrations);
  for (const migration of migrations.slice(from)) {
    db.exec(migration.sql);
    db.prepare('INSERT INTO migration (number, digest) VALUES (?, ?)').run(
      migration.number,
      digest(migration),
    );
  }
}

function digest(migration: Migration): string {
  return hash('sha256', migration.sql);
}

function schemaText(db: DatabaseSync): string {
  const rows = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();
  return rows.map((row) => JSON.stringify(Object.values(row))).join('\n');
}

function expectedSchema(migrations: readonly Migration[]): string {
  const db = new DatabaseSync(':memory:');
  try {
    migrate(db, 0, migrations);
    return schemaText(db);
  } finally {
    db.close();
  }
}
