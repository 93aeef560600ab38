import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Returns a text of the template as cdk-nag writes it in the IDs of its findings: `<AWS::Region>` for a
 * reference that CloudFormation resolves, and the value itself if the stage has a fixed region and account.
 */
export function nagText(scope: IConstruct, text: string): string {
  const resolved: unknown = Stack.of(scope).resolve(text);
  return parts(resolved).map(partText).join('');
}

const parts = (resolved: unknown): readonly unknown[] => {
  const join = (resolved as { 'Fn::Join'?: readonly [string, readonly unknown[]] })['Fn::Join'];
  return join ? join[1] : [resolved];
};

function partText(part: unknown): string {
  if (typeof part === 'string') return part;
  const { Ref, 'Fn::GetAtt': attribute } = part as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return `<${Ref ?? attribute?.join('.')}>`;
}
