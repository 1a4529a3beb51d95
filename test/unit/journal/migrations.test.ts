import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { sqliteIsGoodEnough } from '../../../src/journal/connection.ts';
import { checkNumbering, migrate, MIGRATIONS, schemaState } from '../../../src/journal/migrations.ts';

const NEXT = { number: 2, sql: 'CREATE TABLE later (one INTEGER) STRICT;' };

describe('journal: migrations', () => {
  it('run from 1 without gaps, or not at all', () => {
    checkNumbering(MIGRATIONS);
    checkNumbering([...MIGRATIONS, NEXT]);
    for (const number of [0, 1, 3]) assert.throws(() => checkNumbering([...MIGRATIONS, { ...NEXT, number }]));
    assert.throws(() => migrate(new DatabaseSync(':memory:'), 0, [NEXT]));
  });

  it('bring an older file up to date, once', () => {
    const db = new DatabaseSync(':memory:');
    assert.deepEqual(schemaState(db), { kind: 'older', version: 0 });
    migrate(db, 0);
    assert.deepEqual(schemaState(db), { kind: 'current', version: 1 });
    assert.deepEqual(schemaState(db, [...MIGRATIONS, NEXT]), { kind: 'older', version: 1 });
    migrate(db, 1, [...MIGRATIONS, NEXT]);
    assert.deepEqual(schemaState(db, [...MIGRATIONS, NEXT]), { kind: 'current', version: 2 });
    assert.deepEqual(schemaState(db), { kind: 'newer', version: 2 });
  });

  it('tell a damaged schema from a newer one', () => {
    for (const damage of [
      `UPDATE migration SET number = 3`,
      `UPDATE migration SET digest = 'x'`,
      `DELETE FROM migration`,
      `ALTER TABLE event RENAME COLUMN actor TO actos`,
      `DROP TABLE receipt`,
      `CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END`,
    ]) {
      const db = new DatabaseSync(':memory:');
      migrate(db, 0);
      db.exec(damage);
      assert.equal(schemaState(db).kind, 'damaged', damage);
    }
  });

  it('need an SQLite that two processes can share', () => {
    for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0'])
      assert.ok(sqliteIsGoodEnough(version), version);
    for (const version of ['3.51.2', '3.50.4', '3.9.0', '2.99.99', ''])
      assert.ok(!sqliteIsGoodEnough(version), version);
  });
});
