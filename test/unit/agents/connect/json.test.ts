import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as jsonc from 'jsonc-parser';
import { putJson, standingInJson, takeJson } from '../../../../src/agents/connect/json.ts';
import type { Place } from '../../../../src/agents/connect/written.ts';

const server: Place = {
  pointer: ['mcpServers', 'lockkeeper'],
  value: {
    type: 'http',
    url: 'http://127.0.0.1:1/mcp',
    headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' },
  },
};
const hook: Place = {
  pointer: ['hooks', 'PreToolUse'],
  isListed: true,
  value: {
    matcher: '*',
    hooks: [
      { type: 'command', command: '[ -z "$LOCKKEEPER_TOKEN" ] || ELECTRON_RUN_AS_NODE=1 x', timeout: 10 },
    ],
  },
};

const textOf = (made: ReturnType<typeof putJson>): string | undefined => {
  assert.ok(made.ok, made.ok ? '' : made.why);
  return made.text;
};
const put = (text: string | undefined, place = server): string => textOf(putJson(text, place)) ?? '';
const take = (text: string | undefined, place = server): string | undefined => textOf(takeJson(text, place));
const valueIn = (text: string): unknown => jsonc.parse(text, [], { allowTrailingComma: true });

/** White space and comments between two tokens. */
const gap = fc.constantFrom(
  '',
  '',
  ' ',
  '\n',
  '\n  ',
  '\n\t',
  '\r\n    ',
  ' /* a, } */ ',
  ' // b, ]\n',
  '\n// c\n  ',
);
const key = fc.constantFrom('mcpServers', 'hooks', 'PreToolUse', 'a', 'b/c', 'other');
/** A JSON text with comments, as a person may have written it; keys come once. */
const document = fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('1', '"x"', '"// no"', 'true', 'null', '"\\"}"'),
    tie('object'),
    tie('list'),
  ),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(key, gap, gap, tie('value'), gap), {
        maxLength: 4,
        selector: ([name]) => name,
      }),
      gap,
      fc.boolean(),
    )
    .map(([fields, last, comma]) => {
      const all = fields.map(([name, one, two, value, three]) => `${one}"${name}":${two}${value}${three}`);
      return `{${all.join(',')}${all.length > 0 && comma ? ',' : ''}${last}}`;
    }),
  list: fc
    .tuple(fc.array(fc.tuple(gap, tie('value'), gap), { maxLength: 3 }), gap, fc.boolean())
    .map(([values, last, comma]) => {
      const all = values.map((parts) => parts.join(''));
      return `[${all.join(',')}${all.length > 0 && comma ? ',' : ''}${last}]`;
    }),
}));
const whole = fc.tuple(gap, document.object, gap).map((parts) => parts.join(''));

describe('an entry in a JSON file', () => {
  it('is put and taken out again, byte for byte, in whatever a person wrote', () => {
    fc.assert(
      fc.property(
        whole,
        fc.constantFrom(server, hook),
        fc.constantFrom('', '\uFEFF'),
        (text, place, mark) => {
          const before = mark + text;
          const made = putJson(before, place);
          if (!made.ok) return;
          const after = made.text ?? '';
          assert.equal(standingInJson(after, place), 'same', after);
          assert.equal(put(after, place), after, 'put twice');
          assert.equal(take(after, place), before, after);
          // Every comment and every other value is still there.
          for (const word of ['a, }', 'b, ]', '// c'])
            assert.equal(after.split(word).length, before.split(word).length);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('makes the file where there is none, and takes it away again', () => {
    const text = put(undefined);
    assert.deepEqual(valueIn(text), { mcpServers: { lockkeeper: server.value } });
    assert.match(text, /\n$/);
    assert.equal(take(text), undefined);
  });

  it('keeps comments, order and indentation', () => {
    const before =
      '{\n\t// servers\n\t"mcpServers": {\n\t\t"a": { "url": "x" }, // mine\n\t},\n\t"z": 1\n}\n';
    const after = put(before);
    assert.match(after, /"a": \{ "url": "x" \}, \/\/ mine\n\t\t"lockkeeper": \{\n\t\t\t"type": "http",/);
    assert.match(after, /"z": 1\n\}\n$/);
    assert.equal(take(after), before);
    const odd = '{\n  "mcpServers": {\n        "a": 1\n  }\n}\n';
    assert.match(put(odd), /\n {8}"lockkeeper": \{\n/);
  });

  it('stays in reach where others wrote around it', () => {
    const after = put('{\n  "mcpServers": {\n    "a": 1\n  }\n}\n');
    const more = after.replace(/\n {2}\}\n\}\n$/, ',\n    "b": 2\n  }\n}\n');
    assert.equal(take(more), '{\n  "mcpServers": {\n    "a": 1,\n    "b": 2\n  }\n}\n');
    const hooked = put(put('{}', hook), server);
    assert.equal(take(take(hooked, server), hook), '{}');
  });

  it('a hook that a person wrote by hand is theirs, whatever variables it asks for', () => {
    const by = (command: string): string =>
      JSON.stringify({ hooks: { PreToolUse: [{ hooks: [{ type: 'command', command }] }] } });
    const theirs = by('[ -z "$LOCKKEEPER_TOKEN" ] || node "$LOCKKEEPER_GUARD" claude-code');
    assert.equal(standingInJson(theirs, hook), 'none');
    assert.equal(take(theirs, hook), theirs);
    const both = put(theirs, hook);
    assert.match(both, /LOCKKEEPER_GUARD/);
    assert.equal(standingInJson(both, hook), 'same');
    assert.equal(take(both, hook), theirs);
  });

  it('is brought up to date in its place', () => {
    const older = put('{\n  "mcpServers": {\n    "a": 1\n  }\n}\n').replace(':1/mcp', ':2/mcp');
    assert.equal(standingInJson(older, server), 'older');
    assert.equal(standingInJson(put(older), server), 'same');
    assert.equal(take(put(older)), '{\n  "mcpServers": {\n    "a": 1\n  }\n}\n');
  });

  it('is not put into what cannot be read, or is somebody else’s, and says where', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['{\n  "a": \n}', /look at line 3/],
      ['', /It is empty/],
      ['[]', /no JSON object/],
      ['{"mcpServers": []}', /`mcpServers` is no object/],
      ['{"mcpServers": {"lockkeeper": {"url": "x"}}}', /not Lockkeeper’s/],
      ['{"mcpServers": {}, "mcpServers": {}}', /stands in it twice/],
    ];
    for (const [text, why] of cases) {
      const made = putJson(text, server);
      assert.equal(made.ok, false, text);
      assert.match(made.ok ? '' : made.why, why);
    }
    assert.match((putJson('{"hooks": {"PreToolUse": {}}}', hook) as { why: string }).why, /no list/);
    assert.equal(
      take('{"mcpServers": {"lockkeeper": {"url": "x"}}}'),
      '{"mcpServers": {"lockkeeper": {"url": "x"}}}',
    );
  });
});
