import * as z from 'zod';
import { UserError } from '../../host/user-error';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const scalars = z.union([scalar, z.array(scalar)]).transform((value) => [value].flat().map(String));
const Principal = z.union([
  z.literal('*'),
  z.strictObject({ AWS: texts, Service: texts, Federated: texts, CanonicalUser: texts }).partial(),
]);

const Statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: Principal.optional(),
  Condition: z.record(z.string(), z.record(z.string(), scalars)).default({}),
});

const Document = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.string().optional(),
  Statement: z.union([Statement, z.array(Statement)]).transform((value) => [value].flat()),
});

export type Statement = z.output<typeof Statement>;

/** Returns the statements of a policy. Throws a `UserError` that names the policy if it is not supported. */
export function parsePolicy(name: string, document: unknown): readonly Statement[] {
  const parsed = Document.safeParse(document);
  if (!parsed.success) throw new UserError(`The policy ${name}:\n${z.prettifyError(parsed.error)}`);
  for (const statement of parsed.data.Statement) {
    const problem = problemOf(statement);
    if (problem) throw new UserError(`The policy ${name}: ${problem}`);
  }
  return parsed.data.Statement;
}

function problemOf(statement: Statement): string | undefined {
  if (!statement.Action === !statement.NotAction) return 'a statement must have either Action or NotAction.';
  if (JSON.stringify(statement).includes('${')) return 'policy variables are not supported.';
  return undefined;
}
