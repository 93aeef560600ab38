import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PortUnavailable } from '../../../local/host/http';
import { JsonFile } from '../../../local/host/json-file';
import { DirectoryInUse } from '../../../local/host/state-directory';
import { UserError } from '../../../local/host/user-error';
import { startAdvice } from '../../../local/product/start-advice';

describe('the message of a port that is taken ends with the flags of the user and another port', () => {
  it.each<[port: number, flag: string, args: string[], command: string]>([
    [3000, '--port', [], '--port 3010'],
    [3000, '--port', ['--fresh', '--stage', 'acme'], '--fresh --stage acme --port 3010'],
    [3010, '--port', ['--port', '3010', '--meter'], '--meter --port 3020'],
    [3010, '--port', ['--port=3010', '--meter'], '--meter --port 3020'],
    [3001, '--portal-port', ['--port', '3000'], '--port 3000 --portal-port 3011'],
    [80, '--port', ['--port', '80'], '--port 8080'],
    [65_530, '--port', ['--port', '65530'], '--port 65520'],
    [3000, '--port', ['--state', "it's here"], `--state 'it'\\''s here' --port 3010`],
  ])('%d %s %j', (port, flag, args, command) => {
    expect(startAdvice(new PortUnavailable('is taken', port, flag), args, '.local')).toBe(
      `Port ${port} is taken. Use another one, or 0 for a free one: npm start -- ${command}`,
    );
  });
});

describe('the message of a directory in use ends with a command that has another directory and free ports', () => {
  let parent: string;
  let state: string;
  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'advice-'));
    state = path.join(parent, '.local');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const advice = (...args: string[]) => startAdvice(new DirectoryInUse(state, 7), args, state);

  it('keeps the other flags', () => {
    expect(advice('--fresh', '--port', '3000', '--state', state)).toBe(
      `${state} is in use by process 7. Stop it, or use another directory. For example, with free ports: ` +
        `npm start -- --fresh --port 0 --state ${state}-2`,
    );
    expect(advice('--portal-port=4000')).toContain(`-- --port 0 --portal-port 0 --state ${state}-2`);
  });

  it('skips directories that are in use, too', () => {
    mkdirSync(`${state}-2`);
    new JsonFile(path.join(`${state}-2`, 'host.lock')).write({ pid: process.ppid });
    expect(advice()).toContain(`--state ${state}-3`);
  });
});

it('other messages stay as they are', () => {
  expect(startAdvice(new UserError('Install Java.'), ['--fresh'], '.local')).toBe('Install Java.');
});
