import { type Context, tagContext } from '../../../../local/cloud/iam/condition-keys';
import { compileConditions } from '../../../../local/cloud/iam/conditions';

const holds = (conditions: Record<string, Record<string, string[]>>, context: Context) =>
  compileConditions(conditions).every((condition) => condition(context));

const keys = (...values: string[]): Context => ({ 'dynamodb:LeadingKeys': values });

describe('compileConditions', () => {
  it.each([
    ['all match', ['d#USER', 'e#USER'], true],
    ['one does not match', ['d#USER', 'LICENSEKEY#a'], false],
    // Amazon documents that ForAllValues is true without values.
    ['there are none', [], true],
  ])('ForAllValues if %s', (_, values, expected) => {
    expect(
      holds({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['?#USER', 'X'] } }, keys(...values)),
    ).toBe(expected);
  });

  describe('tags', () => {
    const own = { 'aws:ResourceTag/stage': ['prod'] };
    const tagged = (tags: Record<string, string>) => tagContext('ResourceTag', tags);

    it('of the resource must have the value of the policy', () => {
      expect(holds({ StringEquals: own }, tagged({ stage: 'prod', team: 'a' }))).toBe(true);
      expect(holds({ StringEquals: own }, tagged({ stage: 'trial' }))).toBe(false);
      expect(holds({ StringEquals: own }, tagged({ Stage: 'prod' }))).toBe(false);
      expect(holds({ StringEquals: own }, tagged({}))).toBe(false);
      expect(holds({ StringEqualsIfExists: own }, tagged({}))).toBe(true);
      expect(holds({ StringEqualsIfExists: own }, tagged({ stage: 'trial' }))).toBe(false);
    });

    it('of the request are not those of the resource', () => {
      const conditions = { StringEquals: { 'AWS:requesttag/stage': ['prod'] } };
      expect(holds(conditions, tagContext('RequestTag', { stage: 'prod' }))).toBe(true);
      expect(holds(conditions, tagged({ stage: 'prod' }))).toBe(false);
    });

    it('of the request can be limited by name', () => {
      const conditions = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['stage', 'application'] } };
      expect(holds(conditions, tagContext('RequestTag', { stage: 'prod' }))).toBe(true);
      expect(holds(conditions, tagContext('RequestTag', { stage: 'prod', owner: 'me' }))).toBe(false);
    });

    it('need a name', () => {
      expect(() => compileConditions({ StringEquals: { 'aws:ResourceTag': ['prod'] } })).toThrow(
        'the condition key aws:ResourceTag is not supported.',
      );
    });
  });

  it('is true for ForAllValues and false for ForAnyValue if the request lacks the key', () => {
    expect(holds({ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, {})).toBe(true);
    expect(holds({ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, {})).toBe(false);
    expect(holds({ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, keys('b', 'a'))).toBe(
      true,
    );
  });

  it.each([
    ['StringEquals', 'licenses@example.com', true],
    ['StringEquals', 'Licenses@example.com', false],
    ['StringEqualsIgnoreCase', 'Licenses@example.com', true],
    ['StringLike', '*@example.com', true],
    ['StringLike', '?@example.com', false],
    ['StringNotEquals', 'licenses@example.com', false],
    ['StringNotLike', '*@example.org', true],
  ])('%s %s: %s', (operator, value, expected) => {
    const context = { 'ses:FromAddress': 'licenses@example.com' };
    expect(holds({ [operator]: { 'ses:FromAddress': [value] } }, context)).toBe(expected);
  });

  it.each([
    ['StringEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEquals', true],
  ])('%s is %s if the request lacks the key', (operator, expected) => {
    expect(holds({ [operator]: { 'ses:FromAddress': ['a'] } }, {})).toBe(expected);
  });

  it('supports Null, Bool, ARNs and numbers, and keys in any case', () => {
    const context = { 'aws:SourceArn': 'arn:aws:sns:us-east-1:0:topic', 'aws:SecureTransport': 'true' };
    expect(holds({ Null: { 'aws:SourceArn': ['false'], 'aws:SourceAccount': ['true'] } }, context)).toBe(
      true,
    );
    expect(holds({ Bool: { 'AWS:securetransport': ['false'] } }, context)).toBe(false);
    expect(holds({ ArnLike: { 'AWS:SourceArn': ['arn:aws:sns:*:*:top*'] } }, context)).toBe(true);
    expect(holds({ ArnNotEquals: { 'aws:SourceArn': ['arn:aws:sns:*:*:other'] } }, context)).toBe(true);
    expect(holds({ NumericLessThan: { 'aws:SourceAccount': ['2'] } }, { 'aws:SourceAccount': '1' })).toBe(
      true,
    );
  });

  it('computes the values of a key only if a policy needs them', () => {
    let computed = 0;
    const context: Context = { 'dynamodb:Attributes': () => (computed++, ['a']) };
    expect(holds({ StringEquals: { 'ses:FromAddress': ['a'] } }, context)).toBe(false);
    expect(computed).toBe(0);
    expect(holds({ 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['a', 'b'] } }, context)).toBe(true);
  });

  it.each([
    [{ StringEquals: { 'aws:SourceVpc': ['a'] } }, 'the condition key aws:SourceVpc is not supported'],
    [{ DateLessThan: { 'aws:SourceArn': ['a'] } }, 'the condition operator DateLessThan is not supported'],
    [{ StringEquals: { 'dynamodb:LeadingKeys': ['a'] } }, 'needs ForAllValues or ForAnyValue'],
  ])('refuses %j', (conditions, message) => {
    expect(() => compileConditions(conditions as Record<string, Record<string, string[]>>)).toThrow(message);
  });
});
