// Runs on Node 20 before anything is installed: built-in modules only.
import { spawn } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rig = join(root, 'test', 'rig');
const agents = join(root, 'test', 'agents');
const kept = join(root, '.rig');

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether node_modules holds what package-lock.json asks for; a package for another platform may lack. */
function matchesLock(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  const wanted = Object.entries(readJson(join(folder, 'package-lock.json')).packages);
  return wanted.every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (path in installed ? installed[path].version === version : optional === true),
  );
}

/** Silent when it works; everything it printed when it does not. */
function quietly(command, args, options) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell, ...options });
    const printed = [];
    child.stdout.on('data', (chunk) => printed.push(chunk));
    child.stderr.on('data', (chunk) => printed.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        new Error(`${command} ${args.join(' ')} ended with ${code}\n${Buffer.concat(printed).toString()}`),
      );
    });
  });
}

const npm = (folder, ...args) =>
  quietly('npm', [...args, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });

/** The npm package carries its browser packed; it unpacks itself, and its libraries only where it is told to. */
async function unpackBrowser() {
  const packed = join(rig, 'node_modules', '@sparticuz', 'chromium');
  if (process.platform !== 'linux' || !existsSync(packed)) return;
  const unpacked = join(kept, `browser-${readJson(join(packed, 'package.json')).version}`);
  if (existsSync(unpacked)) return;
  say('unpacking the browser');
  const half = join(kept, 'browser-unpacking');
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const node = join(rig, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  const script = "const { default: c } = await import('@sparticuz/chromium'); await c.executablePath();";
  await quietly(existsSync(node) ? node : process.execPath, ['--input-type=module', '--eval', script], {
    cwd: rig,
    env: { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  renameSync(half, unpacked);
}

async function installRig() {
  if (!matchesLock(rig)) {
    say('installing a VS Code workbench and a browser from the npm registry');
    await npm(rig, 'ci');
  }
  const workbench = join(rig, 'node_modules', 'code-server', 'lib', 'vscode');
  const installs = [workbench, join(workbench, 'extensions')].map(async (folder) => {
    if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
    say(`installing what ${folder === workbench ? 'the workbench' : 'its built-in extensions'} needs`);
    await npm(folder, 'install', '--omit=dev');
  });
  await Promise.all([...installs, unpackBrowser()]);
}

const say = (what) => process.stderr.write(`lockkeeper: ${what} …\n`);

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Two runs in one folder must not install over each other. */
async function alone(work) {
  mkdirSync(kept, { recursive: true });
  const lock = join(kept, 'installing');
  const claim = `${lock}-${process.pid}`;
  writeFileSync(claim, String(process.pid));
  for (;;) {
    try {
      linkSync(claim, lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (alive(Number(existsSync(lock) ? readFileSync(lock, 'utf8') : process.pid))) await wait(200);
    else rmSync(lock, { force: true });
  }
  rmSync(claim);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

export function ensure({ withRig = false, withAgents = false } = {}) {
  return alone(async () => {
    if (!matchesLock(root)) {
      say('installing packages');
      await npm(root, 'ci');
    }
    if (withRig) await installRig();
    if (withAgents && !matchesLock(agents)) {
      say('installing real agents from the npm registry, about 1.1 GB');
      await npm(agents, 'ci');
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await ensure({ withRig: process.argv.includes('--rig') });
