/**
 * An authorizer that returns what the token says. As a `REQUEST` authorizer, it returns its event in the
 * context.
 */
let count = 0;

export const handler = async ({ authorizationToken = '', methodArn, ...event }) => {
  count += 1;
  const token = authorizationToken.replace('Bearer ', '');
  if (token === 'unauthorized') throw new Error('Unauthorized');
  if (token === 'broken') throw new Error('Something else');
  if (token === 'malformed') return { principalId: 'someone' };
  const [, apiKey] = token.split('/');
  return {
    principalId: 'someone',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: token === 'denied' ? 'Deny' : 'Allow',
          Action: 'execute-api:Invoke',
          Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*`,
        },
      ],
    },
    context:
      event.type === 'REQUEST'
        ? { count, event: JSON.stringify(event) }
        : { reason: 'It is off.', count, flag: true },
    ...(event.headers?.['Api-Key'] && { usageIdentifierKey: event.headers['Api-Key'] }),
    ...(apiKey && { usageIdentifierKey: apiKey }),
  };
};
