import { basename } from 'node:path';
import type { Word } from './draft.ts';
import { stepsIn } from './words.ts';

const leads = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time', 'coproc']);
/** Programs that run the rest of their line, with their options that take a value. */
const carriers: Readonly<Record<string, string>> = {
  sudo: 'ugphCDRTrt',
  doas: 'uC',
  env: 'uCS',
  nohup: '',
  command: '',
  builtin: '',
  exec: 'a',
  nice: 'n',
  ionice: 'cnp',
  stdbuf: 'ioe',
  timeout: 'ks',
  xargs: 'IiLlnPsdEa',
  setsid: '',
  busybox: '',
  caffeinate: '',
  chronic: '',
  flock: 'wEc',
  npx: 'pc',
  bunx: '',
  pnpx: '',
  strace: 'eopsuE',
  unbuffer: '',
};

/** Package runners, and the word behind which they run a program. */
const runners = /^(?:npm|pnpm|yarn|bun|uv|poetry|pipenv|hatch|rye)$/;
const running = /^(?:exec|dlx|x|run)$/;

/** One `env -S` in another. */
const deepest = 4;

/** The words from the program's own name on: without keywords, assignments and what only carries a command. */
export function withoutLead(words: readonly Word[], depth = 0): readonly Word[] {
  let at = 0;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const options = carriers[basename(word.text)];
    if (leads.has(word.text) || /^[A-Za-z_]\w*\+?=/.test(word.text)) at += 1;
    else if (runners.test(word.text) && running.test(words[at + 1]?.text ?? '')) {
      at += words[at + 2]?.text === '--' ? 3 : 2;
    } else if (options === undefined || words[at + 1] === undefined) break;
    else {
      const split = basename(word.text) === 'env' && depth < deepest ? splitText(words, at + 1) : undefined;
      if (split) return withoutLead([...split.words, ...words.slice(split.behind)], depth + 1);
      const takesOne = /^(?:timeout|flock)$/.test(basename(word.text));
      for (at += 1; words[at]?.text.startsWith('-') === true; at += 1) {
        const letter = /^-([A-Za-z])$/.exec(words[at]?.text ?? '')?.[1];
        if (letter !== undefined && options.includes(letter)) at += 1;
      }
      if (takesOne) at += 1;
    }
  }
  return words.slice(at);
}

/** What `env -S` makes of one text: the words of a command; behind them go those that follow. */
function splitText(
  words: readonly Word[],
  from: number,
): { readonly words: readonly Word[]; readonly behind: number } | undefined {
  for (let at = from; words[at] !== undefined; at += 1) {
    const { text = '', isKnown = false } = words[at] ?? {};
    const joined = /^(?:-[A-Za-z]*S|--split-string=?)([^]*)$/.exec(text)?.[1];
    if (joined === undefined) {
      if (!text.startsWith('-') && !/^\w+=/.test(text)) return undefined;
      continue;
    }
    const value = joined === '' ? words[at + 1] : { text: joined, isKnown };
    const step = value?.isKnown ? stepsIn(value.text, '~').find(({ kind }) => kind === 'command') : undefined;
    const behind = joined === '' ? at + 2 : at + 1;
    return step?.kind === 'command' ? { words: step.words, behind } : undefined;
  }
  return undefined;
}

/** Whether xargs carries it: its files are then what it reads. */
export const isXargs = (words: readonly Word[]): boolean =>
  words.some(
    ({ text }, at) => basename(text) === 'xargs' && withoutLead(words.slice(at)).length < words.length - at,
  );
