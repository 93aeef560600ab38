import { PublishPermissions } from '../../../../local/services/sns/publish-permissions';
import { EncryptionKeys } from '../../../../local/services/kms/encryption-keys';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';

const SES = {
  service: 'ses.amazonaws.com',
  sourceArn: 'arn:aws:ses:us-east-1:000000000000:configuration-set/a',
};
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:App-Topic';
const allow = (Action: string[], Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { Service: 'ses.amazonaws.com' }, Action, Resource },
});

function permissions(topicActions: string[], keyActions: string[] | undefined): PublishPermissions {
  const resources = resolved({
    ...(keyActions && { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: allow(keyActions) } } }),
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: keyActions ? { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } : {},
    },
    Policy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: allow(topicActions) },
    },
  });
  return new PublishPermissions(iamOf(resources), new EncryptionKeys(resources));
}

it.each([
  ['the policy of the topic allows it', ['sns:Publish'], undefined, true],
  ['the policy of the topic allows something else', ['sns:Subscribe'], undefined, false],
  ['the policy of its key allows it too', ['sns:Publish'], ['kms:Decrypt', 'kms:GenerateDataKey*'], true],
  ['the policy of its key does not allow it', ['sns:Publish'], ['kms:Decrypt'], false],
])('a service may publish if %s', (_, topicActions, keyActions, expected) => {
  expect(permissions(topicActions, keyActions).allow(SES, TOPIC)).toBe(expected);
});
