import type { StackProps } from 'aws-cdk-lib';
import type { Config } from '../config';

/**
 * Returns what all stacks of a stage have in common. With an account and a region, the CDK refuses to deploy to any
 * other ones.
 */
export const stageProps = ({ account, region }: Config): StackProps => ({ env: { account, region } });
