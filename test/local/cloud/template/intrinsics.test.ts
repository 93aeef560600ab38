import {
  evaluate,
  NO_VALUE,
  type Scope,
  UnsupportedIntrinsic,
} from '../../../../local/cloud/template/intrinsics';

const scope: Scope = {
  ref: (id) => (id === 'AWS::NoValue' ? NO_VALUE : `ref-${id}`),
  attribute: (id, name) => `att-${id}-${name}`,
  exported: (name) => `export-${name}`,
  stackOutput: (stack, name) => `output-${stack}-${name}`,
  condition: (name) => name === 'Yes',
  mapping: (map, key, name) => `${map}/${key}/${name}`,
};

describe('evaluate', () => {
  it.each([
    ['plain values stay', { a: [1, true, null, 'x'] }, { a: [1, true, null, 'x'] }],
    ['Ref', { Ref: 'Table' }, 'ref-Table'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Fn', 'Arn'] }, 'att-Fn-Arn'],
    ['Fn::GetAtt as a string with a dotted name', { 'Fn::GetAtt': 'Fn.A.B' }, 'att-Fn-A.B'],
    ['Fn::Join of intrinsics', { 'Fn::Join': ['-', ['a', { Ref: 'B' }, 3]] }, 'a-ref-B-3'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Fn::Select with a string index', { 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
    ['Fn::Sub', { 'Fn::Sub': '${A}/${B.Arn}/${!Kept}' }, 'ref-A/att-B-Arn/${Kept}'],
    ['Fn::Sub with names of its own', { 'Fn::Sub': ['${x}${A}', { x: { Ref: 'X' } }] }, 'ref-Xref-A'],
    ['Fn::ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'S:${A}' } }, 'export-S:ref-A'],
    [
      'Fn::GetStackOutput',
      { 'Fn::GetStackOutput': { StackName: { Ref: 'A' }, OutputName: 'B', Region: 'us-east-1' } },
      'output-ref-A-B',
    ],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'K' }, 'n'] }, 'M/ref-K/n'],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['Fn::If', { 'Fn::If': ['Yes', { Ref: 'A' }, 'no'] }, 'ref-A'],
    [
      'Fn::And, Fn::Or, Fn::Not',
      {
        'Fn::And': [
          { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] },
          { 'Fn::Not': [{ Condition: 'No' }] },
        ],
      },
      true,
    ],
    ['Fn::Equals', { 'Fn::Equals': [{ Ref: 'A' }, 'ref-A'] }, true],
  ])('resolves %s', (_, value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it('removes properties whose value is AWS::NoValue', () => {
    const value = { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [{ Ref: 'AWS::NoValue' }, 2] };
    expect(evaluate(value, scope)).toEqual({ kept: 1, list: [2] });
  });

  it('does not treat the condition of an IAM policy as an intrinsic function', () => {
    const statement = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(evaluate(statement, scope)).toEqual(statement);
  });

  it('refuses an unknown intrinsic function', () => {
    expect(() => evaluate({ a: { 'Fn::GetAZs': '' } }, scope)).toThrow(UnsupportedIntrinsic);
  });

  it('refuses to join values that are not strings', () => {
    expect(() => evaluate({ 'Fn::Join': ['', [{ a: 1, b: 2 }]] }, scope)).toThrow('must have a string here');
  });
});
