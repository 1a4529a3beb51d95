/** What a program that writes does with the words behind its name. */
export interface Program {
  /** `operands` are written; `copies` writes its last operand; `named` writes what its options name alone; `unpacks` any file below a folder. */
  readonly kind: 'operands' | 'copies' | 'named' | 'unpacks';
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
  /** Whether it makes links: a single operand into the folder it is called in. */
  readonly links?: boolean;
  /** Whether of a source that ends in `/` only what lies in it is copied. */
  readonly spreads?: boolean;
}

const has = (args: readonly string[], form: RegExp): boolean => args.some((arg) => form.test(arg));
const recursive = /^(?:-[A-Za-z]*[rR][A-Za-z]*|--recursive)$/;
const any = /^/;
const writesInPlace = (args: readonly string[]): boolean =>
  !has(args, /^(?:-[a-z]*[clt][a-z]*|--stdout|--list|--test)$/);
const unpacks = (args: readonly string[]): boolean =>
  has(args, /^(?:-[A-Za-z]*x[A-Za-z]*|--extract|--get)$/) || /^[a-z]*x[a-z]*$/.test(args[0] ?? '');
const inPlace: Program = {
  kind: 'operands',
  valued: ['-i', '-f', '-v', '-F'],
  only: (args) => args.includes('inplace'),
  skipped: (args) => (has(args, /^-f$/) ? 0 : 1),
};
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
    links: true,
  },
  rsync: {
    kind: 'copies',
    valued: ['-e', '-f', '--rsh', '--exclude', '--include', '--filter', '--files-from', '--exclude-from'],
    only: (args) => !has(args, /^(?:-[A-Za-z]*n[A-Za-z]*|--dry-run|--list-only)$/),
    spreads: true,
  },
  scp: { kind: 'copies', valued: ['-i', '-P', '-o', '-F', '-J', '-c', '-l', '-S'] },
  sponge: { kind: 'operands' },
  rmdir: { kind: 'operands' },
  gzip: { kind: 'operands', only: writesInPlace },
  gunzip: { kind: 'operands', only: writesInPlace },
  bzip2: { kind: 'operands', only: writesInPlace },
  xz: { kind: 'operands', only: writesInPlace },
  sort: { kind: 'named', valued: ['-o', '--output', '-k', '-t', '-T', '-S'], named: ['-o', '--output'] },
  awk: inPlace,
  gawk: inPlace,
  ruby: {
    kind: 'operands',
    valued: ['-e', '-r', '-I'],
    only: (args) => has(args, /^-[pnla]*i/),
    skipped: (args) => (has(args, /^-[A-Za-z]*e$/) ? 0 : 1),
  },
  ed: { kind: 'operands' },
  ex: { kind: 'operands', valued: ['-c', '-S'] },
  yq: {
    kind: 'operands',
    only: (args) => has(args, /^(?:-[a-z]*i[a-z]*|--inplace)$/),
    skipped: () => 1,
  },
  // Formatters and fixers, where they are told to change files and which.
  prettier: { kind: 'operands', deep: any, only: (args) => has(args, /^(?:-w|--write)$/) },
  eslint: {
    kind: 'operands',
    deep: any,
    only: (args) => has(args, /^--fix$/),
    valued: ['-c', '--config', '--ext'],
  },
  gofmt: { kind: 'operands', deep: any, only: (args) => has(args, /^-[a-z]*w/) },
  'clang-format': { kind: 'operands', only: (args) => has(args, /^-i$/) },
  black: { kind: 'operands', deep: any, only: (args) => !has(args, /^--(?:check|diff)$/) },
  ruff: {
    kind: 'operands',
    deep: any,
    only: (args) => (args[0] === 'format' ? !has(args, /^--(?:check|diff)$/) : has(args, /^--fix$/)),
    skipped: () => 1,
  },
  rustfmt: { kind: 'operands', only: (args) => !has(args, /^--check$/) },
  // What they unpack stands in the archive: anything below the folder.
  tar: {
    kind: 'unpacks',
    valued: ['-C', '--directory', '-f', '--file'],
    named: ['-C', '--directory'],
    only: unpacks,
  },
  unzip: {
    kind: 'unpacks',
    valued: ['-d'],
    named: ['-d'],
    only: (args) => !has(args, /^-[a-z]*[lptvzZ]/),
  },
  dd: { kind: 'named', prefix: 'of=' },
  curl: { kind: 'named', valued: ['-o', '--output'], named: ['-o', '--output'] },
  wget: { kind: 'named', valued: ['-O', '--output-document'], named: ['-O', '--output-document'] },
};
