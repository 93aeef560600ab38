import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonFile } from '../../../local/host/json-file';
import { StateDirectory } from '../../../local/host/state-directory';
import { UserError } from '../../../local/host/user-error';

describe('StateDirectory', () => {
  let parent: string;
  let directory: string;
  beforeEach(() => {
    parent = mkdtempSync(path.join(tmpdir(), 'state-'));
    directory = path.join(parent, 'deep', 'state');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('keeps values after a restart, in files that only the owner can read', () => {
    StateDirectory.open(directory, false).file('keys.json').write({ a: 1 });
    expect(StateDirectory.open(directory, false).file('keys.json').read()).toEqual({ a: 1 });
    expect(statSync(path.join(directory, 'keys.json')).mode & 0o077).toBe(0);
  });

  it('starts empty if asked to', () => {
    StateDirectory.open(directory, false).file('keys.json').write({ a: 1 });
    expect(StateDirectory.open(directory, true).file('keys.json').read()).toBeUndefined();
  });

  it('refuses a directory that another running process uses, even to empty it', () => {
    StateDirectory.open(directory, false).file('keys.json').write({ a: 1 });
    const lock = new JsonFile<{ pid: number }>(path.join(directory, 'host.lock'));
    lock.write({ pid: process.ppid });
    expect(() => StateDirectory.open(directory, true)).toThrow(UserError);
    expect(existsSync(path.join(directory, 'keys.json'))).toBe(true);
  });

  it('unlocks the directory of a process that has ended', () => {
    StateDirectory.open(directory, false);
    new JsonFile(path.join(directory, 'host.lock')).write({ pid: 2 ** 22 + 1 });
    expect(() => StateDirectory.open(directory, false)).not.toThrow();
  });

  it('is unlocked after its release', () => {
    StateDirectory.open(directory, false).release();
    expect(readdirSync(directory)).toEqual(['logs']);
  });
});
