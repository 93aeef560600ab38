import type { APIGatewayProxyEvent } from 'aws-lambda';
import { sourceAddressOf } from '../../../shared/http/admin/source-address';

const EDGE = '198.51.100.7';
const SECRET = 'made by the deployment';
const readOriginSecret = () => Promise.resolve(SECRET);

const sourceAddress = (
  headers: Record<string, string>,
  read: () => Promise<string | undefined> = readOriginSecret,
) =>
  sourceAddressOf(
    { headers, requestContext: { identity: { sourceIp: EDGE } } } as unknown as APIGatewayProxyEvent,
    read,
  );

describe('the address that a request comes from', () => {
  it.each([
    ['who came to the edge', `203.0.113.5, ${EDGE}`, '203.0.113.5'],
    ['not what that one says of itself', `192.0.2.66, 10.0.0.1, 203.0.113.5, ${EDGE}`, '203.0.113.5'],
    ['who came to the edge, where API Gateway adds nothing', '192.0.2.66, 203.0.113.5', '203.0.113.5'],
    ['an address of IPv6', `2001:db8::5,${EDGE}`, '2001:db8::5'],
    ['the edge, where it is alone', EDGE, EDGE],
    ['the edge, where no address stands there', `unknown, ${EDGE}`, EDGE],
    ['the edge, where nothing stands there', ',', EDGE],
  ])('is with the secret of the distribution: %s', async (_, forwarded, expected) => {
    expect(await sourceAddress({ 'X-Portal-Origin-Secret': SECRET, 'X-Forwarded-For': forwarded })).toBe(
      expected,
    );
  });

  it.each<[string, Record<string, string>]>([
    ['without a secret', {}],
    ['with a wrong one', { 'x-portal-origin-secret': 'guessed' }],
    ['with none', { 'x-portal-origin-secret': '' }],
  ])('is what API Gateway sees: %s', async (_, headers) => {
    expect(await sourceAddress({ ...headers, 'x-forwarded-for': `203.0.113.5, ${EDGE}` })).toBe(EDGE);
  });

  it('is what API Gateway sees where the secret is not known', async () => {
    const headers = { 'x-portal-origin-secret': 'undefined', 'x-forwarded-for': '203.0.113.5' };
    expect(await sourceAddress(headers, () => Promise.resolve(undefined))).toBe(EDGE);
  });

  it('has nobody look for a secret that the request does not show', async () => {
    const read = jest.fn(readOriginSecret);
    await sourceAddress({ 'x-forwarded-for': '203.0.113.5' }, read);
    expect(read).not.toHaveBeenCalled();
  });
});
