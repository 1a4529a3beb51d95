import assert from 'node:assert/strict';
import { environment } from '../../../src/running/environment.ts';

describe('the environment of what we start', () => {
  it('holds what a program needs, and nothing else of the editor’s', () => {
    const own = { PATH: '/bin', LC_ALL: 'C', VSCODE_PID: '1', AWS_SECRET: 'x', HOME: undefined };
    assert.deepEqual(environment(own), { PATH: '/bin', LC_ALL: 'C' });
  });

  it('where there is a proxy, this machine is not asked of it, and what else is not stays so', () => {
    const https_proxy = 'http://proxy.example:8080';
    const no = (given: Record<string, string>): unknown => environment({ https_proxy, ...given });
    assert.deepEqual(no({}), { https_proxy, NO_PROXY: '127.0.0.1,localhost' });
    assert.deepEqual(no({ no_proxy: '.example, localhost' }), {
      https_proxy,
      no_proxy: '.example,localhost,127.0.0.1',
    });
    assert.deepEqual(no({ NO_PROXY: 'a', no_proxy: '*' }), {
      https_proxy,
      NO_PROXY: 'a,127.0.0.1,localhost',
      no_proxy: '*',
    });
  });
});
