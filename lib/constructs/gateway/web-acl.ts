import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** The managed rules of AWS, each with the rules that count requests instead of blocking them. */
const MANAGED_RULES: readonly (readonly [name: string, counting: readonly string[]])[] = [
  [
    'AWSManagedRulesCommonRuleSet',
    [
      // Entra ID sends no User-Agent, and its group writes are larger than 8 kB.
      ...['NoUserAgent_HEADER', 'SizeRestrictions_BODY'],
      // A filter has up to 8,192 characters.
      'SizeRestrictions_QUERYSTRING',
      // Names, addresses of photos, and addresses of webhooks can look like attacks. The service only stores
      // them as text.
      ...['GenericRFI_BODY', 'GenericRFI_QUERYARGUMENTS', 'GenericLFI_BODY', 'GenericLFI_QUERYARGUMENTS'],
      ...['CrossSiteScripting_BODY', 'CrossSiteScripting_QUERYARGUMENTS', 'EC2MetaDataSSRF_BODY'],
    ],
  ],
  ['AWSManagedRulesKnownBadInputsRuleSet', []],
  ['AWSManagedRulesAmazonIpReputationList', []],
];

export interface WebAclProps {
  readonly apis: Readonly<Record<string, RestApi>>;
}

/** A web ACL of AWS WAF in front of REST APIs. The limits of requests stay those of the rate plans. */
export class WebAcl extends Construct {
  public constructor(scope: Construct, id: string, { apis }: WebAclProps) {
    super(scope, id);
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      // Requests contain personal data and keys.
      sampledRequestsEnabled: false,
      metricName,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('Acl'),
      rules: MANAGED_RULES.map(([name, counting], priority) => ({
        name,
        priority,
        overrideAction: { none: {} },
        visibilityConfig: visibility(name),
        statement: {
          managedRuleGroupStatement: {
            vendorName: 'AWS',
            name,
            ruleActionOverrides: counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
          },
        },
      })),
    });
    for (const [name, { deploymentStage }] of Object.entries(apis))
      new CfnWebACLAssociation(this, name, {
        webAclArn: acl.attrArn,
        resourceArn: deploymentStage.stageArn,
      });
  }
}
