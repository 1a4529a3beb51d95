/** A command line taken apart, or why it cannot be started without a shell. */
export type ParsedCommand = { readonly argv: readonly string[] } | { readonly why: string };

const escapable = ' \t"\'\\;|&<>()$`*?#~!{}[]';
const shellOnly = new Set(
  '! . [[ alias bg case cd eval exec export fg for function if popd pushd read set source ulimit umask unset until wait while'.split(
    ' ',
  ),
);

/** What a character outside of quotes would ask of a shell; `rest` begins with it. */
function shellWord(rest: string, atWordStart: boolean): string | undefined {
  const two = rest.slice(0, 2);
  if (two === '&&' || two === '||' || two === ';;')
    return `"${two}" joins commands, and no shell reads this line`;
  if (two === '$(' || rest.startsWith('`')) return 'a command inside a command needs a shell';
  if (/^\$[\w{?@*#$!-]/.test(two)) return 'a "$" variable is not filled in, because no shell reads this line';
  if (rest.startsWith('|')) return '"|" pipes into another command, and no shell reads this line';
  if (rest.startsWith(';')) return '";" joins commands, and no shell reads this line';
  if (rest.startsWith('&'))
    return '"&" is read by a shell only; put the argument in quotes if it is meant as it stands';
  if (rest.startsWith('<') || rest.startsWith('>'))
    return `"${rest.charAt(0)}" redirects, and no shell reads this line`;
  if (rest.startsWith('(') || rest.startsWith(')'))
    return 'brackets outside of quotes are read by a shell only';
  if (rest.startsWith('\n')) return 'this is more than one line; give each command a line of its own';
  if (atWordStart && rest.startsWith('#')) return 'a "#" remark is not part of a command';
  if (atWordStart && /^~(?:[/\\\s]|$)/.test(two))
    return '"~" is not filled in, because no shell reads this line';
  return undefined;
}

/** Splits a line into words; quotes and backslashes as in a POSIX shell, but `C:\tools` stays as it is. */
function splitWords(line: string): ParsedCommand {
  const argv: string[] = [];
  let word = '';
  let begun = false;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
        word += next;
        at += 1;
      } else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      begun = true;
    } else if (char === '\\' && next !== '' && escapable.includes(next)) {
      word += next;
      begun = true;
      at += 1;
    } else if (char === ' ' || char === '\t') {
      if (begun) argv.push(word);
      word = '';
      begun = false;
    } else {
      const why = shellWord(line.slice(at, at + 3), !begun);
      if (why !== undefined) return { why };
      word += char;
      begun = true;
    }
  }
  if (quote !== '') return { why: `the quote ${quote} is not closed` };
  if (begun) argv.push(word);
  return { argv };
}

/** P4: a VERIFY line as a program and its arguments; refused where it would need a shell to run. */
export function parseCommandLine(line: string): ParsedCommand {
  const text = line.trim();
  if (/^\$\s/.test(text)) return { why: 'the "$" of the prompt is not part of the command' };
  const parsed = splitWords(text);
  if ('why' in parsed) return parsed;
  const program = parsed.argv[0];
  if (program === undefined || program.trim() === '') return { why: 'no program is named' };
  if (text.includes('\0') || parsed.argv.some((word) => word.includes('\0')))
    return { why: 'it holds a NUL character' };
  if (/^[A-Za-z_]\w*=/.test(program)) {
    return { why: `"${program}" sets a variable, which only a shell does before a command` };
  }
  if (shellOnly.has(program)) return { why: `"${program}" is a word of the shell and no program` };
  if (program.startsWith('-')) return { why: `"${program}" is an option; the program before it is missing` };
  return parsed;
}
