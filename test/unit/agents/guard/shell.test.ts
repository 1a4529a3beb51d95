import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { powershellWrites } from '../../../../src/agents/guard/shell/powershell.ts';
import { argumentsWrite, shellWrites } from '../../../../src/agents/guard/shell/writes.ts';
import { removeFolder, temporaryFolder } from '../../../rig/temporary.ts';
import { passing, writing } from './commands.ts';

describe('the guard reads a shell’s text', () => {
  let folder: string;
  before(async () => {
    folder = await temporaryFolder('shell');
    for (const name of ['src/deep', 'empty', '.git']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['src/a.ts', 'src/b.ts', 'src/deep/c.ts', '.git/HEAD', '-odd'])
      writeFileSync(join(folder, name), '');
    writeFileSync(join(folder, 'list.txt'), 'src/b.ts\ny\n');
    symlinkSync('/', join(folder, 'out'));
    const diff = [
      'diff --git a/src/a.ts b/src/a.ts',
      '--- a/src/a.ts\t2026-01-01',
      '+++ b/src/a.ts',
      'diff --git a/src/old.ts b/src/new.ts',
      'rename from src/old.ts',
      'rename to src/new.ts',
    ];
    writeFileSync(join(folder, 'change.diff'), diff.join('\n'));
  });
  after(() => removeFolder(folder));

  const read = (command: string): readonly string[] =>
    shellWrites(command, { cwd: folder, home: '/homes/one' }).map((path) =>
      path === folder ? '.' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
    );

  for (const [command, ...files] of writing)
    it(`P7: ${JSON.stringify(command)} writes`, () =>
      assert.deepEqual([...read(command)].sort(), [...files].sort()));

  it('P7: what writes nothing, or where only the run knows, passes', () => {
    for (const command of passing) assert.deepEqual(read(command), [], command);
  });

  it('P7: a command that comes as a list of arguments is read as it is', () => {
    const setting = { cwd: folder, home: '/homes/one' };
    assert.deepEqual(argumentsWrite(['bash', '-lc', 'rm z'], setting), [join(folder, 'z')]);
    assert.deepEqual(argumentsWrite(['rm', 'a b', '$x'], setting), [join(folder, 'a b'), join(folder, '$x')]);
    assert.deepEqual(argumentsWrite(['echo', '>', 'z'], setting), []);
    assert.deepEqual(argumentsWrite([], setting), []);
  });

  it('P7: a PowerShell’s own tool is read as PowerShell', () => {
    const told = (command: string): readonly string[] =>
      powershellWrites(command, { cwd: folder, home: '/homes/one' }).map((path) =>
        path.slice(folder.length + 1),
      );
    for (const [command, ...files] of [
      ['ls > a.txt', 'a.txt'],
      ["'a' >> src\\a.ts 2> err.log", 'src/a.ts', 'err.log'],
      ['rm src\\a.ts', 'src/a.ts'],
      ['cp src/a.ts c.ts # > z', 'c.ts'],
      ['if ($true) { del `\n  src\\*.ts }', 'src/a.ts', 'src/b.ts'],
      ['ls 2>&1'],
      ["echo 'it''s > b'"],
      ['$x | rm'.replace('rm', 'Out-Null')],
    ] as const)
      assert.deepEqual([...told(command)].sort(), [...files].sort(), command);
  });

  it('a text made to be slow is not', () => {
    for (const piece of [
      '$(',
      '"',
      '`',
      '${',
      '{a,',
      '<<E\n',
      'bash -c "',
      "'",
      '((',
      '[',
      '--- a\t ',
      '> ',
      '\na=$a$a;a=bb',
      'p="x";open(',
      '| xargs ',
      '| while read f\n',
      'done <<X ',
      '\nSet-Content a ',
      '\nSet-Content "',
      '\n$a = 1..500; Remove-Item a$a$a ',
      '\nforeach ($f in gci .) {',
      ' env -S ',
    ])
      read(`rm ${piece.repeat(20_000)}`);
  });
});
