import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseInsights } from '../../../../local/services/logs/insights/query';
import { resourcesOf, synthesize } from '../../synthesize';

const queries = Object.values(synthesize()).flatMap((template) =>
  Object.values(resourcesOf(template, 'AWS::Logs::QueryDefinition')).map(({ Properties }) => ({
    name: String(Properties.Name).replace(/^scim\//, ''),
    text: String(Properties.QueryString),
    logGroups: Properties.LogGroupNames as unknown[],
  })),
);
const runbook = readFileSync(path.join(__dirname, '../../../../docs/runbook.md'), 'utf8');
const entries = new Set([...runbook.matchAll(/^## ([A-Z]\w+)$/gm)].map(([, name]) => name));
const named = new Set([...runbook.matchAll(/`(\w+\/[a-z-]+)`/g)].map(([, name]) => name));

describe('The saved queries', () => {
  test('are those that the runbook names', () => {
    expect(queries.map(({ name }) => name).sort()).toEqual([...named].sort());
  });

  test.each(queries)('$name can be read, and is in the folder of an entry', ({ name, text, logGroups }) => {
    expect(() => parseInsights(text)).not.toThrow();
    const [folder = ''] = name.split('/');
    expect(['Request', 'Restore'].includes(folder) || entries.has(folder)).toBe(true);
    // The limit of Logs Insights is 50.
    expect(logGroups.length).toBeGreaterThan(0);
  });

  test('the runbook contains no other query', () => {
    expect(runbook).not.toMatch(/\| stats|^ *filter /m);
  });
});
