import { basename } from 'node:path';
import type { Word } from './draft.ts';

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

/** The words from the program's own name on: without keywords, assignments and what only carries a command. */
export function withoutLead(words: readonly Word[]): readonly Word[] {
  let at = 0;
  for (let word = words[at]; word !== undefined; word = words[at]) {
    const options = carriers[basename(word.text)];
    if (leads.has(word.text) || /^[A-Za-z_]\w*\+?=/.test(word.text)) at += 1;
    else if (runners.test(word.text) && running.test(words[at + 1]?.text ?? '')) {
      at += words[at + 2]?.text === '--' ? 3 : 2;
    } else if (options === undefined || words[at + 1] === undefined) break;
    else {
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

/** Whether xargs carries it: its files are then what it reads. */
export const isXargs = (words: readonly Word[]): boolean =>
  words.some(
    ({ text }, at) => basename(text) === 'xargs' && withoutLead(words.slice(at)).length < words.length - at,
  );
