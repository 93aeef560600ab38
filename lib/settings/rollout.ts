/**
 * The ways in which a new version of the functions takes over, by CodeDeploy's names. With `none`, functions
 * have no versions, and a deployment replaces their code at once.
 */
export const ROLLOUTS = [
  'none',
  'AllAtOnce',
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
  'Linear10PercentEvery10Minutes',
] as const;

export type Rollout = (typeof ROLLOUTS)[number];

/** Returns whether the functions of a stage have versions, and an alias that says which of them runs. */
export const hasVersions = (rollout: Rollout): boolean => rollout !== 'none';

/** Returns whether the old and the new version of a function run at the same time for a while. */
export const isGradual = (rollout: Rollout): boolean => hasVersions(rollout) && rollout !== 'AllAtOnce';
