import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as toml from 'smol-toml';
import { putToml, standingInToml, takeToml } from '../../../../src/agents/connect/toml.ts';
import type { Place } from '../../../../src/agents/connect/written.ts';

const place: Place = {
  pointer: ['mcp_servers', 'lockkeeper'],
  value: { url: 'http://127.0.0.1:1/mcp', bearer_token_env_var: 'LOCKKEEPER_TOKEN' },
};

const textOf = (made: ReturnType<typeof putToml>): string | undefined => {
  assert.ok(made.ok, made.ok ? '' : made.why);
  return made.text;
};
const put = (text: string | undefined): string => textOf(putToml(text, place)) ?? '';
const take = (text: string | undefined): string | undefined => textOf(takeToml(text, place));

const line = fc.constantFrom(
  '',
  '# a comment',
  'KEY = "x" # why',
  '[table.KEY]',
  "KEY = '''",
  "a # no comment'''",
  '[[list.KEY]]',
  '[mcp_servers.KEY]',
  'KEY = [1,\n  2, # two\n]',
  'KEY = 2026-11-22T00:00:00Z',
);
const document = fc
  .tuple(
    fc.array(line, { maxLength: 12 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(([lines, nl, isEnded, mark]) => {
    const all = lines.map((one, n) => one.replace('KEY', `k${n}`));
    return mark + all.join('\n').replaceAll('\n', nl) + (isEnded ? nl : '');
  });

describe('an entry in a TOML file', () => {
  it('is put and taken out again, byte for byte, in whatever a person wrote', () => {
    let made = 0;
    fc.assert(
      fc.property(document, (before) => {
        const result = putToml(before, place);
        if (!result.ok) return;
        made += 1;
        const after = result.text ?? '';
        assert.equal(standingInToml(after, place), 'same', after);
        assert.equal(put(after), after, 'put twice');
        assert.equal(take(after), before, after);
        assert.ok(after.startsWith(before));
      }),
      { numRuns: 2_000 },
    );
    assert.ok(made > 500, `${made} of them could be read`);
  });

  it('makes the file where there is none, and takes it away again', () => {
    const text = put(undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(toml.parse(text))), {
      mcp_servers: { lockkeeper: place.value },
    });
    assert.equal(take(text), undefined);
    assert.equal(take(put('')), '');
  });

  it('stays in reach where others wrote behind it, and is brought up to date in its place', () => {
    const after = `${put('a = 1\n')}\n[mine]\nb = 2\n`;
    assert.equal(take(after), 'a = 1\n\n[mine]\nb = 2\n');
    const older = after.replace(':1/mcp', ':2/mcp');
    assert.equal(standingInToml(older, place), 'older');
    assert.equal(put(older), after);
  });

  it('is not put into what cannot be read, or is somebody else’s', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['a = 1\nb = \n', /look at line 2/],
      ['mcp_servers = { a = 1 }\n', /leaves no room/],
      ['[mcp_servers.lockkeeper]\nurl = "x"\n', /not Lockkeeper’s/],
    ];
    for (const [text, why] of cases) {
      const result = putToml(text, place);
      assert.equal(result.ok, false, text);
      assert.match(result.ok ? '' : result.why, why);
    }
  });

  it('is not taken out where that would take something else with it', () => {
    const mixed = put('a = 1\n').replace('# End of', '[mine]\nb = 2\n# End of');
    const result = takeToml(mixed, place);
    assert.equal(result.ok, false);
  });
});
