import { readFileSync } from 'node:fs';
import type { IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { type CheckedTemplate, findExcess } from './limits';

/**
 * Fails a synthesis whose templates exceed limits that AWS checks only while it creates resources. The CDK's
 * own "CloudFormation Validate" checks the resource schemas and the limits of templates.
 */
export class LimitsPlugin implements IPolicyValidationPlugin {
  public readonly name = 'AWS limits';

  public validate({ templatePaths }: { readonly templatePaths: string[] }): PolicyValidationPluginReport {
    const violations = templatePaths.flatMap((templatePath) => {
      const template = JSON.parse(readFileSync(templatePath, 'utf8')) as CheckedTemplate;
      return findExcess(template).map(({ logicalId, text }) => ({
        ruleName: 'too-large',
        description: text,
        severity: 'error',
        violatingResources: [{ resourceLogicalId: logicalId, templatePath, locations: [] }],
      }));
    });
    return { success: violations.length === 0, violations };
  }
}
