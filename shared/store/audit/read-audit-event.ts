import {
  map,
  oneOf,
  optionalJson,
  optionalList,
  optionalNumber,
  optionalOneOf,
  optionalText,
  optionalTexts,
  text,
  type Item,
} from '../table/read-item';
import {
  ACTOR_KINDS,
  AUDIT_ACTIONS,
  LICENSE_OUTCOMES,
  SIDES,
  type Actor,
  type AttributeChange,
  type AuditEvent,
} from './audit';

/** Reads an event from its item. */
export const readAuditEvent = (item: Item): AuditEvent => ({
  id: text(item, 'sk'),
  at: text(item, 'at'),
  action: optionalOneOf(item, 'exactAction', AUDIT_ACTIONS) ?? oneOf(item, 'action', AUDIT_ACTIONS),
  resourceId: text(item, 'resourceId'),
  resourceName: optionalText(item, 'resourceName'),
  requestId: optionalText(item, 'requestId'),
  actor: map(item, 'actor', readActor),
  connectionId: optionalText(item, 'connectionId'),
  changes: optionalList(item, 'changes', readChange),
  license: optionalOneOf(item, 'license', LICENSE_OUTCOMES),
  leftOut: optionalTexts(item, 'leftOut'),
  status: optionalNumber(item, 'status'),
  reason: optionalText(item, 'reason'),
  request: optionalText(item, 'request'),
});

function readActor(actor: Item): Actor {
  const origin = {
    sourceAddress: optionalText(actor, 'sourceAddress'),
    userAgent: optionalText(actor, 'userAgent'),
  };
  // The first events had only actors with a SCIM key, and no kind.
  const kind = optionalOneOf(actor, 'kind', ACTOR_KINDS) ?? 'scimKey';
  switch (kind) {
    case 'scimKey': {
      const keyId = text(actor, 'keyId');
      const connectionId = optionalText(actor, 'connectionId') ?? keyId;
      return { kind, keyId, keyName: optionalText(actor, 'keyName'), connectionId, ...origin };
    }
    case 'admin':
      return { kind, id: text(actor, 'id'), name: optionalText(actor, 'name'), ...origin };
    case 'system':
      return { kind, name: text(actor, 'name'), ...origin };
  }
}

function readChange(change: Item): AttributeChange {
  const truncated = optionalTexts(change, 'truncated');
  return {
    attribute: text(change, 'attribute'),
    before: optionalJson(change, 'before'),
    after: optionalJson(change, 'after'),
    truncated: truncated && SIDES.filter((side) => truncated.includes(side)),
  };
}
