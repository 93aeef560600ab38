import * as z from 'zod';

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

/** Whether a policy lets `execute-api:Invoke` through to a method. A deny beats any allow. */
export function decide({ Statement: statements }: PolicyDocument, methodArn: string): Decision {
  const effects = statements
    .filter(({ Action }) => Action.some((action) => matches(action.toLowerCase(), 'execute-api:invoke')))
    .filter(({ Resource }) => Resource.some((resource) => matches(resource, methodArn)))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'explicit-deny';
  return effects.includes('Allow') ? 'allow' : 'implicit-deny';
}

/** `*` stands for any text, `/` and `:` too, and `?` for one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}
