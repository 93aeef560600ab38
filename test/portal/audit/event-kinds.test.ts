import { EVENT_KINDS } from '../../../portal/src/audit/event-kinds';
import { AUDIT_ACTIONS } from '../../../shared/store/audit/audit';

it('the audit log can be filtered by each kind of event that the log of a domain has', () => {
  const kinds = new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0]));
  // These events are in the log of the deployment, which the portal does not show.
  kinds.delete('mail');
  expect(Object.keys(EVENT_KINDS).sort()).toEqual(['all', ...kinds].sort());
});
