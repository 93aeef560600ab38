import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';

/**
 * Takes the place of the header Host, which must name this machine: web pages must not reach a server under
 * other names.
 */
export const CUSTOM_DOMAIN_HEADER = 'x-custom-domain';

const BasePathMappingProperties = z.object({
  RestApiId: z.string(),
  DomainName: z.string(),
  BasePath: z.string(),
  Stage: z.string(),
});

/** The path of a custom domain under which a stage of an API is found. */
export interface BasePathMapping {
  readonly domainName: string;
  readonly basePath: string;
  readonly stage: string;
}

/**
 * Returns the paths of custom domains that lead to an API. On this machine, their URLs become those of the
 * API. The port of the API also serves requests to the custom domain that `CUSTOM_DOMAIN_HEADER` names.
 */
export const mappingsOfApi = (resources: readonly Resource[], apiId: string): BasePathMapping[] =>
  ofType(resources, 'AWS::ApiGateway::BasePathMapping')
    .map((resource) => readProperties(BasePathMappingProperties, resource))
    .filter(({ RestApiId }) => RestApiId === apiId)
    .map(({ DomainName, BasePath, Stage }) => ({ domainName: DomainName, basePath: BasePath, stage: Stage }));
