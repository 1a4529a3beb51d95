/** What a program that writes does with the words behind its name. */
export interface Program {
  /** `operands` are written; `copies` writes its last operand; `named` writes what its options name alone. */
  readonly kind: 'operands' | 'copies' | 'named';
  /** Options that take the next word as their value. */
  readonly valued?: readonly string[];
  /** Those of them whose value is written; for `copies`, the folder that is copied into. */
  readonly named?: readonly string[];
  /** What stands before a name that is written, as in `of=file`. */
  readonly prefix?: string;
  /** An option that makes it write all that lies below a folder. */
  readonly deep?: RegExp;
  /** Whether it writes at all, by its arguments. */
  readonly only?: (args: readonly string[]) => boolean;
  /** How many operands at the front are no files. */
  readonly skipped?: (args: readonly string[]) => number;
  /** Whether the sources of a copy are gone afterwards. */
  readonly moves?: boolean;
  /** Whether a single operand is copied into the folder. */
  readonly lone?: boolean;
}

const has = (args: readonly string[], form: RegExp): boolean => args.some((arg) => form.test(arg));
const recursive = /^(?:-[A-Za-z]*[rR][A-Za-z]*|--recursive)$/;
const modes: Program = {
  kind: 'operands',
  valued: ['--reference'],
  deep: /^(?:-[A-Za-z]*R[A-Za-z]*|--recursive)$/,
  skipped: (args) => (has(args, /^(?:--reference|-[rwxXst]+$)/) ? 0 : 1),
};

/** The programs that plainly write files they name. Every other one passes: what it wrote is seen on the disk. */
export const programs: Readonly<Record<string, Program>> = {
  rm: { kind: 'operands', deep: recursive },
  unlink: { kind: 'operands' },
  shred: { kind: 'operands', valued: ['-n', '-s'] },
  touch: { kind: 'operands', valued: ['-d', '-r', '-t', '--date', '--reference'] },
  truncate: { kind: 'operands', valued: ['-s', '-r', '--size', '--reference'] },
  tee: { kind: 'operands' },
  chmod: modes,
  chown: modes,
  chgrp: modes,
  sed: {
    kind: 'operands',
    valued: ['-e', '-f', '-l', '--expression', '--file'],
    only: (args) => has(args, /^(?:-[nEsruz]*i|--in-place)/),
    skipped: (args) => (has(args, /^(?:-[nErsuzi]*[ef]|--expression|--file)/) ? 0 : 1),
  },
  perl: {
    kind: 'operands',
    valued: ['-e', '-E', '-M', '-I'],
    only: (args) => has(args, /^-[pnlaw0]*i/),
    skipped: (args) => (has(args, /^-[a-df-hj-zA-Z0-9]*[eE]$/) ? 0 : 1),
  },
  mv: {
    kind: 'copies',
    valued: ['-t', '-S', '--target-directory', '--suffix'],
    named: ['-t', '--target-directory'],
    moves: true,
  },
  cp: {
    kind: 'copies',
    valued: ['-t', '-S', '--target-directory', '--suffix'],
    named: ['-t', '--target-directory'],
  },
  install: {
    kind: 'copies',
    valued: ['-t', '-m', '-o', '-g', '-S', '--target-directory', '--mode', '--owner', '--group'],
    named: ['-t', '--target-directory'],
    only: (args) => !has(args, /^(?:-d|--directory)$/),
  },
  ln: {
    kind: 'copies',
    valued: ['-t', '-S', '--target-directory', '--suffix'],
    named: ['-t', '--target-directory'],
    lone: true,
  },
  dd: { kind: 'named', prefix: 'of=' },
  curl: { kind: 'named', valued: ['-o', '--output'], named: ['-o', '--output'] },
  wget: { kind: 'named', valued: ['-O', '--output-document'], named: ['-O', '--output-document'] },
};
