import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { packetDraft, type Flaw, type PacketDraft } from '../../../src/contract/packets.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { heldOutBad, heldOutGood } from './heldOutPackets.ts';

type Fixture = {
  readonly packet: PacketDraft;
  readonly expect?: readonly { field: string; words: string }[];
};

const folder = new URL('../../fixtures/packets/', import.meta.url);

function fixtures(kind: 'good' | 'bad'): readonly (readonly [name: string, fixture: Fixture])[] {
  const from = new URL(`${kind}/`, folder);
  return readdirSync(from)
    .sort()
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, from), 'utf8')) as Fixture]);
}

const good: PacketDraft = {
  task: 'Show the delivery date on the order page.',
  scope: ['src/orders/page.tsx'],
  notYourJob: ['The order e-mail'],
  doneWhen: ['`OrderPage` shows "Delivery: 3 May" for order 1001.'],
  verify: ['npm test -- orders'],
  priority: 'normal',
};

const flawsOf = (draft: PacketDraft): readonly Flaw[] => {
  const checked = checkPacket(draft);
  return 'flaws' in checked ? checked.flaws : [];
};
const named = (draft: PacketDraft): readonly string[] =>
  flawsOf(draft).map(({ field, words }) => `${field}: ${words}`);

const partOf = {
  TASK: 'task',
  SCOPE: 'scope',
  'NOT-YOUR-JOB': 'notYourJob',
  'DONE-WHEN': 'doneWhen',
  VERIFY: 'verify',
  PRIORITY: 'priority',
} as const;

/** The draft with the better form in place of the text, or the entry, that holds the flawed words. */
function mended(draft: PacketDraft, flaw: Flaw): PacketDraft {
  const part = partOf[flaw.field as keyof typeof partOf];
  if (part === 'task' || part === 'priority') return packetDraft.parse({ ...draft, [part]: flaw.better });
  const entries = [...(draft[part] ?? [])];
  const at = entries.findIndex((entry) =>
    flaw.words === '' ? entry.trim() === '' : entry.includes(flaw.words),
  );
  entries.splice(at < 0 ? entries.length : at, at < 0 ? 0 : 1, flaw.better);
  return { ...draft, [part]: entries };
}

function assertBetterForms(draft: PacketDraft): void {
  for (const flaw of flawsOf(draft)) {
    assert.notEqual(flaw.better.trim(), '', `${flaw.field}: ${flaw.words} has no better form`);
    assert.ok(flaw.why.length > 10 && !flaw.why.includes('\n'), flaw.why);
    const left = flawsOf(mended(draft, flaw)).filter(
      ({ field, words }) =>
        field === flaw.field && (words === flaw.words || flaw.better.includes(words)) && words !== '',
    );
    assert.deepEqual(left, [], `${flaw.better} is no better`);
  }
}

describe('P4: packets that can be checked', () => {
  it('P4: there are 40 good and 40 bad packets', () => {
    assert.equal(fixtures('good').length, 40);
    assert.equal(fixtures('bad').length, 40);
  });

  for (const [name, { packet }] of fixtures('good')) {
    it(`P4: good packet ${name} is taken as it stands`, () => {
      assert.deepEqual(checkPacket(packetDraft.parse(packet)), { packet });
    });
  }

  for (const [name, { packet, expect = [] }] of fixtures('bad')) {
    it(`P4: bad packet ${name} is refused with field, words and a better form`, () => {
      assert.ok(expect.length > 0);
      assert.deepEqual(
        named(packet),
        expect.map(({ field, words }) => `${field}: ${words}`),
      );
      assertBetterForms(packet);
    });
  }
});

describe('P4: packets that no rule was fitted to', () => {
  for (const packet of heldOutGood) {
    it(`P4: taken: ${packet.task?.slice(0, 60) ?? ''}`, () => assert.deepEqual(flawsOf(packet), []));
  }
  for (const { packet, expected } of heldOutBad) {
    it(`P4: refused: ${expected.join(', ').slice(0, 70)}`, () => {
      assert.deepEqual(named(packet), expected);
      assertBetterForms(packet);
    });
  }
});

describe('P4: what makes a field', () => {
  it('P4: each missing field is a flaw of its own name, PRIORITY included', () => {
    for (const [field, part] of Object.entries(partOf)) {
      const draft = { ...good };
      delete draft[part];
      assert.deepEqual(named(draft), [`${field}: `]);
    }
    assert.deepEqual(
      named({}),
      Object.keys(partOf).map((field) => `${field}: `),
    );
  });

  it('P4: blank and invisible texts count as missing', () => {
    for (const blank of ['', ' \n\t ', '\u200b\u200b', '\u2800', '\ufeff']) {
      assert.deepEqual(
        named({
          ...good,
          task: blank,
          notYourJob: [blank],
          scope: [blank],
          doneWhen: [blank],
          verify: [blank],
        }),
        ['TASK: ', 'SCOPE: ', 'NOT-YOUR-JOB: ', 'DONE-WHEN: ', 'VERIFY: '],
      );
    }
    assert.equal(flawsOf({ ...good, doneWhen: [...(good.doneWhen ?? []), ' '] })[0]?.field, 'DONE-WHEN');
  });

  it('P4: texts are trimmed, Windows line ends and several lines in one entry are read', () => {
    const checked = checkPacket({
      ...good,
      task: '  Show the delivery date.\r\nOn the order page.  ',
      scope: [' src/a.ts\nsrc/b.ts ', '- `src/c.ts`'],
      verify: ['npm test\nnpm run lint\n\n'],
    });
    assert.ok('packet' in checked);
    assert.equal(checked.packet.task, 'Show the delivery date.\nOn the order page.');
    assert.deepEqual(checked.packet.scope, ['src/a.ts', 'src/b.ts', 'src/c.ts']);
    assert.deepEqual(checked.packet.verify, ['npm test', 'npm run lint']);
  });

  it('P4: control characters and halves of characters are refused in every field', () => {
    for (const stray of ['\u0000', '\u001b]52;c;x\u0007', 'a\rb', '\u009b1m', '\u007f', '\ud800']) {
      assert.deepEqual(
        flawsOf({ ...good, task: `Show ${stray} it "x"` }).map(({ field }) => field),
        ['TASK'],
        JSON.stringify(stray),
      );
      assert.deepEqual(
        flawsOf({ ...good, doneWhen: [`prints 3 ${stray}x`] }).map(({ field }) => field),
        ['DONE-WHEN'],
      );
      assert.deepEqual(
        flawsOf({ ...good, notYourJob: [`x ${stray}x`] }).map(({ field }) => field),
        ['NOT-YOUR-JOB'],
      );
      assertBetterForms({ ...good, doneWhen: [`prints 3 ${stray}x`] });
    }
    assert.deepEqual(flawsOf({ ...good, task: 'Show\tthe date\non the page.' }), []);
  });
});

describe('P4: vague words', () => {
  it('P4: a vague order is taken once the sentence can be measured', () => {
    for (const task of [
      'Improve the search',
      'Optimize the image pipeline',
      'Clean up the cache',
      'Handle errors properly',
    ]) {
      assert.equal(flawsOf({ ...good, task })[0]?.field, 'TASK', task);
      assert.deepEqual(
        flawsOf({ ...good, task: `${task}: \`npm run bench\` prints at most 80 ms.` }),
        [],
        task,
      );
    }
  });

  it('P4: a name alone does not measure a vague order', () => {
    assert.deepEqual(named({ ...good, task: 'Improve src/login.ts' }), ['TASK: Improve']);
    assert.deepEqual(named({ ...good, doneWhen: ['`login()` works properly'] }), [
      'DONE-WHEN: works properly',
    ]);
    assert.deepEqual(named({ ...good, doneWhen: ['Step 2 works properly'] }), ['DONE-WHEN: works properly']);
  });

  it('P4: words that only sound vague are taken', () => {
    for (const task of [
      'The menu works fine with a mouse; open it on Enter as well.',
      'Support RTL layouts in the sidebar.',
      'Add smooth scrolling to the table of contents.',
      'Let players improve their armour at the blacksmith.',
      'Simplify the checkout form by dropping the fax and the title field.',
      'Handle SIGTERM gracefully: finish the request in hand, then exit.',
      'Refactor the date parser into a module of its own.',
      'Add good-first-issue labels to the issue templates',
      'Fix typo in the footer',
      'Restore the "Improve" button of the editor.',
      '修复搜索结果为空的问题',
    ]) {
      assert.deepEqual(flawsOf({ ...good, task }), [], task);
    }
  });

  it('P4: a DONE-WHEN without anything to observe is refused, with one it is taken', () => {
    for (const condition of [
      'It works',
      'No regressions',
      'Everything is tested',
      'Code reviewed and approved',
      'The page looks "good"',
      'Bug #123 is fixed',
      'Memory and/or CPU usage is reduced',
    ]) {
      assert.equal(flawsOf({ ...good, doneWhen: [condition] })[0]?.field, 'DONE-WHEN', condition);
      assertBetterForms({ ...good, doneWhen: [condition] });
    }
    for (const condition of [
      'README.md explains --offline',
      'MAX_RETRIES is read from the environment',
      'onClose fires once',
      'GET /health answers',
      'cargo test passes',
      'Pressing Ctrl+S saves',
      'Der Text „Guten Tag“ steht oben',
      'p95 < 80ms',
      'Two parallel saves leave one row',
      'http://localhost:3000/prices opens',
    ]) {
      assert.deepEqual(flawsOf({ ...good, doneWhen: [condition] }), [], condition);
    }
  });
});

describe('P4: SCOPE', () => {
  it('P4: paths outside, addresses, braces, extglobs and the whole workspace are refused', () => {
    for (const entry of [
      '*',
      '**',
      '**/*',
      './**',
      '.',
      './',
      '/',
      '..',
      '../x',
      'src/../../x',
      '/etc',
      'C:\\x',
      'c:/x',
      '\\\\?\\C:\\x',
      '//server/x',
      '~',
      '~/x',
      'file:src',
      'https://x.y/z',
      '{a,b}/**',
      'src/+(a|b).ts',
      '!src/a.ts',
      'src\\a.ts',
      'a'.repeat(201),
      'a/'.repeat(9).replaceAll('a', '*'),
      'src/a.ts, src/b.ts',
      'all files',
      'src/[ab',
      'git@host.org:a/b',
    ]) {
      const found = flawsOf({ ...good, scope: [entry] });
      assert.equal(found[0]?.field, 'SCOPE', entry);
      assert.deepEqual(flawsOf({ ...good, scope: [found[0]?.better ?? ''] }), [], entry);
    }
  });

  it('P4: files, folders and plain globs are taken as written', () => {
    const scope = [
      'src',
      'src/',
      'src/**',
      '**/*.md',
      'docs/Über uns.md',
      'app/[id]/page.tsx',
      'app/(shop)/page.tsx',
      '.github/workflows/ci.yml',
      'Makefile',
      'src/routes/+page.svelte',
      'Terms and Conditions/index.md',
      'файлы/а.ts',
      './src/a.ts',
      'a/*/*/*/*/*/*/*/*.ts',
      'b'.repeat(200),
    ];
    const checked = checkPacket({ ...good, scope });
    assert.ok('packet' in checked, JSON.stringify(checked));
    assert.deepEqual(checked.packet.scope, scope);
  });
});

describe('P4: VERIFY', () => {
  it('P4: lines that need a shell, sentences and empty looks are refused', () => {
    for (const line of [
      'a && b',
      'npm test | tee x',
      'npm test > log',
      'echo $(x)',
      'echo `x`',
      'cd x',
      'FOO=1 make',
      'run tests',
      'Tests pass',
      'npm test passes',
      'Open the app and click save',
      'by eye:',
      'by eye: it works',
      'by eye: check it',
      'CI is green',
      'npm run "x',
    ]) {
      assert.deepEqual(
        flawsOf({ ...good, verify: [line] }).map(({ field }) => field),
        ['VERIFY'],
        line,
      );
      assertBetterForms({ ...good, verify: [line] });
    }
  });

  it('P4: commands of many kinds and looks that say what is seen are taken', () => {
    const verify = [
      'npm test',
      'pytest -q tests/test_a.py::test_b',
      'make check',
      './scripts/verify.sh --fast',
      'python -c "import a; print(a.b)"',
      'R CMD check .',
      'tools\\check.cmd all',
      'test -f dist/app.js',
      'open -a Simulator',
      'MSBuild.exe app.sln',
      'by eye: the save button turns grey while saving',
      'By eye: `settings.html`, the header is blue',
    ];
    assert.deepEqual(flawsOf({ ...good, verify }), []);
  });
});

describe('P4: hostile texts', () => {
  it('P4: long repeated texts are judged, in every field', () => {
    for (const part of [
      'a',
      ' ',
      '.',
      '"',
      '`',
      '„',
      '(',
      '{',
      '../',
      'improve ',
      'Improve. ',
      'by eye: ',
      'npm test; ',
      'a_',
      '1. a\n',
      '\u200b',
      '\ud800',
    ]) {
      const text = part.repeat(Math.floor(20_000 / part.length));
      const draft: PacketDraft = {
        task: text,
        scope: [text],
        notYourJob: [text],
        doneWhen: [text],
        verify: [text],
        priority: 'low',
      };
      assert.ok(flawsOf(draft).length > 0);
    }
  });
});
