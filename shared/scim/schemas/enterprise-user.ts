import { complex, reference, string, type Schema } from '../attribute';
import { ENTERPRISE_USER_SCHEMA } from '../urns';

/** The enterprise extension (RFC 7643 §4.3). */
export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_USER_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    string('employeeNumber', 'The number that the organization gave to the person.'),
    string('costCenter', 'The cost center.'),
    string('organization', 'The organization.'),
    string('division', 'The division.'),
    string('department', 'The department.'),
    complex('manager', "The user's manager.", [
      string('value', "The id of the manager's user.", { caseExact: true }),
      reference('$ref', "The URI of the manager's user.", ['User']),
      string('displayName', "The manager's name.", { mutability: 'readOnly' }),
    ]),
  ],
};
