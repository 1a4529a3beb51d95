import assert from 'node:assert/strict';
import { assertBetterForms, flawsOf, good } from './packetFlaws.ts';

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
