import type { CloudContext } from '../../cloud/context';
import type { AwsOperations } from '../../cloud/endpoint/operation';
import type { Service } from '../../cloud/service';
import { nameOf, type ResourceTypes } from '../../cloud/template/identity';
import { ofType, type Resource } from '../../cloud/template/resources';
import { UserError } from '../../host/user-error';
import { Parameters } from './parameters';

const RESOURCE_TYPES: ResourceTypes = {
  'AWS::SSM::Parameter': (naming) => ({
    ref: nameOf('Name', naming),
    attributes: { Type: String(naming.property('Type')), Value: String(naming.property('Value')) },
  }),
};

/** SSM Parameter Store. */
export class SsmService implements Service {
  readonly resourceTypes = RESOURCE_TYPES;
  private parameters = new Parameters([]);

  start(_: CloudContext, resources: readonly Resource[]): void {
    this.parameters = new Parameters(ofType(resources, 'AWS::SSM::Parameter'));
  }

  environment(context: CloudContext): Record<string, string> {
    return { AWS_ENDPOINT_URL_SSM: context.endpointUrl() };
  }

  operations(): AwsOperations {
    return this.parameters.operations();
  }

  /** Returns the value of a parameter. Throws a `UserError` if the template does not have it. */
  parameter(name: string): string {
    const value = this.parameters.value(name);
    if (value === undefined) throw new UserError(`The template has no SSM parameter ${name}.`);
    return value;
  }
}
