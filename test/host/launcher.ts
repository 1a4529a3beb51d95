/** Takes the arguments of a VS Code, and runs the tests they name in the workbench from the registry. */
import { parseArgs } from 'node:util';
import { openBrowser } from '../rig/browser.ts';
import { startServer } from '../rig/server.ts';

const patience = 10 * 60_000;

const { values, positionals } = parseArgs({
  options: { extensionTestsPath: { type: 'string' }, extensionDevelopmentPath: { type: 'string' } },
  allowPositionals: true,
  strict: false,
});

async function launch(): Promise<number> {
  const server = await startServer({ testDriver: true, lean: true });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const finished = new Promise<number>((resolve) => {
      const stop = (code: number) => resolve(code);
      page.exposeFunction('codeAutomationExit', stop).catch(() => resolve(1));
      page.once('crash', () => resolve(1));
      AbortSignal.timeout(patience).addEventListener('abort', () => resolve(124));
    });
    const remote = (path: unknown) => `vscode-remote://127.0.0.1:${server.port}${String(path)}`;
    const payload = [
      ['extensionDevelopmentPath', remote(values.extensionDevelopmentPath)],
      ['extensionTestsPath', remote(values.extensionTestsPath)],
    ] as const;
    const response = await page.goto(server.url(positionals[0], payload));
    if (response?.ok() !== true)
      throw new Error(`The workbench answered ${response?.status()}\n${server.printed()}`);
    return await finished;
  } finally {
    await browser.close();
    await server.stop();
  }
}

process.exitCode = await launch();
