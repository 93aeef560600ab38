import { eventTypeDescriptions } from '../../../../events/event-schemas';
import { ok, route, type AdminRoute } from '../../route';

/** The types of events, and their descriptions. */
export const eventTypeRoutes = (): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/event-types',
    access: 'anyone',
    allowsProduct: true,
    handle: () => ok({ items: eventTypeDescriptions() }),
  }),
];
