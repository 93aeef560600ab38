import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Use } from '../../../local/cloud/iam/usage';
import { JsonFile } from '../../../local/host/json-file';
import { grantText, reportUsage, USAGE_FILE, type UsageReport } from '../../../local/product/iam-usage';
import { STATE_DIRECTORY_VARIABLE, systemAssembly } from './start-system';

/** The settings of Jest that select tests. */
export interface Selection {
  readonly findRelatedTests?: boolean;
  readonly onlyChanged?: boolean;
  readonly onlyFailures?: boolean;
  readonly shard?: object;
  readonly testNamePattern?: string;
  readonly testPathPattern?: string;
  readonly watch?: boolean;
}

/**
 * Fails a run of engine tests if IAM refused a request of a function. A run of all of them also fails if a
 * function has a permission that no test used.
 */
export function checkIamUsage(selection: Selection): void {
  const state = process.env[STATE_DIRECTORY_VARIABLE] ?? '';
  const file = path.join(state, USAGE_FILE);
  const uses = new JsonFile<readonly Use[]>(file).read() ?? [];
  const kept = process.env.SCIM_IAM_USAGE;
  if (kept) copyFileSync(file, kept);
  const report = reportUsage(systemAssembly(), uses);
  const complete = isComplete(selection);
  if (!complete) console.log('Only a run of all tests shows which permissions of functions are unused.');
  const problems = [...refusals(report), ...(complete ? unusedGrants(report) : [])];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

export const isComplete = (selection: Selection): boolean =>
  !selection.testPathPattern &&
  !selection.testNamePattern &&
  !selection.shard &&
  !selection.onlyChanged &&
  !selection.onlyFailures &&
  !selection.findRelatedTests &&
  !selection.watch;

/**
 * Returns what IAM refused. A function may hide a refusal, for example if it works without the rate counter.
 */
export const refusals = ({ refused }: UsageReport): string[] =>
  refused.length === 0 ? [] : ['IAM refused requests of functions:', ...refused];

/** Returns which permissions the functions did not use. */
export function unusedGrants({ unused, outdated }: UsageReport): string[] {
  const lines = [
    ...unused.map((grant) => `unused: ${grantText(grant)}`),
    ...outdated.map((entry) => `no grant matches: ${JSON.stringify(entry)}`),
  ];
  if (lines.length === 0) return [];
  return [
    'The tests did not use these permissions of functions:',
    ...lines,
    'If no test failed, remove the permissions from lib/, or explain them in local/product/rare-grants.ts.',
  ];
}
