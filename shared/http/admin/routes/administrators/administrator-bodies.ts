import * as z from 'zod/mini';
import { fields } from '../../fields';

const PERSON = {
  email: [z.string(), 'an email address'],
  name: [z.optional(z.string()), 'a text'],
} as const;
const DOMAIN_ROLE = [z.enum(['owner', 'viewer']), 'one of owner, viewer'] as const;

export const NEW_ADMINISTRATOR = fields({ ...PERSON, role: DOMAIN_ROLE });

export const NEW_OPERATOR = fields(PERSON);

export const ROLE_CHANGE = fields({ role: DOMAIN_ROLE });
