import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ENV } from '../../../shared/env';
import { ratePlansVariable } from '../../../shared/limits/rate-plan';
import type { Config } from '../../config';
import type { ScimFunction } from '../common/scim-function';

/** The settings on which a domain's readiness depends. */
export type ReadinessConfig = Pick<
  Config,
  'mail' | 'mailBudget' | 'mailIdentity' | 'ratePlans' | 'docsUrl' | 'contactText'
>;

/** Allows a function to read the state of the sender from SES, and passes the settings of readiness. */
export function grantSenderStatus(fn: ScimFunction, config: ReadinessConfig): void {
  const identity = senderIdentityName(config);
  fn.grant(
    new PolicyStatement({
      actions: ['ses:GetEmailIdentity'],
      resources: [Stack.of(fn).formatArn({ service: 'ses', resource: 'identity', resourceName: identity })],
    }),
    { [ENV.mailIdentity]: identity },
  );
  fn.grant(new PolicyStatement({ actions: ['ses:GetAccount'], resources: ['*'] }));
  Validations.of(fn.role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'GetAccount applies to the whole account in the region and supports no resource.',
  });
  const { mailBudget, ratePlans, docsUrl, contactText } = config;
  fn.addEnvironment({
    [ENV.mailBudget]: JSON.stringify(mailBudget),
    ...ratePlansVariable(ratePlans),
    [ENV.docsUrl]: docsUrl,
    ...(contactText !== undefined && { [ENV.contactText]: contactText }),
  });
}

/** Returns the name of the sender's SES identity. The identity itself belongs to another stack. */
const senderIdentityName = ({ mail: { sender }, mailIdentity }: ReadinessConfig): string =>
  mailIdentity === 'address' ? sender : sender.slice(sender.lastIndexOf('@') + 1);
