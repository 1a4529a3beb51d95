import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { platform, arch } = process;

/**
 * What goes before a program and its arguments to run it in a network of its own, in which this machine's loopback is
 * and nothing else: the sandbox that one of the agents brings along. Undefined where the system gives no such network.
 * Names are asked for at an address outside, so that who asks for one is seen too (test/agents/outside.ts).
 */
export function cutOff(root, scratch) {
  if (platform !== 'linux') return undefined;
  const vendor = join(root, `test/agents/node_modules/@openai/codex-linux-${arch}/vendor`);
  const sandbox = (existsSync(vendor) ? readdirSync(vendor) : [])
    .map((target) => join(vendor, target, 'codex-resources/bwrap'))
    .find(existsSync);
  if (sandbox === undefined) return undefined;
  const asked = join(scratch, 'resolv.conf');
  writeFileSync(asked, 'nameserver 192.0.2.1\noptions timeout:1 attempts:1\n');
  const known = '/etc/resolv.conf';
  const prefix = [
    sandbox,
    ...['--dev-bind', '/', '/', '--unshare-user', '--unshare-net', '--die-with-parent'],
    ...(existsSync(known) ? ['--ro-bind', asked, realpathSync(known)] : []),
  ];
  const [program, ...args] = [...prefix, process.execPath, '-e', '0'];
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0 ? prefix : undefined;
}
