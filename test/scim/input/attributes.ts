import {
  binary,
  boolean,
  complex,
  dateTime,
  multiValued,
  reference,
  string,
  type Attribute,
} from '../../../shared/scim/attribute';
import { productUserSchema } from '../../../shared/scim/schemas/product-user';

export const title = string('title', '');
export const active = boolean('active', '');
export const count: Attribute = { ...title, name: 'count', type: 'integer' };
export const score: Attribute = { ...title, name: 'score', type: 'decimal' };
export const hired = dateTime('hired', '');
export const page = reference('page', '', ['external']);
export const certificate = binary('certificate', '');
export const name = complex('name', '', [string('givenName', ''), string('familyName', '')]);
export const manager = complex('manager', '', [string('value', ''), reference('$ref', '', ['User'])]);
export const emails = multiValued('emails', '');
export const userType = productUserSchema.attributes[0] as Attribute;
