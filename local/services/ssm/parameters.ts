import type { AwsOperations } from '../../cloud/endpoint/operation';
import { ServiceError } from '../../cloud/endpoint/service-error';
import { arn } from '../../cloud/template/account';
import type { Resource } from '../../cloud/template/resources';

/** The parameters of the template. */
export class Parameters {
  private readonly parameters: ReadonlyMap<string, { type: string; value: string }>;

  constructor(resources: readonly Resource[]) {
    this.parameters = new Map(
      resources.map(({ ref, properties }) => [
        ref,
        { type: String(properties.Type), value: String(properties.Value) },
      ]),
    );
  }

  operations(): AwsOperations {
    return {
      'AmazonSSM.GetParameter': {
        permission: ({ input }) => ({
          action: 'ssm:GetParameter',
          resource: parameterArn((input as { Name?: string }).Name ?? ''),
        }),
        run: ({ input }) => this.getParameter(input as object),
      },
    };
  }

  value(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  /** Implements `AmazonSSM.GetParameter`. */
  getParameter({ Name = '' }: { Name?: string }): object {
    const parameter = this.parameters.get(Name);
    if (!parameter) throw new ServiceError(400, 'ParameterNotFound', `Parameter ${Name} not found.`);
    return {
      Parameter: {
        Name,
        Type: parameter.type,
        Value: parameter.value,
        Version: 1,
        ARN: parameterArn(Name),
        DataType: 'text',
      },
    };
  }
}

const parameterArn = (name: string): string => arn('ssm', `parameter/${name.replace(/^\//, '')}`);
