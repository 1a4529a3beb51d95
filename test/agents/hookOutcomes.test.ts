import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { profileOf } from '../../src/agents/profiles/profiles.ts';
import { inLong } from '../rig/long.ts';
import { removeFolder, temporaryFolder } from '../rig/temporary.ts';
import { git } from '../unit/git/given.ts';
import { realAgents } from './agents.ts';
import { plainEnvironment, startByHand } from './byHand.ts';
import { inOrder, parsed, ScriptedModel } from './model/script.ts';
import { nobodyReachedOutside } from './outside.ts';

const says = (json: object): string => `echo '${JSON.stringify(json)}'`;
const tail = '|| { echo guard unavailable >&2; exit 2; }';

/** What a hook may do, and the agents that hold their write back for it. The others write all the same. */
const outcomes: readonly {
  readonly what: string;
  readonly command: string;
  readonly heldBy: readonly string[];
  /** Nobody else is asked, since the words are its own. */
  readonly only?: string;
  /** What our own guard does, or ends with where it breaks: always played. The others are with LOCKKEEPER_LONG=1. */
  readonly isOurs?: true;
}[] = [
  { what: 'ends well', command: 'true', heldBy: [], isOurs: true },
  {
    what: 'ends with 2 and a sentence',
    command: 'echo It is not yours. >&2; exit 2',
    heldBy: ['claude-code', 'codex', 'gemini', 'copilot-cli'],
    isOurs: true,
  },
  { what: 'ends with 2 in silence', command: 'exit 2', heldBy: ['claude-code', 'copilot-cli'] },
  {
    what: 'says no in the words of Claude Code',
    command: says({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'It is not yours.',
      },
    }),
    heldBy: ['claude-code', 'codex'],
  },
  {
    what: 'says no in the words of Gemini CLI',
    command: says({ decision: 'deny', reason: 'It is not yours.' }),
    heldBy: ['gemini'],
    only: 'gemini',
  },
  {
    what: 'says no in the words of Copilot CLI',
    command: says({ permissionDecision: 'deny', permissionDecisionReason: 'It is not yours.' }),
    heldBy: ['copilot-cli'],
    only: 'copilot-cli',
  },
  { what: 'ends with 1', command: 'exit 1', heldBy: ['copilot-cli'], isOurs: true },
  { what: 'says what is no JSON', command: "echo '{'", heldBy: [] },
  { what: 'is late', command: 'exec sleep 6', heldBy: [] },
  { what: 'is not there', command: '/none/guard', heldBy: ['gemini', 'copilot-cli'] },
  {
    what: 'is not there, with the words that the guard is installed with',
    command: `/none/guard ${tail}`,
    heldBy: ['claude-code', 'codex', 'gemini', 'copilot-cli'],
    isOurs: true,
  },
];
const played = inLong(
  outcomes,
  outcomes.filter(({ isOurs }) => isOurs),
);

for (const agent of realAgents)
  describe(`what comes of a hook before a write of ${agent.id}, really`, function () {
    this.timeout(120_000);
    let base: string;
    let home: string;
    let folder: string;
    let model: ScriptedModel;

    before(async () => {
      base = await temporaryFolder('hook');
      [home, folder] = [join(base, 'home'), join(base, 'project')];
      await mkdir(home);
      await mkdir(dirname(join(folder, agent.settings.file)), { recursive: true });
      await writeFile(join(folder, agent.settings.file), agent.settings.text);
      git(folder, 'init', '-q');
      model = new ScriptedModel(agent.dialect);
      await model.open();
      agent.settle(home, folder, model.url);
    });
    after(async () => {
      await model.close();
      await removeFolder(base);
      nobodyReachedOutside();
    });

    /** Its hook in the place and the form of its profile, with a second of time. */
    async function hookIs(command: string): Promise<void> {
      const entry = profileOf(agent.id)?.entries.find(({ what }) => what === 'hook') ?? assert.fail();
      const hooks = entry.pointer.reduceRight<unknown>((inner, key) => ({ [key]: inner }), [entry.value]);
      const text = JSON.stringify(hooks)
        .replace('"{hook}"', () => JSON.stringify(command))
        .replace(/("timeout(?:Sec)?":)(\d+)/, (_, name: string, time: string) => name + Number(time) / 10);
      const file = join(folder, entry.file);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }

    for (const { what, command, heldBy, only = agent.id } of played) {
      if (only !== agent.id) continue;
      const isHeld = heldBy.includes(agent.id);
      it(`it ${what}: ${isHeld ? 'nothing is written' : 'the file is written all the same'}`, async () => {
        const made = join(folder, 'made.txt');
        rmSync(made, { force: true });
        await hookIs(command);
        model.requests.length = 0;
        model.script = inOrder({ write: made, text: 'Made.\n' });
        const said = await startByHand(agent, agent.byHand, folder, {
          ...plainEnvironment(home),
          ...agent.environment(model.url, home),
        });
        const heard = model.requests.map(({ path, body }) =>
          agent.dialect.heard(path.split(' ')[1] ?? '', parsed(body)),
        );
        assert.ok(
          heard.some((answers) => answers?.length === 1),
          said,
        );
        assert.equal(existsSync(made), !isHeld, `${said}\n${JSON.stringify(heard)}`);
      });
    }
  });
