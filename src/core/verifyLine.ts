import { parseCommandLine } from './commandLine.ts';
import { canBeSeen } from './measured.ts';
import { isBlank, linesOf } from './plainText.ts';
import { byEye } from './verifyCommands.ts';

/** Why a line of VERIFY proves nothing, and one that would, if its words give one. */
export type VerifyFault = { readonly why: string; readonly better: string | undefined };

const proseStart =
  /^(?:run|rerun|running|check|checking|verify|verifying|ensure|confirm|manually|manual|please|look|see|open|execute|review|ask|click|compare|inspect|try|use|start|visit|load|navigate|watch|the|all|a|an|it|you|we|i|everything|unit|tests|testing|test (?:that|the|it|whether|if|all|by|on|manually|in|everything)|make sure|go to|go through|go over|make it|none|n\/a|tbd|todo|nothing|ci|qa|green|should|after|when|if|then|every|no|launch|play|read|build the|deploy the|install the|log ?in|same|as|visual|visually|eyeball|code review|peer review)(?=[\s,.:;!]|$)/i;
const proseWords =
  /^(?:the|is|are|that|should|with|when|works?|properly|correctly|still|see|shows?|and|passes|all|no|into|must|be|it)$/i;
const verdict =
  /\s{1,4}(?:(?:still |all )?(?:passes|pass|succeeds?|fails|works|is (?:green|clean|ok|happy)|are green|runs? (?:clean|through|without errors?)|exits?(?: with)?(?: code)? (?:0|zero|cleanly)|returns? (?:0|zero)|without (?:errors?|warnings?)|(?:must|should) (?:pass|be green|succeed)))\.?$/i;
const outerTicks = /^`+([^`]+)`+[.,]?$/;

const spawnable = (line: string): boolean =>
  !('why' in parseCommandLine(line)) && proseWhy(line) === undefined;

/** Why a line that could be split into words is a sentence all the same. */
function proseWhy(line: string): string | undefined {
  const parsed = parseCommandLine(line);
  if ('why' in parsed) return undefined;
  const [program = ''] = parsed.argv;
  if (proseStart.test(line) && !/^\S{1,40}\s+-/.test(line)) return 'it reads as a sentence, not as a command';
  if (/[\p{L}\p{N}_)]/u.test(program) && !/^[\p{L}\p{N}_@./\\: +-]+$/u.test(program))
    return `"${program}" is no name of a program`;
  if (!/[\p{L}\p{N}]/u.test(program)) return `"${program}" is no name of a program`;
  if (/,\s+(?:then|and|check|see|look|it|the)\s/i.test(line.replace(/"[^"]*"|'[^']*'/g, ''))) {
    return 'it reads as a sentence, not as a command';
  }
  const capital =
    /^\p{Lu}\p{Ll}+,?$/u.test(program) &&
    parsed.argv.length > 2 &&
    !parsed.argv.some((word) => word.startsWith('-'));
  const plain = parsed.argv.filter((word) => proseWords.test(word)).length;
  if (capital || (plain >= 2 && !parsed.argv.some((word) => word.startsWith('-'))))
    return 'it reads as a sentence, not as a command';
  if (verdict.test(line) && parsed.argv.length > 2)
    return 'the outcome is no part of the command; it belongs in DONE-WHEN';
  return undefined;
}

/** A command that the writer's own words hold: between backticks, behind "Run", before an operator. */
function commandWithin(line: string): string | undefined {
  const folder = /^cd\s+([\w./@-]+)\s*(?:&&|;)\s*npm\s+(.+)$/.exec(line);
  const joined = line.split(/\s{0,4}(?:&&|;)\s{0,4}/).filter((part) => part !== '');
  const candidates = [
    folder === null ? undefined : `npm --prefix ${folder[1] ?? ''} ${folder[2] ?? ''}`,
    outerTicks.exec(line)?.[1],
    line.replace(/^[$>]\s+/, ''),
    /`([^`\n]{2,300})`/.exec(line)?.[1],
    line.replace(verdict, ''),
    joined.length > 1 && joined.every(spawnable) ? joined.join('\n') : undefined,
    line
      .replace(/^(?:please\s+)?(?:run|execute|start)(?:ning)?:?\s+/i, '')
      .replace(verdict, '')
      .replace(/\.$/, ''),
    line.split(/\s{0,4}(?:->|=>|→|\||[12]?>|\s#|&&|;|,\s)/, 1)[0],
    line.split(/\s{0,4}(?:->|=>|→|\||[12]?>|\s#|&&|;|,\s)/, 1)[0]?.replace(verdict, ''),
    line.replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, ''),
  ];
  return candidates
    .map((candidate) => candidate?.trim())
    .find(
      (candidate) =>
        candidate !== undefined &&
        candidate !== line &&
        candidate.split('\n').every((part) => part !== '' && spawnable(part)),
    );
}

/** P4: why a line of VERIFY is not taken, or nothing where it is a command or says what is to be seen. */
export function verifyFault(line: string): VerifyFault | undefined {
  if (isBlank(line)) return { why: 'A line of VERIFY is blank.', better: undefined };
  if (byEye.test(line)) {
    const seen = line.replace(byEye, '');
    if (isBlank(seen)) return { why: '"by eye:" does not say what is to be seen.', better: undefined };
    return canBeSeen(seen)
      ? undefined
      : { why: 'It does not say what exactly is to be seen, and where.', better: undefined };
  }
  const parsed = parseCommandLine(line);
  const wrapped = outerTicks.test(line) ? 'the backticks around it are not part of the command' : undefined;
  const why = 'why' in parsed ? (wrapped ?? parsed.why) : proseWhy(line);
  if (why === undefined) return undefined;
  const sentence =
    /^\s*(?:please\s+)?(?:check|verify|confirm|ensure|see|look)(?:\s+(?:that|whether|if))?\s+(.+)$/is.exec(
      line,
    )?.[1];
  const seen = `by eye: ${(sentence ?? line).trim().replaceAll('\n', ' ')}`;
  const command = commandWithin(line);
  const better = command ?? (!('why' in parsed) && canBeSeen(seen.slice(8)) ? seen : undefined);
  return {
    why: `This cannot be run as it stands: ${why}. Write a command, or "by eye:" and what is to be seen.`,
    better,
  };
}

/** The lines of VERIFY: an entry of several lines is several commands, a "by eye:" entry stays whole. */
export function readVerify(entries: readonly string[]): readonly string[] {
  return entries
    .flatMap((entry) => (byEye.test(entry.trim()) ? [entry] : linesOf(entry)))
    .map((line) => line.trim());
}

/** The first line of VERIFY that is a command which can be started. */
export function firstCommand(entries: readonly string[] | undefined): string | undefined {
  return readVerify(entries ?? []).find(
    (line) => !byEye.test(line) && verifyFault(line) === undefined && !line.includes('`'),
  );
}
