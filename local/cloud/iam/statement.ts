import { UserError } from '../../host/user-error';
import { wildcards } from '../wildcards';
import { arnPattern } from './arn-pattern';
import { compileConditions } from './conditions';
import { parsePolicy, type Statement } from './policy-document';
import type { Permission } from './permission';

/** A statement that is ready to be matched. */
export interface CompiledStatement {
  readonly source: Statement;
  readonly matches: (permission: Permission) => boolean;
}

/** Compiles a policy. Throws a `UserError` that names it if the local cloud does not support it. */
export function compilePolicy(name: string, document: unknown): CompiledStatement[] {
  return parsePolicy(name, document).map((statement) => {
    try {
      return compileStatement(statement);
    } catch (error) {
      throw new UserError(`The policy ${name}: ${(error as Error).message}`);
    }
  });
}

function compileStatement(source: Statement): CompiledStatement {
  const { Action, NotAction, Resource, NotResource } = source;
  const actions = (Action ?? NotAction ?? []).map((action) => wildcards(action.toLowerCase()));
  const resources = (Resource ?? NotResource ?? ['*']).map(arnPattern);
  const conditions = compileConditions(source.Condition);
  return {
    source,
    matches: ({ action, resource, context = {} }) =>
      actions.some((pattern) => pattern.test(action.toLowerCase())) === (Action !== undefined) &&
      resources.some((pattern) => pattern(resource)) === (NotResource === undefined) &&
      conditions.every((holds) => holds(context)),
  };
}
