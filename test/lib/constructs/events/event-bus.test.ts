import { EVENT_TYPES } from '../../../../shared/events/event-types';
import { eventTypeDescriptions } from '../../../../shared/events/event-schemas';
import { busSchema } from '../../../../lib/constructs/events/bus-schema';
import { deployedFunctions, describeGrants } from '../../deployed-functions';
import { resourcesOf, synthesize } from '../../synthesize';

const [on, off] = [synthesize({ eventBus: true }), synthesize({ eventBus: false })];
const propertiesIn = (type: string) =>
  Object.values(resourcesOf(on.ScimSweep, type)).map(({ Properties }) => Properties);
const variablesOf = (templates: typeof on) =>
  Object.values(templates).flatMap((template) =>
    Object.entries(deployedFunctions(template)).flatMap(([name, { environment }]) =>
      'EVENT_BUS_NAME' in environment ? [name] : [],
    ),
  );
const sendersIn = (templates: typeof on) =>
  Object.values(templates).flatMap((template) =>
    Object.entries(deployedFunctions(template)).flatMap(([name, fn]) =>
      describeGrants(fn).flatMap((grant) =>
        /events:(PutEvents|\*)/.test(grant) ? [`${name}: ${grant}`] : [],
      ),
    ),
  );

describe('Without the setting eventBus', () => {
  it('there is no bus, no registry, no permission, and nothing else that belongs to them', () => {
    const text = JSON.stringify(Object.values(off).map((template) => template.toJSON() as object));
    expect(text).not.toMatch(
      /AWS::Events::EventBus|AWS::EventSchemas|events:PutEvents|EVENT_BUS_NAME|event-bus/,
    );
  });

  it('everything else is as with it', () => {
    const without = JSON.parse(
      JSON.stringify(Object.values(on).map((template) => template.toJSON() as object)),
      (_, value: unknown) => (isOfBus(value) ? undefined : value),
    ) as { Resources: object }[];
    const idsOf = (stacks: readonly { Resources?: object }[]) =>
      stacks.map(({ Resources = {} }) =>
        Object.entries(Resources).flatMap(([id, value]) => (value ? [id] : [])),
      );
    expect(idsOf(without)).toEqual(idsOf(Object.values(off).map((template) => template.toJSON() as object)));
  });
});

const isOfBus = (value: unknown): boolean =>
  /^AWS::(Events::EventBus|EventSchemas::)/.test((value as { Type?: string } | null)?.Type ?? '');

describe('With the setting eventBus', () => {
  it('there is one bus without rules, archive, and policy, and its name is that of the stage', () => {
    expect(propertiesIn('AWS::Events::EventBus')).toEqual([expect.objectContaining({ Name: 'scim-events' })]);
    for (const type of ['AWS::Events::Archive', 'AWS::Events::EventBusPolicy'])
      expect(propertiesIn(type)).toEqual([]);
    const { Outputs } = on.ScimSweep.toJSON() as { Outputs: object };
    expect(Object.keys(Outputs)).toEqual(expect.arrayContaining(['EventBusName', 'EventBusArn']));
  });

  it('only the functions that deliver and test may send events, and only to this bus', () => {
    expect(variablesOf(on).sort()).toEqual(['admin', 'webhooks']);
    expect(sendersIn(on).sort()).toEqual([
      expect.stringMatching(/^admin: events:PutEvents on [^*]*EventBus[^*]*$/),
      expect.stringMatching(/^webhooks: events:PutEvents on [^*]*EventBus[^*]*$/),
    ]);
  });

  it('the registry has a schema of each type of event', () => {
    expect(propertiesIn('AWS::EventSchemas::Registry')).toMatchObject([{ RegistryName: 'scim-events' }]);
    const schemas = propertiesIn('AWS::EventSchemas::Schema');
    expect(schemas.map(({ SchemaName }) => SchemaName).sort()).toEqual(
      EVENT_TYPES.map((type) => `scim-provisioning@${type}`).sort(),
    );
    for (const { Content, Type, SchemaName } of schemas) {
      expect(Type).toBe('JSONSchemaDraft4');
      expect(SchemaName).toMatch(/^[0-9A-Za-z.\-_@]{1,385}$/);
      expect(String(Content).length).toBeLessThan(100_000);
    }
  });
});

describe('The schema of a type for the registry', () => {
  it.each(eventTypeDescriptions())('has draft 4 for $type', ({ type, schema }) => {
    const text = JSON.stringify(busSchema(type, schema));
    // Draft 4 has no "const", no empty "required", and an ID that is a URL.
    expect(text).not.toMatch(/"const":|"required":\[\]|2020-12/);
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      properties: {
        source: { enum: ['scim-provisioning'] },
        'detail-type': { enum: [type] },
        detail: {
          type: 'object',
          required: expect.arrayContaining(['id', 'type', 'sequence', 'data']) as string[],
          properties: { type: { enum: [type] }, schemaVersion: { enum: [1] } },
        },
      },
    });
  });
});
