import type { Use } from '../../../local/cloud/iam/usage';
import { findInconsistencies } from '../consistency/consistency';
import { readDomain } from '../consistency/domain-data';
import { startOwnSystem } from '../system/own-system';
import { changeDomain, type KeptDomain, runConversations } from './scenario';

/** One state of a deployment: which functions run on the table. */
export interface Phase {
  readonly name: string;
  readonly state: string;
  readonly assembly: string;
  /** The functions that run at the same time. */
  readonly formerAssembly?: string;
  /** The conversations to run. @default all */
  readonly conversations?: readonly string[];
  readonly kept?: KeptDomain;
}

export interface PhaseResult {
  /** The failure of each conversation; null if it has none. */
  readonly conversations: Record<string, string | null>;
  readonly kept?: KeptDomain;
  readonly problems: readonly string[];
  /** The number of invocations by version. */
  readonly invocations: Record<string, number>;
}

/** Starts the functions of a phase on the table of the phases before, and sends requests to them. */
export async function runPhase({ state, assembly, formerAssembly, ...phase }: Phase): Promise<PhaseResult> {
  const flags = [
    // Each conversation creates a domain.
    '--no-control-plane-limits',
    ...(phase.kept ? [] : ['--fresh']),
    ...(formerAssembly ? ['--former-assembly', formerAssembly] : []),
  ];
  const system = await startOwnSystem({ assembly, state, flags });
  const control = async <T>(resource: string) =>
    (await (await fetch(`${system.session.controlUrl}/${resource}`)).json()) as T;
  const problems: string[] = [];
  let { kept } = phase;
  try {
    try {
      kept = await changeDomain(kept);
    } catch (error) {
      problems.push(`The domain that all versions share: ${String(error)}`);
    }
    const conversations = await runConversations(phase.conversations);
    if (kept) problems.push(...findInconsistencies(await readDomain(kept.domainId)));
    const refused = (await control<Use[]>('iam-usage')).filter((use) => use.refused !== undefined);
    problems.push(...refused.map((use) => `IAM refused ${use.action} of ${use.function}: ${use.refused}`));
    const functions = await control<{ version: string; invocations: number }[]>('functions');
    const invocations: Record<string, number> = {};
    for (const { version, invocations: count } of functions)
      invocations[version] = (invocations[version] ?? 0) + count;
    return { conversations, kept, problems, invocations };
  } finally {
    await system.stop();
  }
}
