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
import { product } from '../../../shared/product/product';

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
export const certificates = multiValued('certificates', '', binary('value', ''));
const [ignoringType] = product.extension.attributes as readonly [Attribute];
/** The user type of a deployment that refuses unknown types. */
export const userType: Attribute = { ...ignoringType, closed: 'refuse' };
/** The user type of a deployment with the default settings. */
export const ignoringUserType = ignoringType;
