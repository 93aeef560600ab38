import { chooseEngine, type Problems } from '../../../../../local/services/dynamodb/engine/choose';

const machine = (dynoxide?: string, local?: string): Problems => ({
  dynoxide: () => dynoxide,
  'dynamodb-local': () => local,
});

describe('chooseEngine', () => {
  it('takes the embedded engine where the machine has it, else DynamoDB Local', () => {
    expect(chooseEngine({}, machine())).toBe('dynoxide');
    expect(chooseEngine({}, machine('no binary'))).toBe('dynamodb-local');
  });

  it('takes what was asked for, before an endpoint, and an endpoint before what the machine has', () => {
    expect(chooseEngine({ wanted: 'dynamodb-local', endpoint: 'http://x' }, machine())).toBe(
      'dynamodb-local',
    );
    expect(chooseEngine({ endpoint: 'http://x' }, machine())).toBe('endpoint');
    expect(chooseEngine({ wanted: 'endpoint', endpoint: 'http://x' }, machine())).toBe('endpoint');
  });

  it('says what is missing', () => {
    expect(() => chooseEngine({}, machine('no binary', 'no Java'))).toThrow(
      /dynoxide: no binary\ndynamodb-local: no Java/,
    );
    expect(() => chooseEngine({ wanted: 'dynamodb-local' }, machine(undefined, 'no Java'))).toThrow(
      'no Java',
    );
    expect(() => chooseEngine({ wanted: 'endpoint' }, machine())).toThrow('set DYNAMODB_ENDPOINT');
    expect(() => chooseEngine({ wanted: 'other' }, machine())).toThrow('There is no engine "other"');
  });
});
