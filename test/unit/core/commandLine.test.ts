import assert from 'node:assert/strict';
import { parseCommandLine } from '../../../src/core/commandLine.ts';

const argvOf = (line: string): readonly string[] | string => {
  const parsed = parseCommandLine(line);
  return 'argv' in parsed ? parsed.argv : parsed.why;
};

describe('P4: a command line that can be started without a shell', () => {
  const taken: readonly (readonly [line: string, ...argv: string[]])[] = [
    ['npm test', 'npm', 'test'],
    ['  npm \t test  ', 'npm', 'test'],
    ['mocha "test/**/*.ts" --grep \'a b\'', 'mocha', 'test/**/*.ts', '--grep', 'a b'],
    ['echo "a && b | c; $(d) `e` > f"', 'echo', 'a && b | c; $(d) `e` > f'],
    ["awk '{print $1}' x", 'awk', '{print $1}', 'x'],
    ['grep "say \\"hi\\"" x', 'grep', 'say "hi"', 'x'],
    ['run --name="a b"c', 'run', '--name=a bc'],
    ['run ""', 'run', ''],
    ["run ''", 'run', ''],
    ['run a\\ b', 'run', 'a b'],
    ['find . -name x -exec rm {} \\;', 'find', '.', '-name', 'x', '-exec', 'rm', '{}', ';'],
    ['C:\\tools\\check.exe /all', 'C:\\tools\\check.exe', '/all'],
    ["'\\' x", '\\', 'x'],
    ['curl "http://localhost/?a=1&b=2"', 'curl', 'http://localhost/?a=1&b=2'],
    ['git show HEAD~1:a#b', 'git', 'show', 'HEAD~1:a#b'],
    ['prüfe größe.txt', 'prüfe', 'größe.txt'],
  ];
  for (const [line, ...argv] of taken) {
    it(`P4: taken: ${line}`, () => {
      assert.deepEqual(argvOf(line), argv);
    });
  }

  const refused: readonly (readonly [line: string, why: RegExp])[] = [
    ['a && b', /"&&"/],
    ['a || b', /"\|\|"/],
    ['a | b', /pipes/],
    ['a; b', /";"/],
    ['a & b', /"&"/],
    ['a &', /"&"/],
    ['a > b', /redirects/],
    ['a 2>&1', /redirects/],
    ['a < b', /redirects/],
    ['a $(b)', /inside a command/],
    ['a `b`', /inside a command/],
    ['a $HOME', /variable/],
    [`a \${HOME}`, /variable/],
    ['(a)', /brackets/],
    ['a\nb', /more than one line/],
    ['a # b', /remark/],
    ['~/bin/a', /"~"/],
    ['A=1 b', /sets a variable/],
    ['cd a', /word of the shell/],
    ['source a', /word of the shell/],
    ['! grep a b', /word of the shell/],
    ['$ npm test', /prompt/],
    ['a "b', /not closed/],
    ["a 'b", /not closed/],
    ['--version', /option/],
    ['', /no program/],
    ['""', /no program/],
    ['a \u0000', /NUL/],
  ];
  for (const [line, why] of refused) {
    it(`P4: refused: ${JSON.stringify(line)}`, () => {
      assert.match(String(argvOf(line)), why);
      assert.ok('why' in parseCommandLine(line));
    });
  }

  it('P4: long repeated texts are read', () => {
    for (const part of ['a ', '"', "'", '\\', '\\"', '" "']) parseCommandLine(`a ${part.repeat(10_000)}`);
    assert.equal(argvOf(`a ${'b '.repeat(9_000)}`).length, 9_001);
  });
});
