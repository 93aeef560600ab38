import type { Attribute, Schema } from '../../../shared/scim/attribute';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { userResourceType } from '../../../shared/product/product';
import { PATCH_OP } from '../../../shared/scim/urns';
import type { Draw } from './draw';
import type { World } from './world';

const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'EQ', 'pr'];
const USER_SCHEMAS: readonly Schema[] = [userResourceType.schema, ...userResourceType.extensions];

/** Draws a user or a group that is valid in most cases, with some of the attributes of its schemas. */
export function resource(draw: Draw, world: World, type: 'Users' | 'Groups'): Record<string, unknown> {
  const { schema, extensions } = type === 'Users' ? userResourceType : groupResourceType;
  const body = { schemas: [schema.id], ...attributes(draw, world, schema.attributes, 0.3) };
  const used = extensions.filter(() => draw.chance(0.3));
  for (const { id, attributes: own } of used) {
    body.schemas.push(id);
    Object.assign(body, { [id]: attributes(draw, world, own, 0.5) });
  }
  const name = `${world.mark}-${draw.integer(1, 100_000)}@example.com`;
  return type === 'Users' ? { ...body, userName: name } : { ...body, displayName: name };
}

function attributes(draw: Draw, world: World, of: readonly Attribute[], share: number) {
  const chosen = of.filter(
    ({ mutability, required }) => required || (mutability !== 'readOnly' && draw.chance(share)),
  );
  return Object.fromEntries(
    chosen.map((each) => {
      const value = () => attributeValue(draw, world, each);
      return [each.name, each.multiValued ? Array.from({ length: draw.integer(0, 3) }, value) : value()];
    }),
  );
}

function attributeValue(draw: Draw, world: World, attribute: Attribute): unknown {
  const { type, name, canonicalValues = [], subAttributes } = attribute;
  if (type === 'complex') return attributes(draw, world, subAttributes, 0.6);
  if (type === 'boolean') return draw.oneOf([true, false, 'True', 'false']);
  if (type === 'integer') return draw.integer(0, 9);
  if (type === 'decimal') return 1.5;
  if (type === 'dateTime') return '2026-01-02T03:04:05Z';
  if (type === 'binary') return 'AAEC';
  if (canonicalValues.length > 0 && draw.chance(0.8)) return draw.oneOf(canonicalValues);
  if (name === 'value' && draw.chance(0.5))
    return draw.oneOf([...world.ids.userId, `${world.mark}@example.com`]);
  return `${name} ${world.mark}`;
}

/** Draws the path of an attribute, as filters, PATCH, `sortBy`, and `attributes` take it. */
export function attributePath(draw: Draw, of: 'Users' | 'Groups'): string {
  const schemas = of === 'Users' ? USER_SCHEMAS : [groupResourceType.schema];
  const schema = draw.oneOf(schemas);
  const attribute = draw.oneOf(schema.attributes);
  const prefix = schema.id === schemas[0]?.id && draw.chance(0.8) ? '' : `${schema.id}:`;
  const [sub] = attribute.subAttributes.length > 0 ? [draw.oneOf(attribute.subAttributes)] : [];
  const end = sub && draw.chance(0.6) ? `.${sub.name}` : '';
  const choice = sub && attribute.multiValued && draw.chance(0.4) ? `[${sub.name} eq "work"]` : '';
  return prefix + attribute.name + choice + end;
}

/** Draws a filter with up to four terms. It is sometimes cut off or has a wrong character. */
export function filter(draw: Draw, world: World, of: 'Users' | 'Groups'): string {
  const term = () => {
    const operator = draw.oneOf(OPERATORS);
    const value = draw.oneOf([
      'true',
      'null',
      '1',
      '"x"',
      JSON.stringify(draw.oneOf(world.names)),
      '"2026-01-01T00:00:00Z"',
    ]);
    const text = `${attributePath(draw, of)} ${operator}${operator === 'pr' ? '' : ` ${value}`}`;
    return draw.oneOf([text, text, `(${text})`, `not (${text})`]);
  };
  const terms = Array.from({ length: draw.integer(1, 4) }, term);
  const text = terms.join(draw.oneOf([' and ', ' or ', ' AND ']));
  if (draw.chance(0.7)) return text;
  const at = draw.integer(0, text.length);
  return (
    text.slice(0, at) + draw.oneOf(['', '"', '(', ')', '\\', '\u0000', ' eq ', '[']) + text.slice(at + 1)
  );
}

/** Draws the body of a PATCH of a user or a group. */
export function patch(draw: Draw, world: World, of: 'Users' | 'Groups'): object {
  const operation = () => {
    const path = draw.chance(0.8) ? attributePath(draw, of) : undefined;
    const members = () => [{ value: draw.oneOf(world.ids.userId) }];
    const whole = resource(draw, world, of);
    const value =
      path === undefined ? whole : draw.oneOf([true, 'x', 'False', null, members(), Object.values(whole)[1]]);
    return {
      op: draw.oneOf(['add', 'replace', 'remove', 'Add', 'REPLACE', 'copy']),
      ...(path && { path }),
      value,
    };
  };
  return { schemas: [PATCH_OP], Operations: Array.from({ length: draw.integer(1, 4) }, operation) };
}
