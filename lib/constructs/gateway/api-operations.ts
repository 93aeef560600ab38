import { type CfnStage, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { DEFAULT_STAGE } from '../../../shared/stage';
import { operationsOf } from '../stage/operations';
import { ServiceLog } from '../common/service-log';
import { stageOf } from '../stage/stage';

/**
 * Creates the group of an API's execution log before API Gateway does, which would keep it forever. In the
 * stage of earlier versions, the group may exist already, and CloudFormation would fail.
 */
export function addExecutionLog(
  scope: Construct,
  { deploymentStage, restApiId }: RestApi,
  stage: string,
): void {
  if (stageOf(scope) === DEFAULT_STAGE) return;
  const log = new ServiceLog(scope, 'ExecutionLog', {
    logGroupName: `API-Gateway-Execution-Logs_${restApiId}/${stage}`,
  });
  deploymentStage.node.addDependency(log);
}

/** Lets X-Ray trace the requests of an API if the settings say so. */
export function traceRequests({ deploymentStage }: RestApi): void {
  const stage = deploymentStage.node.defaultChild as CfnStage;
  if (operationsOf(deploymentStage).tracing) stage.tracingEnabled = true;
}
