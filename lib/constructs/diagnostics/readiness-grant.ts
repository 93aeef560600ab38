import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ENV } from '../../../shared/env';
import type { Config } from '../../config';
import type { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

/** By what the readiness of domains is told. */
export interface ReadinessSources {
  readonly table: ScimTable;
  readonly config: Pick<Config, 'mail' | 'mailIdentity' | 'ratePlans' | 'docsUrl'>;
}

/** Allows a function to look at the readiness of domains: at the table, and at what SES says of the sender. */
export function grantReadiness(fn: ScimFunction, { table, config }: ReadinessSources): void {
  const identity = senderIdentityName(config);
  table.grantReadiness(fn);
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
    reason: 'GetAccount tells of the whole account in the region; AWS knows no resource for it.',
  });
  fn.addEnvironment({ [ENV.ratePlans]: JSON.stringify(config.ratePlans), [ENV.docsUrl]: config.docsUrl });
}

/** The name of the SES identity that sends: it belongs to another stack, and follows from the settings. */
const senderIdentityName = ({ mail: { sender }, mailIdentity }: ReadinessSources['config']): string =>
  mailIdentity === 'address' ? sender : sender.slice(sender.lastIndexOf('@') + 1);
