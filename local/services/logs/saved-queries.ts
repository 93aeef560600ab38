import * as z from 'zod';
import { readProperties } from '../../cloud/template/properties';
import { ofType, type Resource } from '../../cloud/template/resources';

const QueryDefinitionProperties = z.object({
  Name: z.string(),
  QueryString: z.string(),
  LogGroupNames: z.array(z.string()),
});

/** A query that the template saves. */
export interface SavedQuery {
  readonly name: string;
  readonly query: string;
  readonly logGroups: readonly string[];
}

/** Returns the saved queries of the template. */
export const savedQueries = (resources: readonly Resource[]): SavedQuery[] =>
  ofType(resources, 'AWS::Logs::QueryDefinition').map((resource) => {
    const {
      Name: name,
      QueryString: query,
      LogGroupNames: logGroups,
    } = readProperties(QueryDefinitionProperties, resource);
    return { name, query, logGroups };
  });
