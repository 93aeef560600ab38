import { actorText } from '../../../bin/cli/actor-text';

it.each([
  [{ kind: 'admin', id: 'operator', name: 'Admin token' }, 'admin Admin token (operator)'],
  [{ kind: 'admin', id: '3f2a91c0-0000-4000', name: 'Admin token' }, 'admin Admin token (3f2a91c0-0000…)'],
  [{ kind: 'scimKey', id: '019a2b3c-0000-7000' }, 'scimKey 019a2b3c-0000-7000'],
  [{ kind: 'system', name: 'promotion' }, 'system promotion'],
] as const)('the actor %j is shown as %j', (actor, expected) => expect(actorText(actor)).toBe(expected));
