import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../rig/temporary.ts';
import { inLong, mark } from '../../rig/long.ts';
import { until } from '../../rig/until.ts';
import { at } from '../../../src/core/table.ts';
import { ForgetfulDoor } from './forgetful.ts';
import { Holds } from './holds.ts';
import { House } from './house.ts';
import { Lead, type Course } from './lead.ts';
import { changedFiles, runProjectTests, story, storyFile } from './story.ts';
import { bundled, endWorkers, RunningWorker, type Launch } from './worker.ts';

const names = ['builder', 'writer'];
/** The course with the most acts in it: every scene is played, and each a second time. */
const longest: Course = { reject: [1, 2, 3, 4] };

describe('the rehearsal worker, in its own process', function () {
  this.timeout(300_000);
  let house: House;
  let program: string;
  let programs: string;
  let known: readonly unknown[] | undefined;

  before(async () => {
    programs = await temporaryFolder('rehearsal');
    program = await bundled(join(programs, 'rehearsal.mjs'));
  });
  after(() => removeFolder(programs));

  beforeEach(async () => {
    house = await House.build();
  });
  afterEach(async () => {
    await endWorkers();
    await house.remove();
  });

  const launch = (name: string, script = storyFile, other: Partial<Launch> = {}): RunningWorker => {
    const { url, project: folder } = house;
    return new RunningWorker({ name, url, token: house.token(name), folder, script, program, ...other });
  };

  const read = (name: string): string => readFileSync(join(house.project, name), 'utf8');

  const checkFiles = (course: Course): void => {
    assert.match(runProjectTests(house.project), /fail 0/);
    assert.deepEqual(changedFiles(house.project), [
      'CHANGELOG.md',
      'README.md',
      'src/chamberVolume.js',
      'src/fillTime.js',
      'test/chamberVolume.test.js',
      'test/fillTime.test.js',
    ]);
    const [does, inCode] =
      course.chosen === undefined ? ['throws a `RangeError`', 'throw'] : ['returns `NaN`', 'NaN'];
    const times = (file: string, words: string): number => read(file).split(words).length - 1;
    assert.equal(times('README.md', `it ${does}`), 1);
    assert.equal(times('CHANGELOG.md', `${does} for a negative depth`), 1);
    assert.equal(times('src/fillTime.js', `if (depth < 0) ${inCode === 'NaN' ? 'return NaN' : inCode}`), 1);
    assert.equal(times('test/fillTime.test.js', "test('a negative depth"), 1);
    assert.equal(times('test/fillTime.test.js', "test('a depth of 0"), course.reject?.includes(1) ? 1 : 0);
  };

  /** What the journal holds after the longest story was played without any disturbance; it is played once. */
  const undisturbed = async (): Promise<readonly unknown[]> => {
    if (known) return known;
    const other = await House.build();
    try {
      const { url, project: folder } = other;
      for (const name of names) launch(name, storyFile, { url, token: other.token(name), folder });
      await new Lead(other).story(longest);
      return (known = withoutHashes(other.events()));
    } finally {
      await endWorkers();
      await other.remove();
    }
  };

  const courses: [string, Course][] = [
    ['as it is recommended', {}],
    ['with the other answer', { chosen: 'Return NaN' }],
    ['with each first result rejected', longest],
  ];
  for (const [how, course] of courses) {
    it(`plays the story ${how}`, async () => {
      const workers = names.map((name) => launch(name));
      await new Lead(house).story(course);
      checkFiles(course);
      for (const worker of workers) {
        assert.ok(!worker.ended, worker.output);
        for (const token of house.tokens.values()) assert.ok(!worker.output.includes(token));
      }
      if (course === longest) known = withoutHashes(house.events());
    });
  }

  it('shows real output as its evidence', async () => {
    launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    await lead.answer(dispatch, 'Return NaN');
    const { packet } = await lead.result(dispatch);
    assert.deepEqual(
      packet.evidence.map(({ shows }) => shows.split('\n').at(-1)),
      [
        'I called it with the depth -1: fillTime returned NaN',
        'The line in the test: test/fillTime.test.js:16:  assert.equal(fillTime(chamber, -1, 2), NaN);',
        'ℹ fail 0',
      ],
    );
    assert.deepEqual(packet.files, ['test/fillTime.test.js', 'src/fillTime.js']);
  });

  /** Played from its beginning so often, the story takes half a minute. */
  const apart = inLong(1, 5);

  it(`killed at ${inLong('every act', 'every fifth act')} and launched again, it loses nothing and does nothing twice${mark}`, async () => {
    let held = 0;
    const holds = new Holds(house.folder);
    const workers = names.map((name) => launch(name, holds.script));
    const reached = await holds.during(new Lead(house).story(longest), async (letGo) => {
      held += 1;
      if (held % apart !== 0) return letGo();
      const { dispatches, live } = house.desk.state;
      const index = (at(dispatches, live[0] ?? 0)?.worker ?? 0) - 1;
      await workers[index]?.end('SIGKILL');
      letGo();
      workers[index] = launch(names[index] ?? '', holds.script);
    });
    assert.equal(reached, 31);
    checkFiles(longest);
    assert.deepEqual(withoutHashes(house.events()), await undisturbed());
  });

  it(`with the endpoint away at ${inLong('every act', 'every fifth act')} and back on its port, it loses nothing and does nothing twice${mark}`, async () => {
    let held = 0;
    const holds = new Holds(house.folder);
    const workers = names.map((name) => launch(name, holds.script));
    const away = (): number =>
      workers.map(({ output }) => output.split('does not answer').length).reduce((a, b) => a + b);
    const reached = await holds.during(new Lead(house).story(longest), async (letGo) => {
      held += 1;
      if (held % apart !== 0) return letGo();
      await house.shut();
      const before = away();
      letGo();
      // The next act either calls and finds nobody, or needs no call.
      await until(() => away() > before || holds.waiting() !== undefined, Boolean);
      await house.open();
    });
    assert.equal(reached, 31);
    assert.ok(away() > inLong(8, 1), 'the worker met a door that was not there');
    checkFiles(longest);
    assert.deepEqual(withoutHashes(house.events()), await undisturbed());
  });

  it('when the answer to each of its writes is lost, it loses nothing and does nothing twice', async () => {
    const forgetful = await ForgetfulDoor.before(house.port);
    try {
      for (const name of names) launch(name, storyFile, { url: forgetful.url });
      await new Lead(house).story(longest);
      assert.equal(forgetful.lost, 22);
    } finally {
      forgetful.close();
    }
    checkFiles(longest);
    assert.deepEqual(withoutHashes(house.events()), await undisturbed());
  });

  it('killed while its question is open, it waits for the same answer', async () => {
    const first = launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    await first.said('waiting for the answer');
    await first.end('SIGKILL');
    const second = launch('builder');
    await second.said('waiting for the answer to question 1');
    await lead.answer(dispatch, 'Return NaN');
    await lead.result(dispatch);
    assert.equal(house.desk.state.questions.size, 1);
  });

  it('tells more when its question is sent back', async () => {
    launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    const question = await house.until((state) => state.asked[0], 'a question');
    await lead.call('return_question', { question, missing: [{ field: 'CONTEXT', why: 'Who calls it?' }] });
    const context = await house.until(({ questions }) => {
      const asked = at(questions, question);
      return asked?.state === 'open' ? asked.packet.context : undefined;
    }, 'a revised question');
    assert.match(context, /I cannot go on without a word on it\.$/);
    await lead.answer(dispatch, 'Return NaN');
    await lead.result(dispatch);
  });

  it('says what it has no scene for, and goes on after the rejection', async () => {
    launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    await lead.answer(dispatch, 'None of these: take the absolute value');
    const blocked = await lead.result(dispatch);
    assert.equal(blocked.packet.outcome, 'blocked');
    assert.match(blocked.packet.open[0]?.words ?? '', /take the absolute value/);
    assert.deepEqual(changedFiles(house.project), []);
    await lead.reject(blocked);
    await lead.answer(dispatch, 'Return NaN');
    const done = await lead.result(dispatch);
    assert.equal(done.packet.outcome, 'done');
    assert.deepEqual(
      done.packet.earlierItems.map(({ closed }) => closed),
      [true],
    );
  });

  it('answers a TASK that no scene knows with a blocked result, and stays', async () => {
    const script = join(house.folder, 'other.json');
    writeFileSync(script, JSON.stringify({ scenes: [{ task: 'Something else', acts: [] }] }));
    const worker = launch('builder', script);
    const lead = new Lead(house);
    await lead.plan();
    const { packet } = await lead.result(await lead.dispatch('builder'));
    assert.equal(packet.outcome, 'blocked');
    assert.match(packet.open[0]?.words ?? '', /no scene for this TASK/);
    await worker.said('Waiting for the verdict.');
  });

  it('T2: stopped by the user in mid-scene it touches nothing until the word to go on', async () => {
    const worker = launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    await worker.said('waiting for the answer');
    await lead.answer(dispatch, 'Return NaN');
    await house.asUser({ type: 'instruct', words: story.instruction });
    await worker.said(`stopped by the user: ${story.instruction}`);
    const before = changedFiles(house.project);
    await house.asUser({ type: 'carry-on', instruction: 1 });
    assert.equal((await lead.result(dispatch)).packet.outcome, 'done');
    assert.ok(before.length < changedFiles(house.project).length);
  });

  it('withdrawn in mid-scene, it leaves the task and takes the next', async () => {
    const worker = launch('builder');
    const lead = new Lead(house);
    await lead.plan();
    const dispatch = await lead.dispatch('builder');
    await worker.said('waiting for the answer');
    await lead.call('withdraw_dispatch', { dispatch, reason: 'The order changes.' });
    await worker.said('Waiting for a task.');
    const again = await lead.dispatch('builder');
    await lead.answer(again, 'Return NaN');
    assert.equal((await lead.result(again)).packet.outcome, 'done');
  });
});

/** Tokens differ from one house to the next, and so do their hashes. */
function withoutHashes(events: readonly Record<string, unknown>[]): readonly unknown[] {
  return events.map(({ tokenHash: _, ...rest }) => rest);
}
