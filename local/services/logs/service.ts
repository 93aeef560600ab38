import type { Service } from '../../cloud/service';
import { arn } from '../../cloud/template/account';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::Logs::LogGroup': (naming) => {
    const name = nameOf('LogGroupName', naming);
    return { ref: name, attributes: { Arn: arn('logs', `log-group:${name}:*`) } };
  },
};

/** CloudWatch Logs. The log of a function is a file, if the function's role may write to its log group. */
export class LogsService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
}
