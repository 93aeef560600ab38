import { problemsOf } from '../config-problems';

const REPLICA_KEY = 'arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-0000-0000-000000000000';

describe('the settings', () => {
  const region = 'eu-west-1';
  const secretReplicaRegion = 'eu-central-1';
  const secretReplicaKeyArn = REPLICA_KEY;

  it.each([
    [
      { customerKey: 'encrypt', secretReplicaRegion },
      'secretReplicaKeyArn: missing, but required by customerKey and secretReplicaRegion: replicas need a key in eu-central-1.',
    ],
    [
      { customerKey: 'encrypt', secretReplicaRegion: 'us-east-1', secretReplicaKeyArn },
      'secretReplicaKeyArn: the key is in eu-central-1, expected one in us-east-1.',
    ],
    [
      { customerKey: 'encrypt', secretReplicaKeyArn },
      'secretReplicaKeyArn: remove it, because there is no secretReplicaRegion.',
    ],
    [
      { secretReplicaRegion, secretReplicaKeyArn },
      'secretReplicaKeyArn: remove it, because customerKey is none.',
    ],
    [
      { secretReplicaRegion: 'cn-north-1' },
      'secretReplicaRegion: cn-north-1 is in another partition of AWS than eu-west-1. Choose another region.',
    ],
    [{ customerKey: true }, 'customerKey: given true, expected none, grant, encrypt.'],
  ])('%j are refused', (settings, problem) => {
    expect(problemsOf({ region, ...settings })).toEqual([problem]);
  });

  it.each([
    { customerKey: 'grant', secretReplicaRegion },
    { customerKey: 'encrypt', secretReplicaRegion, secretReplicaKeyArn },
    { customerKey: 'encrypt' },
  ])('%j are accepted', (settings) => {
    expect(problemsOf({ region, ...settings })).toEqual([]);
  });
});
