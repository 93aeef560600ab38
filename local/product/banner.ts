import type { Session } from './session';

/** Returns a user that no earlier start has suggested, because a name can be provisioned once. */
function suggestedUser(starts: number): object {
  const name = starts === 1 ? 'john.doe' : `john.doe.${starts}`;
  const userName = `${name}@example.com`;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    externalId: `emp-${12_344 + starts}`,
    name: { givenName: 'John', familyName: 'Doe' },
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
  };
}

/** Returns the text that the terminal shows when the system runs. */
export function banner(session: Session, state: string, defaultState: string): string {
  return `
  The SCIM service runs. Ctrl-C stops it.

    Base URL   ${session.baseUrl}
    SCIM key   ${session.scimKey}
    Domain     ${session.domainId} (rate plan ${session.ratePlan})
    Emails     ${session.mailUrl} (those since this start)
${portal(session)}
    Admin API  ${session.adminUrl}
               token ${session.adminToken}
    License    ${session.licenseCheckUrl}
    Engine     ${session.engine}; data and logs in ${state}/, this in ${state}/session.json

  Provision a user, and see the license key arrive in the mailbox:

${curl(session)}

  Check the license key from the last email, as a product would:

${checkCurl(session)}

  Use the CLI in another terminal:

    npm run scim -- --local${state === defaultState ? '' : ` --session ${state}/session.json`} domain list
`;
}

const portal = ({ portalUrl }: Session): string =>
  portalUrl === ''
    ? '    Portal     none, because the stage leaves it out'
    : `    Portal     ${portalUrl}
               sign in as operator@, owner@ or viewer@example.com, without a password`;

function curl({ baseUrl, scimKey, starts }: Session): string {
  return [
    `curl -i '${baseUrl}/Users' \\`,
    `  -H 'Authorization: Bearer ${scimKey}' \\`,
    `  -H 'Content-Type: application/scim+json' \\`,
    `  -d '${JSON.stringify(suggestedUser(starts))}'`,
  ].join('\n');
}

/** Takes the key from the last email. The mailbox lists emails in the order in which they arrive. */
function checkCurl({ licenseCheckUrl, mailUrl }: Session): string {
  return [
    `curl -i '${licenseCheckUrl}' \\`,
    `  -H "License-Key: $(curl -s '${mailUrl}/store' | grep -oE '([0-9A-Z]{5}-){4}[0-9A-Z]{5}' | tail -n 1)"`,
  ].join('\n');
}
