import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hook, inReview, refusalOf, standing } from './approving.ts';
import { git, Ground, write } from './given.ts';
import { approval, closeHouses } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
afterEach(closeHouses);

describe('an approved change, in a folder that all share', () => {
  it('the commit takes exactly the reviewed files, whatever else is changed or staged', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'b.txt': 'b\n', 'src/mine.js': '1\n' });
    write(top, { 'b.txt': 'before\n' });
    git(top, 'add', 'b.txt');
    const changes = { 'src/a.js': '2\n', 'src/new.js': 'n\n', 'src/mine.js': '2\n' };
    const { house } = await inReview(top, 'shared', changes, (one) => {
      one.saved.add(join(top, 'src', 'mine.js'));
    });
    write(top, { 'late.txt': 'l\n' });
    house.saved.add(join(top, 'late.txt'));
    hook(top, 'pre-commit', 'exit 1');
    const before = standing(top);
    assert.equal(refusalOf(await approval(house)).code, 'hook-refused');
    assert.equal(standing(top), before);
    hook(top, 'pre-commit', `git diff --cached --name-only > '${join(dirname(top), 'seen')}'`);
    const reply = await approval(house);
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.equal(readFileSync(join(dirname(top), 'seen'), 'utf8'), 'src/a.js\nsrc/new.js\n');
    assert.deepEqual(git(top, 'show', '--name-only', '--format=', 'main').split('\n'), [
      'src/a.js',
      'src/new.js',
    ]);
    assert.equal(git(top, 'status', '--porcelain'), 'M  b.txt\n M src/mine.js\n?? late.txt');
  });

  it('a hook that changes a file there is undone as well', async () => {
    const top = ground.repository({ 'src/a.js': '1\n' });
    const { house } = await inReview(top, 'shared', { 'src/a.js': '2\n' });
    hook(top, 'pre-commit', 'echo x >> src/a.js');
    const before = standing(top);
    assert.equal(refusalOf(await approval(house)).code, 'hook-changed');
    assert.equal(standing(top), before);
  });

  it('a repository without a commit gets its first one', async () => {
    const top = ground.place();
    git(top, 'init', '--quiet', '--initial-branch=main');
    for (const [key, value] of [
      ['user.name', 'Person'],
      ['user.email', 'person@example.invalid'],
    ] as const)
      git(top, 'config', key, value);
    const { house } = await inReview(top, 'shared', { 'src/a.js': '1\n' });
    const reply = await approval(house);
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.equal(git(top, 'show', '--name-only', '--format=', 'main'), 'src/a.js');
  });
});
