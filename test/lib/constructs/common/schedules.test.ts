import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, synthesize } from '../../synthesize';

type Reference = { readonly Ref?: string; readonly 'Fn::GetAtt'?: readonly [string, string] };

const idOf = (value: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = value as Reference;
  return Ref ?? attribute?.[0] ?? '';
};

/** Returns the id of the function to which a reference leads, also by its alias. */
function functionOf(template: Template, reference: unknown): string {
  const id = idOf(reference);
  const alias = resourcesOf(template, 'AWS::Lambda::Alias')[id];
  return alias ? idOf(alias.Properties.FunctionName) : id;
}

describe.each([
  ['without a rollout', synthesize()],
  ['with a rollout', synthesize({ rollout: 'AllAtOnce' })],
])('%s', (_, templates) => {
  const rules = Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(resourcesOf(template, 'AWS::Events::Rule')).map(
      ([id, { Properties }]) => [`${stack}: ${id}`, template, Properties] as const,
    ),
  );

  it.each(rules)('neither EventBridge nor Lambda retries a run of %s', (_, template, { Targets }) => {
    const [target] = Targets as { Arn: unknown; RetryPolicy: object }[];
    expect(target?.RetryPolicy).toMatchObject({ MaximumRetryAttempts: 0 });
    const fn = functionOf(template, target?.Arn);
    const settings = Object.values(resourcesOf(template, 'AWS::Lambda::EventInvokeConfig')).filter(
      ({ Properties }) => idOf(Properties.FunctionName) === fn,
    );
    expect(settings).toEqual([
      expect.objectContaining({
        Properties: expect.objectContaining({ MaximumRetryAttempts: 0 }) as unknown,
      }),
    ]);
  });
});
