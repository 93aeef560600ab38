/** The names that an expression may refer to. Each method throws if the name does not exist. */
export interface Scope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  exported(name: string): unknown;
  stackOutput(stack: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, key: string, name: string): unknown;
}

export class UnsupportedIntrinsic extends Error {
  override readonly name = 'UnsupportedIntrinsic';
}

/** The value of the pseudo parameter `AWS::NoValue`, which removes the property that contains it. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, scope) => scope.ref(text(argument)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...name] =
      typeof argument === 'string' ? argument.split('.') : list(argument, scope).map(text);
    return scope.attribute(text(logicalId), name.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument, scope);
    return list(parts, scope).map(text).join(text(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = list(argument, scope);
    return text(source).split(text(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, choices] = list(argument, scope);
    const choice = list(choices, scope)[Number(index)];
    if (choice === undefined) throw new Error(`Fn::Select has no element at index ${String(index)}.`);
    return choice;
  },
  'Fn::Sub': substitute,
  'Fn::ImportValue': (argument, scope) => scope.exported(text(evaluate(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = argument as Readonly<Record<string, unknown>>;
    return scope.stackOutput(text(evaluate(StackName, scope)), text(evaluate(OutputName, scope)));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, key, name] = list(argument, scope).map(text);
    return scope.mapping(text(map), text(key), text(name));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(evaluate(argument, scope))).toString('base64'),
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = argument as [string, unknown, unknown];
    return evaluate(scope.condition(condition) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument, scope);
    return left === right;
  },
  'Fn::And': (argument, scope) => list(argument, scope).every((value) => value === true),
  'Fn::Or': (argument, scope) => list(argument, scope).some((value) => value === true),
  'Fn::Not': (argument, scope) => list(argument, scope)[0] !== true,
  Condition: (argument, scope) => scope.condition(text(argument)),
};

/** Replaces every intrinsic function in a template value by its result. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (only && entries.length === 1 && isIntrinsic(only)) {
    const intrinsic = INTRINSICS[only[0]];
    if (!intrinsic) throw new UnsupportedIntrinsic(`The intrinsic function ${only[0]} is not supported.`);
    return intrinsic(only[1], scope);
  }
  const evaluated = entries.map(([key, item]) => [key, evaluate(item, scope)] as const);
  return Object.fromEntries(evaluated.filter(([, item]) => item !== NO_VALUE));
}

/**
 * `Condition` is an intrinsic function if its argument is a string. In an IAM policy, it is a key with an
 * object.
 */
function isIntrinsic([key, argument]: [string, unknown]): boolean {
  return key.startsWith('Fn::') || key === 'Ref' || (key === 'Condition' && typeof argument === 'string');
}

function substitute(argument: unknown, scope: Scope): string {
  const [format, own] = (typeof argument === 'string' ? [argument, {}] : argument) as [
    string,
    Record<string, unknown>,
  ];
  return format.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(evaluate(own[name], scope));
    const [logicalId = '', ...attribute] = name.split('.');
    return text(
      attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(logicalId),
    );
  });
}

function list(argument: unknown, scope: Scope): unknown[] {
  const value = evaluate(argument, scope);
  if (Array.isArray(value)) return value;
  throw new Error(`An intrinsic function must have a list here, not ${JSON.stringify(value)}.`);
}

function text(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`An intrinsic function must have a string here, not ${JSON.stringify(value)}.`);
}
