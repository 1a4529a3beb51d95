import assert from 'node:assert/strict';
import { namedFolders } from '../../../src/files/folders.ts';

const names = (...paths: readonly (readonly [name: string, fsPath: string])[]) =>
  namedFolders(paths.map(([name, fsPath]) => ({ name, fsPath }))).map(({ name }) => name);

describe('the folders of a workspace', () => {
  it('have the names that the workspace gives them', () => {
    assert.deepEqual(names(['api', '/w/api'], ['The Web', '/w/web']), ['api', 'The Web']);
  });

  it('are told apart by the folders they lie in where two are called alike', () => {
    assert.deepEqual(names(['app', '/w/old/app'], ['app', '/w/new/app'], ['lib', '/w/lib']), [
      'old/app',
      'new/app',
      'lib',
    ]);
    assert.deepEqual(names(['app', '/w/a/x/app'], ['app', '/w/b/x/app']), ['a/x/app', 'b/x/app']);
  });

  it('are places in the folder they lie in, where that is a folder of the workspace too', () => {
    assert.deepEqual(names(['api', '/w/api'], ['sub', '/w/api/lib/sub'], ['api-too', '/w/api-too']), [
      'api',
      'api/lib/sub',
      'api-too',
    ]);
  });
});
