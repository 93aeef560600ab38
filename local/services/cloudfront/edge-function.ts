import { createContext, Script } from 'node:vm';
import { UserError } from '../../host/user-error';
import type { Resource } from '../../cloud/template/resources';

/** Changes the path of a request, as a viewer-request function does. */
export type Rewrite = (path: string) => string;

/** Returns how the CloudFront Function with this ARN changes paths. Without an ARN, paths do not change. */
export function edgeFunction(arn: string | undefined, resources: readonly Resource[]): Rewrite {
  if (arn === undefined) return (path) => path;
  const resource = resources.find(
    ({ type, attributes }) => type === 'AWS::CloudFront::Function' && attributes.FunctionARN === arn,
  );
  if (!resource) throw new UserError(`The template has no CloudFront Function ${arn}.`);
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  new Script(String(resource.properties.FunctionCode), { filename: resource.logicalId }).runInContext(
    context,
  );
  const handler = new Script('handler').runInContext(context) as (event: unknown) => { uri: string };
  return (path) => handler({ version: '1.0', request: { method: 'GET', uri: path, headers: {} } }).uri;
}
