import assert from 'node:assert/strict';
import { checkPacket } from '../../../../src/core/packetForm.ts';
import { flawsOf, good } from '../packetFlaws.ts';

/** The reason why SCOPE does not take an entry, or nothing; what is offered instead is taken. */
function reason(entry: string): string {
  const [flaw] = flawsOf({ ...good, scope: [entry] });
  if (flaw === undefined) return '';
  assert.equal(flaw.field, 'SCOPE', entry);
  assert.deepEqual(flawsOf({ ...good, scope: flaw.better.split('\n') }), [], entry);
  return flaw.why;
}

describe('an entry of SCOPE', () => {
  it('P7: {a,b}/**, extglobs, 300 characters and 12 wildcards are refused with the reason', () => {
    const rows: [string, RegExp][] = [
      ['{a,b}/**', /^Braces are not taken/],
      ['src/@(a|b).ts', /^Patterns with brackets are not taken/],
      ['src/!(a).ts', /^Patterns with brackets are not taken/],
      ['src/*(a).ts', /^Patterns with brackets are not taken/],
      [`src/${'a'.repeat(296)}`, /at most 200 characters/],
      [`src/${'*/?/'.repeat(6)}a.ts`, /at most 8 wildcards/],
      ['src/[a/b].ts', /stands alone/],
    ];
    for (const [entry, why] of rows) assert.match(reason(entry), why, entry);
    assert.equal(reason(`src/${'a'.repeat(196)}`), '');
    assert.equal(reason(`src/${'*/?/'.repeat(4)}a.ts`), '');
  });

  it('P7: .., /etc, C:\\, \\\\?\\, ~ and file: are refused with the reason', () => {
    const rows: [string, RegExp][] = [
      ['..', /^"\.\." is not taken/],
      ['src/../../a.ts', /^"\.\." is not taken/],
      ['/etc', /absolute/],
      ['C:\\', /no drive or share/],
      ['c:/src', /no drive or share/],
      ['\\\\?\\C:\\src', /no drive or share/],
      ['~', /outside/],
      ['~/src', /outside/],
      ['file:src', /no addresses/],
    ];
    for (const [entry, why] of rows) assert.match(reason(entry), why, entry);
  });

  it('P7: ** or * alone is the whole workspace, which only the user gives', () => {
    for (const entry of ['**', '*', '**/*', './**', '**/', '?*'])
      assert.match(
        reason(entry),
        /^This is the whole workspace, which only the user gives, to a TODO .*; name the/,
        entry,
      );
  });

  it('P7: a file, a folder and a glob are taken', () => {
    for (const entry of ['src/a.ts', 'src', 'src/', 'src/**', 'src/*.ts', 'src/[ab].ts', 'app/[id]/page.tsx'])
      assert.ok('packet' in checkPacket({ ...good, scope: [entry] }), entry);
  });
});
