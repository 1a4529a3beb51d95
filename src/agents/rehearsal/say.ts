const longestLine = 240;

/** Writes a line for the person who watches the terminal. What agents and files say cannot steer it. */
export function say(line: string): void {
  process.stdout.write(`${printable(line)}\n`);
}

export function printable(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, '\u{fffd}');
  const line = text.startsWith('  ') ? `  ${plain.trim()}` : plain.trim();
  return line.length > longestLine ? `${line.slice(0, longestLine).toWellFormed()}…` : line;
}
