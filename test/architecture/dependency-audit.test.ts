import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
/** The exit code with which the stand-in for npm ends the run after the audit. */
const AFTER_AUDIT = 7;

let directory: string;
beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), 'scim-audit-'))));
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Runs `.ci/run` with a stand-in for npm, whose audit prints a text and ends with a code. */
function runWithAudit(text: string, code: number) {
  const npm = path.join(directory, 'npm');
  writeFileSync(path.join(directory, 'report'), text);
  writeFileSync(
    npm,
    `#!/bin/sh
case "$1" in
ci) exit 0 ;;
audit) echo "$@" >"${directory}/arguments"; cat "${directory}/report"; exit ${code} ;;
*) exit ${AFTER_AUDIT} ;;
esac
`,
  );
  chmodSync(npm, 0o755);
  // The step after the audit looks for Chromium, and installs it if there is none.
  const env = { ...process.env, PATH: `${directory}:${process.env.PATH}`, CHROMIUM_PATH: process.execPath };
  const { status, stdout } = spawnSync(path.join(ROOT, '.ci/run'), { env, encoding: 'utf8' });
  return { status, stdout };
}

it('a finding of the audit ends the checks, and is printed', () => {
  const { status, stdout } = runWithAudit('example  1.0.0\nSeverity: high\n', 1);
  expect(status).toBe(1);
  expect(stdout).toContain('Severity: high');
  expect(stdout).not.toContain('Chromium');
});

it('the checks go on without a finding', () => {
  expect(runWithAudit('found 0 vulnerabilities\n', 0).status).toBe(AFTER_AUDIT);
});

it('the checks go on, with a message, if the registry does not answer audits', () => {
  const { status, stdout } = runWithAudit('npm error audit endpoint returned an error\n', 1);
  expect(status).toBe(AFTER_AUDIT);
  expect(stdout).toContain('The registry does not answer audits.');
});

it('the audit has the packages that are deployed, and reports from the severity high', () => {
  runWithAudit('found 0 vulnerabilities\n', 0);
  const flags = readFileSync(path.join(directory, 'arguments'), 'utf8');
  expect(flags.split(/\s+/)).toEqual(expect.arrayContaining(['--omit=dev', '--audit-level=high']));
});
