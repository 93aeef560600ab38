import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Icon } from '../components/display/icon';
import { IconButton } from '../components/controls/icon-button';

const VISIBLE_MS = 8_000;
const AnnouncerContext = createContext<(text: string) => void>(() => undefined);

/** Tells for a while what was done, to eyes and ears. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly text: string } | undefined>();
  const announce = useCallback((text: string) => setSaid({ text }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const region = useMemo(
    () => (
      // Heard beside an open dialog too, which hides all else.
      <div className="announcements" role="status" data-live-announcer="true">
        {said && (
          <div className="announcement">
            <Icon name="success" />
            <p>{said.text}</p>
            <IconButton icon="close" label="Dismiss" onPress={() => setSaid(undefined)} />
          </div>
        )}
      </div>
    ),
    [said],
  );
  return (
    <AnnouncerContext value={announce}>
      {children}
      {region}
    </AnnouncerContext>
  );
}
