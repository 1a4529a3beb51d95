export const titles = {
  on: 'Debug Mode',
  off: 'End Debug Mode',
  describe: 'Describe a Bug',
  fire: 'Rollback Trigger Fired',
  watch: 'Run What a Rollback Trigger Watches',
} as const;

export const asks = {
  todo: 'Which TODO?',
  whole: 'The Whole Orchestration',
  on: 'Why is it debugged? A fix then goes out only with what reproduces its bug.',
  off: 'Why does debug mode end?',
  command: { prompt: 'Which command reproduces it? One, as it is typed.', placeholder: 'npm test -- gate' },
  shows: { prompt: 'What does it show now?', placeholder: '1 failing: the gate hangs' },
  risk: 'How risky is the fix?',
  why: { prompt: 'Why is it risky, or not?', placeholder: 'One line, covered by a test' },
  watch: { prompt: 'What is watched once the fix is in?', placeholder: 'The error rate of the gate' },
  fires: { prompt: 'Which reading takes it back?', placeholder: 'More than two errors in an hour' },
  by: {
    prompt: 'Which command shows it? One, as it is typed; nothing where somebody looks.',
    placeholder: 'npm run errors -- gate',
  },
  trigger: 'Whose trigger?',
  reading: (fires: string) => `What was read? It is taken back at: ${fires}`,
  undo: { prompt: 'What is undone then?', placeholder: 'The commit of the fix' },
} as const;

export const playbookAsks = {
  title: 'Add a TODO from a Playbook',
  playbook: 'Which playbook?',
  packet: 'Which packet?',
  shipped: 'comes with Lockkeeper',
  own: (name: string) => `of this workspace, ${name}`,
  bad: 'cannot be used',
  read: 'Read the Playbook',
  opened: 'The playbook is open.',
  blanks: {
    bug: { prompt: 'What is wrong, in a line?', placeholder: 'the gate takes a negative depth' },
    file: { prompt: 'In which file? Left empty it stays to be written.', placeholder: 'src/gate.js' },
    test: {
      prompt: 'In which file is its test? Left empty it stays to be written.',
      placeholder: 'test/gate.test.js',
    },
    command: {
      prompt: 'Which command shows it? Left empty it stays to be written.',
      placeholder: 'npm test -- gate',
    },
  },
} as const;

export const rows = {
  low: { label: 'Low', description: 'One that touches a critical file is risky in any case' },
  risky: { label: 'Risky', description: 'It gets a rollback trigger' },
  none: { label: 'No Rollback Trigger' },
  some: {
    label: 'A Rollback Trigger',
    description: 'What is watched, which reading fires it, what is undone',
  },
} as const;
export const hasRollback = 'Does it get a rollback trigger?';

export const watching = {
  name: (todo: number) => `What the trigger of TODO ${todo} watches`,
  ended: (ended: string, reading: string) => `It ${ended}. The trigger fires at: ${reading}`,
} as const;

export const confirms = {
  fire: (todo: number, result: number, undo: string) => ({
    question: `Takes back what result ${result} changed (${undo}): TODO ${todo} returns to the head of the list, or a new TODO reverts it.`,
    yes: 'Take It Back',
    no: 'It Did Not Fire',
  }),
  off: (what: string) => ({
    question: `Ends debug mode for ${what}: its fix needs no reproduction any more.`,
    yes: 'End Debug Mode',
    no: 'Stay in Debug Mode',
  }),
} as const;
