import path from 'node:path';
import { scim } from '../../../bin/cli/run';
import { STATE_DIRECTORY_VARIABLE } from '../../jest/start-system';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** The members of the output of `scim verify` that count or list what is wrong. */
const FINDINGS = [
  'outdated',
  'duplicates',
  'staleAddresses',
  'differences',
  'groups',
  'queue',
  'mappings',
  'problems',
];
/** A local table has no limit that other requests need. */
const PACE = '100000';

/**
 * Returns a sentence for each thing that `scim verify` finds, or cannot compare, in a domain or in the whole
 * table.
 */
export async function verifyProblems(domainId?: string): Promise<string[]> {
  const file = path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'session.json');
  const command = ['verify', ...(domainId === undefined ? [] : ['--no-scan', domainId])];
  const { code, out, err } = await scim(['--local', '--session', file, '--json', ...command, '--pace', PACE]);
  const findings = out.trim() === '' ? [] : findingsIn(JSON.parse(out) as Json);
  if (code !== 0 && findings.length === 0) return [`scim ${command.join(' ')} failed: ${err}`];
  return findings.map((finding) => `scim ${command.join(' ')}: ${finding}`);
}

/** Returns what the output of `scim verify` says is wrong, or was not compared. */
export function findingsIn(output: Json): string[] {
  if (Array.isArray(output)) return output.flatMap(findingsIn);
  if (typeof output !== 'object' || output === null) return [];
  return Object.entries(output as Record<string, Json>).flatMap(([name, value]) => {
    if (name === 'exact') return value === true ? [] : ['a domain could not be compared, because it changed'];
    if (!FINDINGS.includes(name)) return findingsIn(value);
    const isClean = value === 0 || (Array.isArray(value) && value.length === 0);
    return isClean ? [] : [`${name} ${JSON.stringify(value).slice(0, 500)}`];
  });
}
