import { comparedOperand, resourceScope, valuesOf, type Operand } from './filter/operand';
import type { Attributes } from './resource';
import { userResourceTypeOf } from './resource-type';

const emails = comparedOperand(resourceScope(userResourceTypeOf())('emails') as Operand);

/** Returns the email addresses of a user, as a filter on `emails.value` reads them. */
export const addressesOf = (attributes: Attributes): string[] =>
  valuesOf(emails, attributes).filter((value) => typeof value === 'string');
