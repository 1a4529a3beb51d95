import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { commands, contextKeys, settings, views } from '../../../src/editor/ids.ts';
import { conditions, contributedSettings, contributes, keysOf, manifest, root } from './manifest.ts';

const same = (code: readonly string[], contributed: readonly string[]) =>
  assert.deepEqual([...contributed].sort(), [...code].sort());

/** Menus that need no proposed API; a proposed one works in a development window and fails at the user. */
const stableMenus = new Set([
  'commandPalette',
  'comments/comment/context',
  'comments/comment/title',
  'comments/commentThread/context',
  'comments/commentThread/title',
  'editor/context',
  'editor/lineNumber/context',
  'editor/title',
  'editor/title/context',
  'explorer/context',
  'scm/resourceState/context',
  'scm/title',
  'view/item/context',
  'view/title',
  'webview/context',
]);

/** Keys that VS Code itself sets. */
const knownKeys = new Set([
  'activeEditor',
  'activeWebviewPanelId',
  'comment',
  'commentController',
  'commentIsEmpty',
  'commentThread',
  'editorTextFocus',
  'focusedView',
  'gitOpenRepositoryCount',
  'isInDiffEditor',
  'isLinux',
  'isMac',
  'isWeb',
  'isWindows',
  'isWorkspaceTrusted',
  'inputFocus',
  'listFocus',
  'listMultiSelection',
  'resource',
  'resourceExtname',
  'resourceScheme',
  'sideBarVisible',
  'view',
  'viewItem',
  'webviewId',
  'workbenchState',
  'workspaceFolderCount',
]);

describe('package.json and the code agree', () => {
  it('on commands', () => {
    same(
      commands,
      (contributes.commands ?? []).map(({ command }) => command),
    );
  });

  it('on views', () => {
    const contributed = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    same(views, contributed);
  });

  it('on settings', () => same(settings, contributedSettings()));

  it('on context keys: each is used in a condition, and each used is set', () => {
    const used = new Set(conditions().flatMap(({ when }) => keysOf(when)));
    const own = [...used].filter((key) => key.startsWith('lockkeeper.'));
    same(contextKeys, own);
  });

  it('on every other key in a condition', () => {
    const contributed = new Set(contributedSettings());
    for (const { place, when } of conditions()) {
      for (const key of keysOf(when)) {
        const known =
          key.startsWith('lockkeeper.') ||
          knownKeys.has(key) ||
          (key.startsWith('config.') && contributed.has(key.slice('config.'.length)));
        assert.ok(known, `${place}: nobody sets "${key}"`);
      }
    }
  });

  it('on the commands that menus, keys and texts name', () => {
    const known = new Set<string>(commands);
    const texts = JSON.stringify(contributes).matchAll(/command:(lockkeeper\.[\w.]+)/g);
    const named = [
      ...Object.values(contributes.menus ?? {}).flatMap((items) =>
        items.flatMap(({ command }) => command ?? []),
      ),
      ...(contributes.keybindings ?? []).map(({ command }) => command),
      ...[...texts].map(([, command]) => command ?? ''),
    ];
    for (const command of named) assert.ok(known.has(command), command);
  });
});

describe('package.json', () => {
  it('uses no proposed API and no proposed menu', () => {
    assert.equal(manifest.enabledApiProposals, undefined);
    for (const menu of Object.keys(contributes.menus ?? {})) assert.ok(stableMenus.has(menu), menu);
  });

  it('wakes the extension after start-up, so that workers find the door again, and for its own parts', () => {
    const [first, ...others] = manifest.activationEvents;
    assert.equal(first, 'onStartupFinished');
    for (const event of others) assert.match(event, /^on[A-Z]\w*:lockkeeper/);
  });

  it('puts every command in one category', () => {
    for (const { command, category } of contributes.commands ?? [])
      assert.equal(category, 'Lockkeeper', command);
  });

  it('says where it runs and what it may do there', () => {
    assert.deepEqual(manifest.extensionKind, ['workspace']);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(manifest.capabilities.virtualWorkspaces.supported, false);
  });

  it('compiles against the oldest VS Code it runs on', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });

  it('has one container with at most three views', () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    assert.deepEqual(
      containers.map(({ id }) => id),
      ['lockkeeper'],
    );
    assert.ok(views.length <= 3);
  });

  it('names pictures that exist', () => {
    const icons = Object.values(contributes.viewsContainers).flatMap((list) => list.map(({ icon }) => icon));
    for (const picture of [manifest.icon, ...icons]) assert.ok(existsSync(join(root, picture)), picture);
  });
});

describe('the names in a condition', () => {
  it('are found beside values, signs and brackets', () => {
    const when =
      'view == lockkeeper.todo && !(viewItem =~ /^a|b$/ || lockkeeper.gateShut) && resourceScheme in x';
    assert.deepEqual(keysOf("view == 'a' && !lockkeeper.shut"), ['view', 'lockkeeper.shut']);
    assert.ok(keysOf(when).includes('lockkeeper.gateShut'));
    assert.ok(!keysOf(when).includes('lockkeeper.todo'));
  });
});
