import { chooseEngine, type Problems } from '../../../../../local/services/dynamodb/engine/choose';

const machine = (dynoxide?: string, local?: string): Problems => ({
  dynoxide: () => dynoxide,
  'dynamodb-local': () => local,
});

describe('chooseEngine', () => {
  it('chooses the embedded engine if it can run here, or else DynamoDB Local', () => {
    expect(chooseEngine({}, machine())).toBe('dynoxide');
    expect(chooseEngine({}, machine('no binary'))).toBe('dynamodb-local');
  });

  it('prefers the requested engine, then an endpoint, then the engines of this machine', () => {
    expect(chooseEngine({ wanted: 'dynamodb-local', endpoint: 'http://x' }, machine())).toBe(
      'dynamodb-local',
    );
    expect(chooseEngine({ endpoint: 'http://x' }, machine())).toBe('endpoint');
    expect(chooseEngine({ wanted: 'endpoint', endpoint: 'http://x' }, machine())).toBe('endpoint');
  });

  it('reports what is missing', () => {
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
