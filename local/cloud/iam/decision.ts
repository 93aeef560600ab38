import type { Permission } from './permission';
import type { CompiledStatement } from './statement';

/** The effect of a list of statements on a request. */
export type Decision = 'allow' | 'deny' | 'none';

/** Decides by these statements. A statement that denies overrules all that allow. */
export function decide(statements: readonly CompiledStatement[], permission: Permission): Decision {
  let decision: Decision = 'none';
  for (const { source, matches } of statements) {
    if (decision === 'allow' && source.Effect === 'Allow') continue;
    if (!matches(permission)) continue;
    if (source.Effect === 'Deny') return 'deny';
    decision = 'allow';
  }
  return decision;
}
