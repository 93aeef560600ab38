import * as z from 'zod';
import { wildcards } from '../../../cloud/wildcards';

const strings = z.union([z.string().transform((value) => [value]), z.array(z.string())]);

const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: strings,
  Resource: strings,
});

export const PolicyDocument = z.object({
  Statement: z.union([Statement.transform((value) => [value]), z.array(Statement)]),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

export type Decision = 'allow' | 'explicit-deny' | 'implicit-deny';

/** Decides whether a policy allows `execute-api:Invoke` on a method. A deny overrides any allow. */
export function decide({ Statement: statements }: PolicyDocument, methodArn: string): Decision {
  const effects = statements
    .filter(({ Action }) =>
      Action.some((action) => wildcards(action.toLowerCase()).test('execute-api:invoke')),
    )
    .filter(({ Resource }) => Resource.some((resource) => wildcards(resource).test(methodArn)))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'explicit-deny';
  return effects.includes('Allow') ? 'allow' : 'implicit-deny';
}
