import type { NewRow, Receipt } from './port.ts';

/**
 * SQLite would turn a lone surrogate into U+FFFD without a word, so such text is refused; JSON text can carry one
 * as a `\u` escape. Answers the first thing that cannot be kept as given, in words, or nothing.
 */
export function unkeepable(rows: readonly NewRow[], receipts: readonly Receipt[]): string | undefined {
  for (const row of rows) {
    for (const name of ['orchestration', 'at', 'version'] as const) {
      if (!Number.isSafeInteger(row[name])) return `${name} is not a whole number: ${row[name]}`;
    }
    for (const name of ['actor', 'type', 'command', 'body'] as const) {
      if (!isWellFormed(row[name])) return `${name} holds half a character (a lone surrogate)`;
    }
    if (!isJson(row.body)) return 'body is not JSON text';
  }
  const seen = new Set<string>();
  for (const receipt of receipts) {
    for (const name of ['command', 'digest', 'answer'] as const) {
      if (!isWellFormed(receipt[name]))
        return `the receipt's ${name} holds half a character (a lone surrogate)`;
    }
    if (seen.has(receipt.command)) return `two receipts for one command: ${receipt.command}`;
    seen.add(receipt.command);
  }
  return undefined;
}

function isWellFormed(text: unknown): boolean {
  return typeof text === 'string' && text.isWellFormed();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
