import assert from 'node:assert/strict';
import { mkdir, realpath, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isCaseBlind } from '../../../src/files/caseBlind.ts';
import { formFault } from '../../../src/files/forms.ts';
import { linkedTo } from '../../../src/files/entries.ts';
import { nameOf, pathOf, type Identity } from '../../../src/files/identity.ts';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';

const composed = '\u00e9';
const decomposed = 'e\u0301';

describe('the one name of a file', () => {
  let place: string;
  let project: string;
  const one = (): readonly { name: string; fsPath: string }[] => [{ name: 'project', fsPath: project }];
  const named = (path: string): Promise<Identity> => nameOf(path, one());

  async function put(...path: readonly string[]): Promise<string> {
    const file = join(project, ...path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '');
    return file;
  }

  async function refused(path: string, why: RegExp): Promise<void> {
    const identity = await named(path);
    assert.ok('refused' in identity, `${path}: ${JSON.stringify(identity)}`);
    assert.match(identity.refused, why);
  }

  beforeEach(async () => {
    place = await temporaryFolder('files');
    project = join(place, 'project');
    await put('src', 'a.ts');
    await mkdir(join(place, 'elsewhere'));
  });

  afterEach(() => removeFolder(place));

  it('is the same in a worktree, where the folders have their counterparts', async () => {
    const other = join(place, 'project.worktrees', 'web-7');
    await mkdir(join(other, 'src'), { recursive: true });
    const inWorktree = join(other, 'src', 'a.ts');
    const counterparts = [{ name: 'project', fsPath: other }];
    assert.deepEqual(await nameOf(inWorktree, one(), { counterparts }), { name: 'src/a.ts' });
    const two = [...one(), { name: 'elsewhere', fsPath: join(place, 'elsewhere') }];
    assert.deepEqual(await nameOf(inWorktree, two, { counterparts }), { name: 'project/src/a.ts' });
    assert.deepEqual(await named(inWorktree), { outside: inWorktree }, 'of somebody else it is outside');
    await symlink(join(place, 'elsewhere'), join(other, 'out'));
    assert.ok('refused' in (await nameOf(join(other, 'out', 'x.ts'), one(), { counterparts })));
  });

  it('is relative to the folder, whether or not the file is there yet', async () => {
    assert.deepEqual(await named(join(project, 'src/a.ts')), { name: 'src/a.ts' });
    assert.deepEqual(await named(join(project, 'new/deep/b.ts')), { name: 'new/deep/b.ts' });
    assert.deepEqual(await named('src/a.ts'), { name: 'src/a.ts' });
    assert.deepEqual(await named(join(project, 'src') + '/'), { name: 'src' });
    assert.deepEqual(await named('src/a.ts/below-a-file'), { name: 'src/a.ts/below-a-file' });
    assert.deepEqual(await nameOf('../src/a.ts', one(), { from: join(project, 'src') }), {
      name: 'src/a.ts',
    });
  });

  it('is the same for every way of writing it', async () => {
    for (const path of ['./src//a.ts', 'src/x/../a.ts', 'src/./a.ts', 'src/../src/a.ts'])
      assert.deepEqual(await named(path), { name: 'src/a.ts' }, path);
    const accented = await put('caf' + decomposed, 'menu.ts');
    assert.deepEqual(await named(accented), { name: `caf${composed}/menu.ts` });
    assert.deepEqual(await named(`caf${composed}/menu.ts`), { name: `caf${composed}/menu.ts` });
  });

  it('has one case where the disk has, and two files are two where it has not', async () => {
    const isBlind = await stat(join(project, 'SRC/A.TS')).then(
      () => true,
      () => false,
    );
    assert.equal(await isCaseBlind(project), isBlind);
    assert.deepEqual(await named('SRC/A.TS'), { name: isBlind ? 'src/a.ts' : 'SRC/A.TS' });
    const blindly = { isCaseBlind: () => Promise.resolve(true) };
    assert.deepEqual(await nameOf('SRC/A.TS', one(), blindly), { name: 'src/a.ts' });
    assert.deepEqual(await nameOf('Src/New.ts', one(), blindly), { name: 'src/New.ts' });
    assert.deepEqual(await pathOf('SRC/A.TS', one(), blindly), { path: join(project, 'src/a.ts') });
  });

  it('is that of the place where a link inside leads', async () => {
    await symlink(join(project, 'src'), join(project, 'lib'));
    await symlink('src/a.ts', join(project, 'alias.ts'));
    await symlink('new/later.ts', join(project, 'soon.ts'));
    assert.deepEqual(await named('lib/a.ts'), { name: 'src/a.ts' });
    assert.deepEqual(await named('lib/new.ts'), { name: 'src/new.ts' });
    assert.deepEqual(await named('alias.ts'), { name: 'src/a.ts' });
    // Nobody is there yet; whoever writes to the link makes its target.
    assert.deepEqual(await named('soon.ts'), { name: 'new/later.ts' });
  });

  it('is refused where a link leads out, goes in a circle, or stands before “..”', async () => {
    await symlink(join(place, 'elsewhere'), join(project, 'out'));
    await symlink(join(place, 'elsewhere/not-yet.ts'), join(project, 'dangling.ts'));
    await symlink('../elsewhere', join(project, 'up'));
    await symlink('circle', join(project, 'circle'));
    for (const path of ['out/a.ts', 'out', 'dangling.ts', 'up/a.ts'])
      await refused(path, /leads out of the workspace/);
    await refused('circle/a.ts', /cannot be followed/);
    await put('deep', 'down', 'b.ts');
    await symlink(join(project, 'deep/down'), join(project, 'src/short'));
    // To the disk deep/a.ts, to whoever shortens the text src/a.ts.
    await refused('src/short/../a.ts', /two places/);
  });

  it('is refused to what climbs out or is of another kind of machine', async () => {
    await refused('../elsewhere/a.ts', /leads out/);
    await refused(`${project}/src/../../elsewhere/a.ts`, /leads out/);
    await refused('src/../..', /leads out/);
    for (const path of ['~', '~/a.ts', '~user/a.ts']) await refused(path, /shell/);
    for (const path of ['file:///etc/passwd', `file:${project}/src/a.ts`, 'vscode-remote://ssh/a.ts'])
      await refused(path, /address/);
    for (const path of ['\\\\?\\C:\\a.ts', '//?/C:/a.ts', '\\\\server\\share\\a.ts'])
      await refused(path, /share/);
    await refused('src/a.ts\n', /control/);
    await refused('src/a\u0000.ts', /control/);
    await refused(' ', /blank/);
    await refused('.', /whole folder/);
    await refused(project, /whole folder/);
  });

  it('is refused in Windows’ forms, each by the machine that would misread it', () => {
    const linux = (text: string): string => formFault(text, 'linux') ?? '';
    const windows = (text: string): string => formFault(text, 'win32') ?? '';
    assert.match(linux('C:\\work\\a.ts'), /drive/);
    assert.match(linux('c:/work/a.ts'), /drive/);
    assert.match(linux('src\\a.ts'), /between folders/);
    assert.equal(windows('C:\\work\\a.ts'), '');
    assert.equal(windows('src\\a.ts'), '');
    assert.match(windows('C:a.ts'), /at its root/);
    assert.match(windows('C:\\work\\a.ts:hidden'), /address/);
    assert.match(windows('src\\a.ts. '), /drops/);
    assert.match(windows('\\work\\a.ts'), /drive/);
  });

  it('says of a place outside where it really is, and knows the folder by every way to it', async () => {
    assert.deepEqual(await named('/etc/hosts'), { outside: await realpath('/etc/hosts') });
    const beside = `${project}-too`;
    await mkdir(beside);
    assert.deepEqual(await named(join(beside, 'a.ts')), { outside: join(beside, 'a.ts') });
    const way = join(place, 'way');
    await symlink(project, way);
    assert.deepEqual(await named(join(way, 'src/a.ts')), { name: 'src/a.ts' });
    assert.deepEqual(await nameOf(join(project, 'src/a.ts'), [{ name: 'way', fsPath: way }]), {
      name: 'src/a.ts',
    });
  });

  it('is in an entry of SCOPE only where no link is on its way', async () => {
    await symlink(join(project, 'src'), join(project, 'lib'));
    await symlink(join(place, 'elsewhere'), join(project, 'out'));
    const leads = (entry: string) => linkedTo(entry, one());
    for (const entry of ['src/**', 'src/a.ts', './src/', 'new/*.ts', '**/a.ts', 'SRC/**'])
      assert.equal(await leads(entry), undefined, entry);
    assert.equal(await leads('lib/**'), 'src/**');
    assert.equal(await leads('lib/'), 'src/');
    assert.equal(await leads('lib/a.ts'), 'src/a.ts');
    assert.equal(await leads('out/**'), '');
    const both = [...one(), { name: 'web', fsPath: join(place, 'elsewhere') }];
    assert.equal(await linkedTo('web/**', both), undefined);
    assert.equal(await linkedTo('project/out/*.ts', both), '');
    assert.equal(await linkedTo('project/out/a/*.ts', both), 'web/a/*.ts');
  });

  it('begins with its folder, of several: the same relative path in two roots is two files', async () => {
    const web = join(place, 'web');
    await mkdir(join(web, 'src'), { recursive: true });
    const both = [...one(), { name: 'web', fsPath: web }];
    assert.deepEqual(await nameOf(join(project, 'src/a.ts'), both), { name: 'project/src/a.ts' });
    assert.deepEqual(await nameOf(join(web, 'src/a.ts'), both), { name: 'web/src/a.ts' });
    assert.deepEqual(await nameOf('web/src/a.ts', both), { name: 'web/src/a.ts' });
    const folderless = await nameOf('src/a.ts', both);
    assert.ok('refused' in folderless);
    assert.match(folderless.refused, /does not begin with a folder/);
    await symlink(join(web, 'src'), join(project, 'shared'));
    assert.deepEqual(await nameOf('project/shared/a.ts', both), { name: 'web/src/a.ts' });
  });

  it('is one where a folder of the workspace lies in another', async () => {
    const inner = join(project, 'packages/inner');
    await mkdir(inner, { recursive: true });
    const linked = join(place, 'linked');
    await symlink(inner, linked);
    const nested = [...one(), { name: 'project/packages/inner', fsPath: inner }];
    assert.deepEqual(await nameOf(join(inner, 'a.ts'), nested), { name: 'project/packages/inner/a.ts' });
    const behindLink = [...one(), { name: 'linked', fsPath: linked }];
    assert.deepEqual(await nameOf(join(linked, 'a.ts'), behindLink), { name: 'project/packages/inner/a.ts' });
  });

  it('leads back to the file', async () => {
    assert.deepEqual(await pathOf('src/a.ts', one()), { path: join(project, 'src/a.ts') });
    assert.deepEqual(await pathOf('new/b.ts', one()), { path: join(project, 'new/b.ts') });
    const accented = await put('caf' + decomposed, 'menu.ts');
    const back = await pathOf(`caf${composed}/menu.ts`, one());
    assert.ok('path' in back);
    assert.equal(await realpath(back.path), await realpath(accented));
    const both = [...one(), { name: 'web', fsPath: join(place, 'elsewhere') }];
    assert.deepEqual(await pathOf('web/src/a.ts', both), { path: join(place, 'elsewhere/src/a.ts') });
    for (const name of ['../a.ts', '/etc/hosts', 'src/../../a.ts', ''])
      assert.ok('refused' in (await pathOf(name, one())), name);
  });

  it('is asked of the disk anew: a folder that became a link is followed', async () => {
    await rename(join(project, 'src'), join(place, 'elsewhere', basename('src')));
    await symlink(join(place, 'elsewhere/src'), join(project, 'src'));
    await refused('src/a.ts', /leads out/);
  });
});
