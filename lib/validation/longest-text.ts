/**
 * The length of the longest value of each pseudo parameter: `ap-southeast-2`, an account, `aws-us-gov`, and
 * so on.
 */
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 10,
  'AWS::Region': 14,
  'AWS::StackName': 40,
  'AWS::URLSuffix': 16,
};

/** The length of a name or an ARN that CloudFormation generates, at most. */
const REFERENCE = 110;

/**
 * Returns a text that is as long as the longest value of a property, with `x` for what only CloudFormation
 * knows.
 */
export function longestText(value: unknown): string {
  if (typeof value === 'string') return value;
  const known = longestValue(value);
  return typeof known === 'string' ? known : JSON.stringify(known ?? '');
}

/** Returns a value of a template in which a text of its longest length replaces each intrinsic function. */
export function longestValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(longestValue);
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0) {
    const [name, argument] = only as [string, unknown];
    if (name === 'Ref') return 'x'.repeat(PSEUDO[String(argument)] ?? REFERENCE);
    if (name === 'Fn::Join') return joined(argument as [string, readonly unknown[]]);
    if (name.startsWith('Fn::')) return 'x'.repeat(REFERENCE);
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, longestValue(each)]));
}

const joined = ([separator, parts]: readonly [string, readonly unknown[]]): string =>
  parts.map(longestText).join(separator);
