import type { StackProps } from 'aws-cdk-lib';
import { stageName } from '../../shared/stage';
import type { Config } from '../config';

/**
 * Returns what all stacks of a stage have in common. With an account and a region, the CDK refuses to deploy
 * to any other ones. Commands name a stack by its `id`, which is the same in each stage:
 * `cdk deploy ScimApi -c stage=prod`.
 */
export const stageProps = (id: string, { stage, account, region }: Config): StackProps => ({
  stackName: stageName(id, stage),
  env: { account, region },
});
