import { arn } from '../../cloud/template/identity';
import type { Resource } from '../../cloud/template/resources';
import { ServiceError } from '../../cloud/endpoint/service-error';

/** SSM Parameter Store with the parameters of the template. */
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

  value(name: string): string | undefined {
    return this.parameters.get(name)?.value;
  }

  /** `AmazonSSM.GetParameter` */
  getParameter({ Name = '' }: { Name?: string }): object {
    const parameter = this.parameters.get(Name);
    if (!parameter) throw new ServiceError(400, 'ParameterNotFound', `Parameter ${Name} not found.`);
    return {
      Parameter: {
        Name,
        Type: parameter.type,
        Value: parameter.value,
        Version: 1,
        ARN: arn('ssm', `parameter/${Name.replace(/^\//, '')}`),
        DataType: 'text',
      },
    };
  }
}
