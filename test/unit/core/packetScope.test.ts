import assert from 'node:assert/strict';
import { checkPacket } from '../../../src/core/packetForm.ts';
import { flawsOf, good } from './packetFlaws.ts';

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
