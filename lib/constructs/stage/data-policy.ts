import { RemovalPolicy } from 'aws-cdk-lib';
import type { Config } from '../../config';

/** The removal and protection of resources that hold data. */
export interface DataPolicy {
  readonly removalPolicy: RemovalPolicy;
  /** If true, nothing can delete the resource until this is false again. */
  readonly protect: boolean;
}

/**
 * Returns the policy of a stage. Data that is retained outlives its stack, except in a first deployment that
 * fails: its resources are empty, and would be in the way of the next attempt. A resource that is protected
 * from deletion would make this rollback fail, so protection is on only after the first deployment.
 */
export const dataPolicyOf = ({ removalPolicy, protect }: Config): DataPolicy => ({
  removalPolicy:
    removalPolicy === 'retain' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  protect,
});
