import { useState } from 'react';
import type { Request } from '../api/schema';

/** Returns the request whose dialog is open. It stays open while the list refreshes itself. */
export function useSelectedRequest(rows: readonly Request[]) {
  const [opened, setOpened] = useState<Request | undefined>();
  return {
    request: rows.find(({ id }) => id === opened?.id) ?? opened,
    open: setOpened,
    close: () => setOpened(undefined),
  };
}
