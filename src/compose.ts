import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { addressOf } from './agents/address.ts';
import { atWorkIn } from './agents/launch/atWork.ts';
import { copyProgram, guardCopyIn } from './agents/launch/guardCopy.ts';
import { openHandover, type Handover } from './agents/launch/handover.ts';
import { launchWorkers } from './agents/launch/launching.ts';
import { keepBonds } from './agents/bonds.ts';
import { createPresence } from './agents/presence.ts';
import { holdTenure } from './agents/tenure.ts';
import { toolCallsIn } from './agents/toolCalls.ts';
import { keepTokens } from './agents/tokens.ts';
import { credentialsOf } from './composeCredentials.ts';
import { withoutDesk, type Seen } from './editor/withoutDesk.ts';
import { at } from './core/table.ts';
import { Desk } from './desk/desk.ts';
import { Replay } from './desk/replay.ts';
import { late } from './desk/late.ts';
import { orphanage } from './editor/adoption/orphanage.ts';
import { CredentialStore } from './editor/credentialStore.ts';
import type { House } from './editor/house.ts';
import { editorsAgentKey } from './editor/ids.ts';
import { openEditor } from './editor/openEditor.ts';
import { openFolders } from './editor/openFolders.ts';
import { FileNames } from './editor/ownership/fileNames.ts';
import { openQuestions } from './editor/questions/questions.ts';
import { readRehearsal } from './editor/rehearsal/place.ts';
import { counted } from './editor/settings.ts';
import { Rooms } from './editor/rooms.ts';
import { placesOf } from './editor/storage.ts';
import { openWorktrees } from './editor/worktrees/openWorktrees.ts';
import { WorkerTerminals } from './editor/terminals.ts';
import { otherAgentsIn } from './editor/workers/otherAgents.ts';
import { Outdated } from './editor/workers/outdated.ts';
import { workspaceFacts } from './editor/workspaceFacts.ts';
import { lifeOfWritten, writtenMark } from './journal/liveness.ts';
import { openJournal } from './journal/sqlite.ts';
import { createTeller } from './journal/teller.ts';
import { environment } from './running/environment.ts';

const sweepEvery = 10_000;
const container = 'workbench.view.extension.lockkeeper';
const host = { pid: process.pid, startedAt: Math.round(performance.timeOrigin) };

/** Everything that lives as long as the extension, in the order of what needs what; disposed in reverse, the log last. */
export async function compose(context: vscode.ExtensionContext): Promise<vscode.LogOutputChannel> {
  const log = vscode.window.createOutputChannel('Lockkeeper', { log: true });
  const house = new Rooms();
  context.subscriptions.push(log, house);
  const storage = context.storageUri;
  const folders = vscode.workspace.workspaceFolders ?? [];
  const rehearsal = await readRehearsal(context.extensionUri, async (project) => {
    const { makeRehearsalFolder } = await import('./git/rehearsalFolder.ts');
    return makeRehearsalFolder(project);
  });
  const names = new FileNames();
  house.add(names);
  const seen = { context, log, rehearsal, names, workspace: () => workspaceFacts(names) };
  const closed = (why: 'no-folder' | 'untrusted'): House => ({
    ...withoutDesk,
    ...seen,
    why,
  });
  if (!storage || folders.length === 0) {
    house.add(openEditor(closed('no-folder')));
    return log;
  }
  if (vscode.workspace.isTrusted) {
    await openRooms(seen, house, storage);
    return log;
  }
  const waiting = openEditor(closed('untrusted'));
  house.add(waiting);
  context.subscriptions.push(
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      waiting.dispose();
      void openRooms(seen, house, storage);
    }),
  );
  return log;
}

async function openRooms(seen: Seen, house: Rooms, storage: vscode.Uri): Promise<void> {
  const { context, log, rehearsal } = seen;
  const clock = Date.now;
  const places = placesOf(storage, context.globalStorageUri);
  const replay = new Replay();
  const journal = await openJournal({ ...places, reader: replay });
  house.add({ dispose: () => journal.close() });
  const teller = createTeller(places.file, host);
  house.add(teller);
  const dispatching = late('dispatch', async () => (await worktrees.loaded()).dispatch);
  const approving = late('approve', async () => (await worktrees.loaded()).approve);
  const preparations = {
    dispatch: dispatching,
    'dispatch-side-by-side': dispatching,
    replan: dispatching,
    approve: approving,
    'undo-approval': late('approve', async () => (await worktrees.loaded()).undo),
    'fire-rollback': late('approve', async () => (await worktrees.loaded()).undo),
  };
  const workspace = () => ({ ...seen.workspace(), heard: presence.heard() });
  const desk: Desk = new Desk(journal, clock, workspace, preparations, replay.state);
  house.add(desk);
  const store = new CredentialStore(context.secrets, storage);
  const tokens = keepTokens(desk, clock, store);
  const toolCalls = toolCallsIn(join(dirname(places.file), 'calls'));
  const presence = createPresence({
    desk,
    toolCalls,
    clock,
    silentAfter: () => 60 * counted('lockkeeper.silentMinutes', 5),
  });
  const { lastContact } = presence;
  const bonds = keepBonds(clock, lastContact);
  const worktrees = openWorktrees(desk, log, places.file, async (talk) => {
    const { composeOutside } = await import('./composeOutside.ts');
    const fallback = vscode.Uri.joinPath(context.globalStorageUri, 'worktrees').fsPath;
    const facts = { fallback, folders: openFolders, workspace: seen.workspace, log };
    return composeOutside(desk, { ...talk, ...facts, journal: places.file });
  });
  house.add(worktrees);
  const playbooks = async () =>
    (await import('./files/playbooks.ts')).readPlaybooks(
      join(context.extensionUri.fsPath, 'media', 'playbooks'),
      openFolders(),
    );
  const tenure = holdTenure({
    desk,
    clock,
    lease: journal.lease,
    host,
    log,
    moved: () => tokens.renewExposed(),
    open: async (port) => {
      const { openDoor } = await import('./agents/endpoint.ts');
      return openDoor({
        desk,
        clock,
        port,
        log,
        onContact: presence.contact,
        onStranger: bonds.turnedAway,
        onCall: bonds.called,
        lastContact,
        folders: openFolders,
        workFolders: worktrees.folders,
        names: worktrees.names,
        changeOf: async (result) => (await worktrees.loaded()).reviews.measure(result),
        playbooks: async () => (await playbooks()).playbooks,
        own: () => [context.globalStorageUri.fsPath, dirname(places.file)],
        unsaved: (path) =>
          vscode.workspace.textDocuments
            .find(({ isDirty, uri }) => isDirty && uri.fsPath === path)
            ?.getText(),
      });
    },
  });
  house.add({ dispose: () => void tenure.dispose() });
  const isServing = (): boolean => tenure.standing.kind === 'serving';
  const url = (): string | undefined => {
    const { standing } = tenure;
    return standing.kind === 'off' || standing.port === 0 ? undefined : addressOf(standing.port);
  };
  const isTrusted = (): boolean => vscode.workspace.isTrusted;
  const others = otherAgentsIn(context.workspaceState);
  const sweeping = setInterval(() => isServing() && void presence.sweep(), sweepEvery);
  house.add({ dispose: () => clearInterval(sweeping) });

  const terminals = new WorkerTerminals(context.environmentVariableCollection, url, tenure);
  house.add(terminals);
  let handover: Promise<Handover> | undefined;
  house.add({ dispose: () => void handover?.then((one) => one.dispose()) });
  const file = (...path: string[]): string => vscode.Uri.joinPath(context.extensionUri, ...path).fsPath;
  const guard = guardCopyIn(context.globalStorageUri.fsPath);
  const stdio = join(context.globalStorageUri.fsPath, 'stdio.mjs');
  const copies = [copyProgram(file('dist', 'guard.js'), guard), copyProgram(file('dist', 'stdio.js'), stdio)];
  Promise.all(copies).catch((error: unknown) =>
    log.warn(`What agents start cannot be put where they look for it: ${String(error)}`),
  );
  const launching = launchWorkers({
    desk,
    place: worktrees.place,
    connected: async (dispatch) => {
      const { connectWorktree } = await import('./composeConnected.ts');
      const facts = { guard, stdio, url, isTrusted, folders: openFolders, workspace: seen.workspace };
      const { worktrees: all } = await worktrees.loaded();
      return connectWorktree({ ...facts, others: () => others.ids(), worktrees: all }, dispatch);
    },
    clock,
    log,
    url,
    isServing,
    token: (worker) => tokens.of(worker),
    seatToken: () => store.read('orchestrator'),
    terminals,
    onServing: (listener) => tenure.onStanding(listener),
    toolCalls,
    lastContact,
    isEditors: ({ n }) => context.workspaceState.get(editorsAgentKey) === n,
    end: async (...given) => (await import('./running/ending.ts')).endProcess(...given),
    handover: () => (handover ??= openHandover()),
    atWork: atWorkIn(join(dirname(places.file), 'at-work'), {
      markOf: writtenMark,
      isAlive: (mark) => lifeOfWritten(mark) === 'alive',
    }),
    guard,
    stdio,
    ownFolder: join(dirname(places.file), 'agents'),
    program: (name) => ({
      argv: [
        process.execPath,
        file('dist', `${name}.js`),
        ...(name === 'rehearsal' ? [file('media', 'rehearsal', 'story.json')] : []),
      ],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }),
  });
  house.add(launching);

  const questions = openQuestions({
    desk,
    log,
    extensionUri: context.extensionUri,
    memento: context.workspaceState,
    worktreeFile: (...file) => worktrees.house.file(...file),
  });
  house.add(questions);
  const agents = async () => {
    const { agentsPlace } = await import('./composeAgents.ts');
    return agentsPlace({
      ...{ guard, stdio, url, isTrusted, environment, isServing, lastContact, bonds },
      folders: openFolders,
      worktrees: async () => (await worktrees.loaded()).worktrees,
      token: (bearer) => store.read(bearer),
      others,
    });
  };
  const outdated = new Outdated(agents, tenure);
  house.add(outdated);
  house.add(
    openEditor({
      ...seen,
      desk,
      get why() {
        return desk.trouble ? ('journal' as const) : ('open' as const);
      },
      trouble: desk.trouble,
      credentials: credentialsOf(tokens, store, { url, stdio }),
      door: {
        get standing() {
          return tenure.standing;
        },
        get strangerAt() {
          return bonds.strangers.at;
        },
        onChange: (listener) =>
          vscode.Disposable.from(
            ...[tenure.onStanding(listener), bonds.onChange(listener), outdated.onChange(listener)],
          ),
      },
      journal: {
        notices: () => journal.notices,
        reopen: async () => {
          await journal.reopen();
          return desk.trouble;
        },
        acceptAsItIs: async () => {
          await journal.acceptAsItIs();
          return desk.trouble;
        },
      },
      teller,
      orphans: orphanage({
        ...{ context, log, storage, desk, store, journal },
        takeOver: async (old) => (await worktrees.loaded()).worktrees.takeOver(old),
      }),
      playbooks,
      agents,
      outdated,
      verifyPlace: async () => {
        const { verifyPlace } = await import('./composeVerify.ts');
        return verifyPlace({ desk, outside: worktrees.loaded, journal: places.file, context });
      },
      lastContact,
      trial: bonds.trial,
      toolCalls,
      changes: {
        measure: async (result) => (await worktrees.loaded()).reviews.measure(result),
        contentOf: async (tree, path) => (await worktrees.loaded()).reviews.contentOf(tree, path),
      },
      worktrees: worktrees.house,
      openShell: (bearer) => launching.openShell(bearer, vscode.env.shell),
      showTerminal: (worker) => void terminals.show(at(desk.state.workers, worker)?.name ?? ''),
      openQuestions: (question) => questions.open(question),
    }),
  );
  if (rehearsal.isHere && desk.state.seq === 0) void vscode.commands.executeCommand(container);
}
