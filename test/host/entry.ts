import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * `console.log` of an extension host refuses assignment, and what it prints arrives elsewhere unformatted.
 * `console.error` stays: the host itself complains there.
 */
function copyConsole(): void {
  const value = (...words: unknown[]) => appendFileSync(beside('./console.txt'), `${format(...words)}\n`);
  Object.defineProperty(console, 'log', { value, configurable: true, writable: true });
}

/** Called by VS Code inside the extension host. A run that leaves no result file has failed. */
export async function run(): Promise<void> {
  copyConsole();
  const { default: Mocha } = await import('mocha');
  const options = JSON.parse(readFileSync(beside('./options.json'), 'utf8')) as Mocha.MochaOptions;
  const mocha = new Mocha({ ui: 'bdd', timeout: 120_000, color: false, forbidOnly: true, ...options });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  const tests = './tests.mjs';
  await import(tests);
  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const started = mocha.run(() => resolve(started));
  });
  const { passes = 0, failures = 1 } = runner.stats ?? {};
  writeFileSync(beside('./result.json'), JSON.stringify({ passed: passes, failed: failures }));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
